"""Municipalities, users and people of a roster for tests; people are made in an open scope."""

from datetime import date
from string import ascii_lowercase

import factory
from factory.django import DjangoModelFactory

from municipalities.enums import Group, Role
from municipalities.models import ContactAddress, Membership, Municipality, Person, Population, User


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


class ContactAddressFactory(DjangoModelFactory):
    class Meta:
        model = ContactAddress

    email = factory.Sequence(lambda n: f"kirjaamo{n}@example.fi")
    label = "Kirjaamo"
    added_by = factory.SubFactory(UserFactory)
