"""Load what is true before anybody has typed anything: municipalities, populations, past seasons."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from municipalities.facts import load_municipalities, load_populations
from municipalities.models import Municipality
from seasons.actions.recording import load_members
from seasons.facts import load_seasons
from seasons.models import Season


class Command(BaseCommand):
    help = "Load municipalities, populations and seasons with their sources; safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            load_municipalities()
            load_populations()
            load_seasons()
            load_members()
        self.stdout.write(
            f"{Municipality.objects.count()} municipalities, {Season.objects.count()} seasons."
        )
