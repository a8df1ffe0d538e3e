from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "uso.demo"
    verbose_name = "Demonstration"
