"""Made-up people and member municipalities of the demonstration's seasons.

Names are visibly invented (`Esimerkki`, addresses under `.example`); every page of the
demonstration says so.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from municipalities.enums import Group, Role
from municipalities.models import Membership, Municipality, Person, User
from seasons.actions.joining import (
    confirm_participation,
    invite_municipality,
    record_decision,
)
from seasons.days import decision_days
from seasons.enums import ParticipationState
from seasons.facts import known_decisions
from seasons.models import FeeTier, Participation, Season
from seasons.pricing import joining_year
from uso.ground.tenancy.scope import scope
from uso.roof.demo.days import working_day
from uso.roof.demo.pipeline import ON_THE_WAY, ON_THE_WAY_TO_THE_NEXT, lead_on
from uso.roof.demo.seasons_shown import LAST_KNOWN
from uso.roof.demo.signins import PASSWORD, SIGN_INS

SINCE = date(2025, 1, 1)
EXPERT = "asiantuntija@uso.example"
# Members of the demonstration season. Kannus takes part in truth; the others are those of the
# public list of 2017–2018 and Jämsä (whose decision is of season 7): that they take part now is
# made up, and pages mark it so.
CODES_OF_MEMBERS = """
    217 182 061 075 111 178 179 186 320 245 272 286 297 398 434 491 535 543 564 609 636 687 694
    698 734 851 858 889 092 915 931
"""
INVITING = timedelta(days=21)  # before today, at the earliest where the season may be spoken of
# Made-up days in the year before a season: invited, first decision, confirmed.
INVITED, DECIDING, CONFIRMED = (9, 2), (10, 3), (12, 16)
ROSTER = (
    ("Aino", "Esimerkki", "puheenjohtaja", "kunnanvaltuusto", Group.ELECTED),
    ("Eino", "Keksitty", "puheenjohtaja", "kunnanhallitus", Group.ELECTED),
    ("Helmi", "Malli", "jäsen", "kunnanhallitus", Group.ELECTED),
    ("Onni", "Näyte", "valtuutettu", "kunnanvaltuusto", Group.ELECTED),
    ("Lempi", "Kuvitteellinen", "hallintojohtaja", "", Group.OFFICE),
    ("Veikko", "Tarina", "talousjohtaja", "", Group.OFFICE),
    ("Sylvi", "Satunnainen", "sivistysjohtaja", "", Group.OFFICE),
    ("Toivo", "Kokeilu", "tekninen johtaja", "", Group.OFFICE),
)


def load_people() -> User:
    """Make the three sign-ins, an expert, and two contact persons of Jämsä; return the coordinator."""
    for person in SIGN_INS:
        _user(person.email, person.first_name, person.last_name, person.role, person.code)
    _user(EXPERT, "Elli", "Asiantuntija", Role.EXPERT, "")
    _user("yhdyshenkilo@jamsa.example", "Jalmari", "Yhdyshenkilö", Role.CONTACT, "182")
    _user("laskut@kannus.example", "Lyyli", "Laskuttaja", Role.BILLING, "217")
    return User.objects.get(email=SIGN_INS[0].email)


def load_contacts(members: Iterable[Municipality]) -> dict[int, User]:
    """Give each member a made-up contact person, by the municipality's key."""
    return {
        each.pk: _user(
            f"yhdyshenkilo@{each.slug}.example", "Yrjö", "Yhdyshenkilö", Role.CONTACT, each.code, ""
        )
        for each in members
    }


def _user(
    email: str, first_name: str, last_name: str, role: Role, code: str, password: str = PASSWORD
) -> User:
    user = User.objects.filter(email=email).first() or User.objects.create_user(
        email, password or None, first_name=first_name, last_name=last_name
    )
    municipality = Municipality.objects.get(code=code) if code else None
    Membership.objects.get_or_create(
        user=user, municipality=municipality, role=role, defaults={"starts_on": SINCE}
    )
    return user


