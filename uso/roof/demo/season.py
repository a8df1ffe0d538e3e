"""The demonstration: true facts first, then made-up people and dates on top of them."""

from django.utils import timezone

from billing.actions import make_fee_drafts
from municipalities.facts import load_municipalities, load_populations
from municipalities.models import User
from seasons.actions.recording import load_members
from seasons.facts import load_seasons
from uso.roof.demo import people
from uso.roof.demo.analyses import load_analyses
from uso.roof.demo.letters import load_letters
from uso.roof.demo.programme import load_events, plan_events
from uso.roof.demo.seasons_shown import close, seasons_shown
from uso.roof.demo.workshops import load_workshops


def load() -> None:
    """Load what is missing; a demonstration that is there stays as its visitors left it."""
    load_municipalities()
    load_populations()
    load_seasons()
    load_members()
    if User.objects.filter(email=people.SIGN_INS[0].email).exists():
        return
    coordinator = people.load_people()
    now = timezone.now()
    shown = seasons_shown(by=coordinator, at=now, today=timezone.localdate(now))
    people.load_earlier_members(by=coordinator)
    for ended in shown.ended:
        people.load_members(ended, by=coordinator)
        load_events(ended, [], {}, by=coordinator)
        close(ended)
    plan_events(shown.coming, by=coordinator)
    people.load_pipeline(shown.coming, by=coordinator, at=now)
    load_letters(shown.coming, by=coordinator, at=now)
    season = shown.current
    members = people.load_members(season, by=coordinator)
    for place, municipality in enumerate(members):
        people.load_roster(municipality, size=8 if place < 2 else 2 + place % 5)
    contacts = people.load_contacts(members)
    people.load_double_and_leaver(next(each for each in members if each.code == "217"))
    load_events(season, members, contacts, by=coordinator)
    load_workshops(season, members, contacts)
    make_fee_drafts(season=season, year=season.first_year, by=coordinator, at=now)
    load_analyses(season, members, by=coordinator)
