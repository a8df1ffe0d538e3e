"""Gather the texts of code and templates into the catalogues and compile them."""

from typing import Any

from django.core.management.base import BaseCommand

from uso.lib import messages


class Command(BaseCommand):
    help = "Gather the texts of code and templates into locale/, and compile the catalogues."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        for language in messages.TRANSLATED:
            missing = messages.update(language)
            self.stdout.write(
                f"{language}: {missing} to translate" if missing else f"{language}: complete"
            )
        messages.compile_all()
