from django.apps import AppConfig


class UsoConfig(AppConfig):
    name = "uso"
    verbose_name = "USO"

    def ready(self) -> None:
        """Load Celery and every app's tasks, so that any process can send them to the broker."""
        from uso.celery import app  # noqa: PLC0415 -- app ready

        app.autodiscover_tasks(force=True)
