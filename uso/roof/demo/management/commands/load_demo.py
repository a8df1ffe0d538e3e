"""Load the facts and the demonstration season."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from uso.roof.demo import season


class Command(BaseCommand):
    help = "Load the facts and the demonstration season; changes nothing the second time."

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse where real people might be, else load all or nothing."""
        if settings.PRODUCTION:
            raise CommandError("The demonstration has made-up people: not in production.")
        with transaction.atomic():
            season.load()
