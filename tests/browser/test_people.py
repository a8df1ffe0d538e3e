"""Signing in by code, adding a passkey and signing in with it; the pages of people and roles."""

import re

import pytest
from django.core import mail
from django.utils import timezone

from municipalities import actions
from municipalities.enums import Group, Role
from municipalities.tenancy import scope
from tests.browser.conftest import PHONE, WIDE
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


def read_code() -> str:
    return re.search(r"\d{4}-\d{4}", mail.outbox[-1].body).group()


def sign_in_by_code(page, email: str) -> None:
    page.goto("/accounts/login/code/")
    page.get_by_label("Sähköposti").fill(email)
    page.get_by_role("button", name=re.compile("koodi", re.I)).first.click()
    page.get_by_label(re.compile("koodi", re.I)).fill(read_code())
    page.get_by_role("button", name=re.compile("^Kirjaudu")).first.click()


@pytest.fixture
def furnished(kannus, kannus_contact, kannus_leader):
    with scope(kannus.pk):
        for n, group in enumerate([Group.ELECTED, Group.ELECTED, Group.OFFICE]):
            PersonFactory(
                municipality=kannus,
                group=group,
                title="hallintojohtaja",
                email="" if n else "a@b.fi",
            )
    actions.invite(
        email="uusi@kannus.example", role=Role.CONTACT, municipality=kannus, language="fi",
        by=kannus_contact, at=timezone.now(),
    )  # fmt: skip


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize(
    "address",
    [
        "/k/kannus/people/", "/k/kannus/people/add/", "/k/kannus/contacts/",
        "/k/kannus/contacts/invite/", "/account/", "/account/second-factor/",
    ],
)  # fmt: skip
def test_pages_of_people_are_accessible_and_fit(
    new_page, axe_clean, fits, furnished, kannus_contact, address, width
):
    page = new_page(kannus_contact, width=width)

    page.goto(address)

    fits(page)
    axe_clean(page)
