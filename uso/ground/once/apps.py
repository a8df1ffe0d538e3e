from django.apps import AppConfig


class OnceConfig(AppConfig):
    name = "uso.ground.once"
    verbose_name = "Presses that count once"
