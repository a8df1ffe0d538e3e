from django.apps import AppConfig


class UsoConfig(AppConfig):
    name = "uso"
    verbose_name = "USO"
