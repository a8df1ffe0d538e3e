"""Signing in by code, adding a passkey and signing in with it; the pages of people and roles."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from municipalities import actions
from municipalities.enums import Group, Role
from municipalities.models import User
from tests.browser.conftest import NARROW, PHONE, WIDE, sign_in_by_code
from tests.municipalities.factories import PersonFactory
from uso.ground.mail.models import Message
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db(transaction=True)


def with_authenticator(page: Page) -> None:
    """Plug in a security chip that knows its owner."""
    chip = page.context.new_cdp_session(page)
    chip.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    chip.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.fixture
def second_factor_required(new_page, settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = True


def test_coordinator_comes_by_code_adds_a_passkey_and_signs_in_with_it(
    new_page, second_factor_required, coordinator, axe_clean
):
    page = new_page()
    with_authenticator(page)
    sign_in_by_code(page, coordinator.email)
    page.wait_for_url("**/account/second-factor/")
    axe_clean(page)

    page.get_by_role("link", name="Lisää pääsyavain").click()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/")
    page.goto("/roles/")
    assert page.get_by_role("heading", level=1).inner_text() == "Koordinaattorit ja asiantuntijat"

    page.context.clear_cookies(name="uso_session")
    page.goto("/accounts/login/?next=/roles/")
    page.locator("#passkey_login").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)
    page.goto("/roles/")
    assert page.get_by_role("heading", level=1).inner_text() == "Koordinaattorit ja asiantuntijat"


def test_passkey_button_waits_until_its_script_listens(
    new_page, second_factor_required, coordinator
):
    page, held = new_page(), []
    with_authenticator(page)
    sign_in_by_code(page, coordinator.email)
    page.wait_for_url("**/account/second-factor/")
    page.route("**/mfa/js/webauthn-json*.js", lambda route: held.append(route))

    adding = page.get_by_role("link", name="Lisää pääsyavain").get_attribute("href")
    page.goto(adding, wait_until="commit")
    button = page.locator("#mfa_webauthn_add")
    expect(button).to_be_disabled()
    held[0].continue_()
    button.click()

    page.wait_for_url("**/recovery-codes/")


def test_invited_person_accepts_and_comes_back_by_code(
    new_page, furnished, client_for, axe_clean, kannus
):
    with across_municipalities(reason="the test reads the message"):
        text = Message.objects.get(to_email="uusi@kannus.example").body_text
    page = new_page(width=PHONE)
    page.goto(re.search(r"/invitation/\S+", text).group())
    axe_clean(page)

    page.get_by_label("Etunimi").fill("Uuno")
    page.get_by_label("Sukunimi").fill("Uusi")
    page.get_by_role("button", name="Hyväksy ja kirjaudu").click()
    page.wait_for_url("**/k/kannus/")
    page.context.clear_cookies(name="uso_session")
    sign_in_by_code(page, "uusi@kannus.example")

    page.wait_for_url("**/k/kannus/")
    assert User.objects.get(email="uusi@kannus.example").first_name == "Uuno"


def test_invited_person_with_an_account_signs_in_and_comes_back(
    new_page, furnished, jamsa_contact, kannus, axe_clean, fits
):
    invitation = actions.invite(
        email=jamsa_contact.email, role=Role.LEADER, municipality=kannus, language="fi",
        by=jamsa_contact, at=timezone.now(),
    )  # fmt: skip
    with across_municipalities(reason="the test reads the message"):
        text = Message.objects.get(to_email=invitation.email).body_text
    page = new_page(width=PHONE)

    sign_in_by_code(page, invitation.email, there=re.search(r"/invitation/\S+", text).group())
    page.wait_for_url("**/invitation/**")
    fits(page)
    axe_clean(page)
    page.get_by_role("button", name="Hyväksy").click()
    page.wait_for_url(lambda url: "/invitation/" not in url)

    assert jamsa_contact.memberships.filter(municipality=kannus, role=Role.LEADER).exists()


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


TARGETS = """() => [...document.querySelectorAll("main :is(a, button, summary)")]
    .map((e) => [e.textContent.trim(), e.getBoundingClientRect()])
    .filter(([, box]) => box.width && Math.min(box.width, box.height) < 24)
    .map(([words, box]) => `${words} ${box.width} x ${box.height}`)"""


@pytest.mark.parametrize("address", ["/roles/", "/k/kannus/contacts/", "/k/kannus/people/"])
def test_lists_of_people_fit_the_smallest_screen_with_targets_to_hit(
    new_page, fits, furnished, kannus_contact, coordinator, address
):
    page = new_page(coordinator if address == "/roles/" else kannus_contact, width=NARROW)

    page.goto(address)

    fits(page)
    assert page.evaluate(TARGETS) == []


def test_summary_of_errors_leads_to_the_group(new_page, kannus_contact):
    page = new_page(kannus_contact)
    page.goto("/k/kannus/people/add/")
    page.get_by_role("button", name="Lisää").last.click()

    page.locator(".error-summary").get_by_role("link", name="Ryhmä").click()

    assert page.get_by_label("Luottamushenkilö").evaluate("e => e === document.activeElement")


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


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/",
        "/accounts/email/", "/accounts/password/change/", "/accounts/password/reset/",
        "/accounts/logout/",
    ],
)  # fmt: skip
def test_pages_of_the_account_are_accessible_and_fit(
    new_page, axe_clean, fits, kannus_contact, address
):
    kannus_contact.set_password("siiloista-silloille")
    kannus_contact.save()
    page = new_page(width=PHONE)
    sign_in_by_password(page, kannus_contact.email, "siiloista-silloille")

    page.goto(address)

    assert page.url.endswith(address)
    fits(page)
    axe_clean(page)


def sign_in_by_password(page: Page, email: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.locator("summary", has_text="Käytä salasanaa").click()
    form = page.locator("details form")
    form.get_by_label("Sähköposti").fill(email)
    form.get_by_label("Salasana").fill(password)
    form.get_by_role("button", name="Kirjaudu").click()
    page.wait_for_url("**/k/kannus/")


def test_pages_of_signing_in_are_accessible_and_fit(new_page, axe_clean, fits, kannus_contact):
    page = new_page(width=PHONE)
    page.goto("/accounts/login/")
    page.locator("summary", has_text="Käytä salasanaa").click()
    fits(page)
    axe_clean(page)

    page.get_by_label("Sähköposti").first.fill(kannus_contact.email)
    page.get_by_role("button", name="Lähetä koodi").click()
    page.wait_for_url("**/login/code/confirm/")
    fits(page)
    axe_clean(page)
    page.locator("input[name=code]").fill("0000-0000")
    page.locator("main form").filter(has=page.locator("input[name=code]")).locator(
        "button"
    ).first.click()
    page.locator("[aria-invalid=true]").wait_for()
    fits(page)
    axe_clean(page)
