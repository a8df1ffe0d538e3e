from django.apps import AppConfig


class LibConfig(AppConfig):
    name = "uso.ground.lib"
    verbose_name = "Helpers"

    def ready(self) -> None:
        """Put our words in the place of the framework's."""
        from uso.ground.lib import field_messages, required  # noqa: PLC0415 -- app ready

        required.replace_default()
        field_messages.replace_defaults()