def load_members(season: Season, *, by: User) -> list[Municipality]:
    """Put municipalities on the season's list, most of them confirmed; return those."""
    members, invited_on = _named(CODES_OF_MEMBERS.split()), _before(season, INVITED)
    at = datetime.combine(_before(season, CONFIRMED), time(9), UTC)
    for municipality in members:
        participation = invite_municipality(
            season=season, municipality=municipality, by=by, on=invited_on
        )
        decision = _decision(municipality, season)
        record_decision(participation=participation, by=by, at=at, **decision)
        confirm_participation(participation=participation, by=by, at=at)
    lead_on(season, ON_THE_WAY, since=invited_on, by=by, at=at)
    return members


def load_pipeline(season: Season, *, by: User, at: datetime) -> None:
    """Begin the list of a season to come, unless it is too early to speak of it."""
    since = min(_before(season, INVITED), working_day(timezone.localdate(at) - INVITING))
    if since >= decision_days(season, today=timezone.localdate(at)).first:
        lead_on(season, ON_THE_WAY_TO_THE_NEXT, since=since, by=by, at=at)


def _before(season: Season, month_and_day: tuple[int, int]) -> date:
    return working_day(date(season.first_year - 1, *month_and_day))


def _named(codes: Iterable[str]) -> list[Municipality]:
    found = {m.code: m for m in Municipality.objects.filter(code__in=codes)}
    return [found[code] for code in codes]


def _decision(municipality: Municipality, season: Season) -> dict[str, Any]:
    """Return the decision: that of the minutes where they are known, otherwise a made-up day."""
    if known := known_decisions().get((season.number, municipality.code)):
        return known.recorded
    first = _before(season, DECIDING)
    made_up = working_day(first + timedelta(days=int(municipality.code) % 70))
    return {"decided_by_fi": "", "decided_on": made_up, "decision_section": "", "diary_number": ""}


def load_earlier_members(*, by: User) -> None:
    """Put those whose decisions of earlier seasons are public on those seasons' lists."""
    for (number, code), known in known_decisions().items():
        if number >= LAST_KNOWN:
            continue
        municipality, season = (
            Municipality.objects.get(code=code),
            Season.objects.get(number=number),
        )
        tier = FeeTier.objects.get(season=season, annual_fee_eur=known.annual_fee_eur)
        on = working_day(known.decided_on + timedelta(days=30))  # made up: the confirmation
        with scope(municipality.pk):
            Participation.objects.create(
                municipality=municipality,
                season=season,
                state=ParticipationState.CONFIRMED,
                state_on=on,
                fee_tier=tier,
                annual_fee_eur=known.annual_fee_eur,
                first_year_fee_eur=known.annual_fee_eur,
                joining_year=joining_year(season.first_year, known.decided_on),
                confirmed_at=datetime.combine(on, time(9), UTC),
                confirmed_by=by,
                **known.recorded,
            )


def load_roster(municipality: Municipality, *, size: int) -> list[Person]:
    """Give a municipality its first `size` made-up people."""
    with scope(municipality.pk):
        for first, last, title, body, group in ROSTER[:size]:
            Person.objects.get_or_create(
                municipality=municipality,
                first_name=first,
                last_name=last,
                defaults={
                    "title": title,
                    "body": body,
                    "group": group,
                    "email": _address(first, last, municipality),
                },
            )
        return list(Person.objects.order_by("pk")[:size])


def load_double_and_leaver(municipality: Municipality) -> None:
    """Put somebody on a roster a second time, with a slip of the pen, and somebody who has left."""
    with scope(municipality.pk):
        Person.objects.get_or_create(
            municipality=municipality,
            first_name="Sylvi",
            last_name="Satunainen",
            group=Group.OFFICE,
            phone="+358401234567",
        )
        Person.objects.get_or_create(
            municipality=municipality,
            first_name="Martta",
            last_name="Muisto",
            group=Group.ELECTED,
            title="jäsen",
            body="kunnanhallitus",
            left_on=timezone.localdate() - timedelta(days=40),
        )


def _address(first: str, last: str, municipality: Municipality) -> str:
    plain = str.maketrans("äöå", "aoa")
    return f"{first}.{last}@{municipality.slug}.example".lower().translate(plain)
