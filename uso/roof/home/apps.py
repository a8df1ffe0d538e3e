from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "uso.roof.home"
    verbose_name = "Start pages"

    def ready(self) -> None:
        """Listen to roles that pass on."""
        from uso.roof.home import handing_over  # noqa: F401, PLC0415 -- models are loaded now
