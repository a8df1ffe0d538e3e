from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "analysis.statistics"
    label = "statistics"
    verbose_name = "Statistics"
