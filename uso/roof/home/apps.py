from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "uso.roof.home"
    verbose_name = "Start pages"
