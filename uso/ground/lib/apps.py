from django.apps import AppConfig


class LibConfig(AppConfig):
    name = "uso.ground.lib"
    verbose_name = "Helpers"
