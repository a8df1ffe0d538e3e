from django.apps import AppConfig


class UsoConfig(AppConfig):
    name = "uso"
    verbose_name = "USO"

    def ready(self) -> None:
        """Load every app's tasks, so that the web process can send them by name."""
        from uso.celery import app  # noqa: PLC0415 -- app ready

        app.autodiscover_tasks(force=True)
