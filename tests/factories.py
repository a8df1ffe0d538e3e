"""Rows for tests, one factory a model. Protected rows are made in an open scope."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from municipalities.enums import Group, Role
from municipalities.models import Membership, Municipality, Person, Population, User
from seasons.models import FeeTier, Participation, Season


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality

    code = factory.Sequence(lambda n: f"{n % 999 + 1:03}")
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
