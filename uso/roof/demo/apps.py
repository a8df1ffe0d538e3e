from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "uso.roof.demo"
    verbose_name = "Demonstration"
