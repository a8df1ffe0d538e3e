from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "uso.home"
    verbose_name = "Start pages"
