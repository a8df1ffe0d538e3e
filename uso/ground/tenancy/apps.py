from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "uso.ground.tenancy"
    verbose_name = "Tenancy"
