"""The demonstration season: true facts first, then made-up people and dates on top of them."""

from django.utils import timezone

from billing.actions import make_fee_drafts
from municipalities.facts import load_municipalities, load_populations
from municipalities.models import User
from seasons.facts import load_seasons
from seasons.models import Season
from uso.roof.demo import people
from uso.roof.demo.analyses import load_analyses
from uso.roof.demo.programme import load_events
from uso.roof.demo.workshops import load_workshops

# The invitation names neither the year of the population nor whether VAT comes on top, which invoices
# need: the demonstration chooses.
POPULATION_YEAR = 2024


def load() -> None:
    """Load what is missing; a demonstration that is there stays as its visitors left it."""
    load_municipalities()
    load_populations()
    load_seasons()
    if User.objects.filter(email=people.SIGN_INS[0].email).exists():
        return
    coordinator = people.load_people()
    season = Season.objects.get(number=people.CURRENT)
    season.population_year, season.vat_on_top = POPULATION_YEAR, True
    season.save(update_fields=["population_year", "vat_on_top"])
    people.load_earlier_members(by=coordinator)
    members = people.load_members(season, by=coordinator)
    for place, municipality in enumerate(members):
        people.load_roster(municipality, size=8 if place < 2 else 2 + place % 5)
    contacts = people.load_contacts(members)
    load_events(season, members, contacts, by=coordinator)
    load_workshops(season, members, contacts)
    make_fee_drafts(season=season, year=season.first_year, by=coordinator, at=timezone.now())
    load_analyses(season, members, by=coordinator)
