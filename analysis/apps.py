from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    name = "analysis"
    verbose_name = "Situation analysis"

    def ready(self) -> None:
        """Tell statistics, which knows nothing of analyses, what is made of its indicators."""
        from analysis.engine.measures import SPECIAL  # noqa: PLC0415 -- app ready
        from analysis.queries.indicator_usage import count_editions  # noqa: PLC0415 -- app ready
        from analysis.statistics import usage  # noqa: PLC0415 -- app ready

        usage.register(derived={each.key: each.needs for each in SPECIAL}, count=count_editions)
