from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "uso.jobs"
    verbose_name = "Jobs"
