from django.apps import AppConfig


class BrochureConfig(AppConfig):
    name = "uso.roof.brochure"
    verbose_name = "Invitation into a season"
