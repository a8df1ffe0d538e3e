"""Rows for tests, one factory a model. Protected rows are made in an open scope."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from string import ascii_lowercase

import factory
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from factory.django import DjangoModelFactory

from billing.models import Invoice, InvoiceLine, VatRate
from events.enums import EventKind, EventState, Mode
from events.models import Event, Registration, Seats
from municipalities.enums import Group, Role
from municipalities.models import Membership, Municipality, Person, Population, User
from seasons.enums import EntitlementKind, ParticipationState
from seasons.models import Entitlement, FeeTier, Participation, Season
from workshops.models import Workshop

RATES = import_module("billing.migrations.0003_vat_rates").RATES


def letters(n: int) -> str:
    """Write a number as three letters: a code that no real municipality has."""
    return "".join(ascii_lowercase[n // 26**place % 26] for place in (2, 1, 0))


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality

    code = factory.Sequence(letters)
    slug = factory.LazyAttribute(lambda m: f"kunta-{m.code}")
    name_fi = factory.LazyAttribute(lambda m: f"Kunta {m.code}")
    name_sv = factory.LazyAttribute(lambda m: m.name_fi)
    genitive_fi = factory.LazyAttribute(lambda m: f"{m.name_fi}n")
    region_code = "16"
    region_fi = "Keski-Pohjanmaa"
    region_sv = "Mellersta Österbotten"
    language_status = Municipality.Status.FINNISH


class PopulationFactory(DjangoModelFactory):
    class Meta:
        model = Population

    municipality = factory.SubFactory(MunicipalityFactory)
    year = 2024
    count = 5_000
    source = "test"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"user{n}@example.fi")
    first_name = "Aino"
    last_name = factory.Sequence(lambda n: f"Esimerkki{n}")
    password = "!"  # none: codes alone open


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = Role.COORDINATOR
    starts_on = date(2025, 1, 1)


def user_with_role(role: Role, municipality: Municipality | None = None, **fields: object) -> User:
    """Make a user who holds a role from the start of 2025 on."""
    user = UserFactory(**fields)
    MembershipFactory(user=user, role=role, municipality=municipality)
    return user


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    first_name = "Eero"
    last_name = factory.Sequence(lambda n: f"Osallistuja{n}")
    email = factory.Sequence(lambda n: f"osallistuja{n}@example.fi")
    group = Group.OFFICE


class SeasonFactory(DjangoModelFactory):
    class Meta:
        model = Season
        django_get_or_create = ("number",)

    number = 8
    first_year = 2025
    last_year = 2026
    theme_fi = "Siiloista silloille"
    population_year = 2024


class FeeTierFactory(DjangoModelFactory):
    class Meta:
        model = FeeTier

    season = factory.SubFactory(SeasonFactory)
    population = (0, 9_000)
    annual_fee_eur = 9_000


class ParticipationFactory(DjangoModelFactory):
    class Meta:
        model = Participation

    season = factory.SubFactory(SeasonFactory)


class EntitlementFactory(DjangoModelFactory):
    class Meta:
        model = Entitlement
        django_get_or_create = ("season", "kind")

    season = factory.SubFactory(SeasonFactory)
    kind = EntitlementKind.WORKSHOP
    quantity = 5


class WorkshopFactory(DjangoModelFactory):
    """A wish; its municipality takes part in the season (`member_of`)."""

    class Meta:
        model = Workshop

    season = factory.SubFactory(SeasonFactory)
    slot = 1
    topic = "Strategian väliarviointi"
    wish = "Valtuustolle ja johtoryhmälle"
    asked_at = factory.LazyFunction(timezone.now)
    asked_by = factory.SubFactory(UserFactory)


class EventFactory(DjangoModelFactory):
    """A draft; `published_event` makes one the municipalities see."""

    class Meta:
        model = Event

    season = factory.SubFactory(SeasonFactory)
    kind = EventKind.SEMINAR
    position = factory.Sequence(lambda n: n % 30_000)
    title_fi = factory.Sequence(lambda n: f"Teemaseminaari {n}")


class SeatsFactory(DjangoModelFactory):
    class Meta:
        model = Seats

    event = factory.SubFactory(EventFactory)
    mode = Mode.IN_PERSON
    capacity = 100


def published_event(
    *, in_person: int | None = 100, remote: int | None = None, days: float = 30, **fields: object
) -> Event:
    """Make a published event so many days from now, open until two days before; seats by mode."""
    starts_at = timezone.now() + timedelta(days=days)
    event = EventFactory(
        **{
            "starts_at": starts_at,
            "deadline_at": starts_at - timedelta(days=2),
            "place": "Helsinki",
            "state": EventState.PUBLISHED,
            "published_at": timezone.now(),
            "published_by": user_with_role(Role.COORDINATOR),
            **fields,
        }
    )
    SeatsFactory(event=event, mode=Mode.IN_PERSON, capacity=in_person)
    SeatsFactory(event=event, mode=Mode.REMOTE, capacity=remote)
    return event


class RegistrationFactory(DjangoModelFactory):
    class Meta:
        model = Registration

    municipality = factory.SelfAttribute("person.municipality")
    mode = Mode.IN_PERSON
    registered_by = factory.SubFactory(UserFactory)


def member_of(season: Season, municipality: Municipality, **fields: object) -> Participation:
    """Put a municipality into a season, confirmed at 9 000 €; needs its scope."""
    return ParticipationFactory(
        **{
            "season": season,
            "municipality": municipality,
            "state": ParticipationState.CONFIRMED,
            "fee_tier": FeeTier.objects.filter(season=season).order_by("population").first(),
            "population": 5_264,
            "population_year": 2024,
            "annual_fee_eur": Decimal(9_000),
            "confirmed_at": datetime(2024, 12, 16, 9, tzinfo=UTC),
            "confirmed_by": UserFactory(),
            **fields,
        }
    )


def vat_rates() -> list[VatRate]:
    """Put back the rates of VAT, which a flush after a transactional test takes away."""
    for vat_pct, starts_on, next_on, source in RATES:
        VatRate.objects.get_or_create(
            valid=DateRange(starts_on, next_on), defaults={"vat_pct": vat_pct, "source": source}
        )
    return list(VatRate.objects.order_by("valid"))


class InvoiceFactory(DjangoModelFactory):
    """A draft of 9 000 € and VAT; needs the scope of its municipality."""

    class Meta:
        model = Invoice

    municipality = factory.SelfAttribute("participation.municipality")
    year = 2026
    supply_on = factory.LazyAttribute(lambda invoice: date(invoice.year, 12, 31))
    buyer_name = factory.SelfAttribute("municipality.name_fi")
    tier = (0, 9_000)
    population = 5_264
    population_year = 2024
    vat_pct = Decimal("25.5")
    net_eur = Decimal(9_000)
    vat_eur = Decimal(2_295)
    gross_eur = Decimal(11_295)
    made_by = factory.SubFactory(UserFactory)


class InvoiceLineFactory(DjangoModelFactory):
    class Meta:
        model = InvoiceLine

    municipality = factory.SelfAttribute("invoice.municipality")
    text = "Vuosimaksu 2026, USO8"
    unit_price_eur = Decimal(9_000)
    net_eur = Decimal(9_000)
