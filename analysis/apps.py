from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    name = "analysis"
    verbose_name = "Situation analysis"

    def ready(self) -> None:
        """Register with statistics, which knows nothing of analyses, how its indicators are used."""
        from analysis.engine.measures import SPECIAL  # noqa: PLC0415 -- app ready
        from analysis.queries.indicator_usage import count_editions  # noqa: PLC0415 -- app ready
        from analysis.statistics import usage  # noqa: PLC0415 -- app ready

        usage.register(
            usage.IndicatorUser(
                derived_measures={measure.key: measure.needs for measure in SPECIAL},
                count_editions=count_editions,
            )
        )
