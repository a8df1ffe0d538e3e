from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "uso.ground.jobs"
    verbose_name = "Jobs"
