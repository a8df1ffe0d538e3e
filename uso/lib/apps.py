from django.apps import AppConfig


class LibConfig(AppConfig):
    name = "uso.lib"
    verbose_name = "Helpers"
