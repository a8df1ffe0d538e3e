"""Gather the texts of code and templates into the catalogues and compile them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from uso.ground.lib import messages


class Command(BaseCommand):
    help = "Gather the texts of code and templates into locale/, and compile the catalogues."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing, say what the catalogues lack"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        if check:
            self.check_catalogues()
            return
        for language in messages.TRANSLATED:
            missing = messages.update(language)
            self.stdout.write(
                f"{language}: {missing} to translate" if missing else f"{language}: complete"
            )
        messages.compile_all()

    def check_catalogues(self) -> None:
        problems = [text for name in messages.TRANSLATED for text in messages.problems(name)]
        if problems:
            raise CommandError("\n".join(problems))
