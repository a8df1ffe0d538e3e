"""After municipal elections: who leaves is chosen, asked about, and leaves at once."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from events.enums import RegistrationState
from events.models import Event, Registration
from municipalities.elections import MUNICIPAL_ELECTIONS, elections_to_follow
from municipalities.enums import Group, Role
from municipalities.models import Membership, Municipality, Person
from seasons.models import Participation
from tests.clock import TODAY
from tests.events.conftest import person_of, taken
from tests.events.factories import RegistrationFactory, published_event
from tests.municipalities.factories import MembershipFactory, MunicipalityFactory, PersonFactory
from tests.pressing import carried
from tests.racing import at_once
from tests.seasons.factories import EntitlementFactory, member_of
from uso.ground.mail.models import Message
from uso.ground.tenancy.scope import scope
from uso.roof.home.actions import leave_after_elections
from uso.roof.home.queries.municipality import municipality_home

pytestmark = pytest.mark.django_db

PAGE = "/k/kannus/people/after-elections/"
IN_TERM = datetime(2025, 9, 1, 12, tzinfo=ZoneInfo("Europe/Helsinki"))


@pytest.fixture
def member(kannus, season8) -> Participation:
    EntitlementFactory(season=season8, quantity=5)
    with scope(kannus.pk):
        return member_of(season8, kannus)


@pytest.fixture
def seminar(season8, member) -> Event:
    return published_event(season=season8, in_person=9, remote=None)


@pytest.fixture
def eero(kannus) -> Person:
    return elected(kannus, "Eero")


@pytest.fixture
def leader(kannus) -> Membership:
    return MembershipFactory(municipality=kannus, role=Role.LEADER)


def elected(municipality: Municipality, first_name: str, **fields: object) -> Person:
    return person_of(
        municipality, first_name=first_name, last_name="Esimerkki", group=Group.ELECTED, **fields
    )


def register(person: Person, event: Event) -> None:
    with scope(person.municipality_id):
        RegistrationFactory(person=person, event=event)


def choice(*leaving: Person | Membership) -> dict[str, str]:
    return {f"{type(each).__name__.lower()}-{each.pk}": "leaves" for each in leaving}


def note(client: Client, *leaving: Person | Membership, follow: bool = False):
    """Choose who leaves, and press on the page that asks."""
    chosen = choice(*leaving)
    asked = client.post(PAGE, chosen)
    assert asked.status_code == 200
    return client.post(PAGE, {**carried(asked), **chosen}, follow=follow)


def on_the_list(municipality: Municipality) -> set[str]:
    with scope(municipality.pk):
        return set(Person.objects.on_the_list().values_list("first_name", flat=True))


def test_page_names_elected_officials_and_leaders_alone(
    client_for, kannus, kannus_contact, jamsa, eero, leader
):
    elected(kannus, "Poissa", left_on=date(2026, 1, 1))
    elected(jamsa, "Muualla")
    person_of(kannus, first_name="Virkailija", group=Group.OFFICE)
    MembershipFactory(municipality=kannus, role=Role.LEADER, ends_on=TODAY)

    there = client_for(kannus_contact).get(PAGE).context["there"]

    assert [each.person for each in there.officials] == [eero]
    assert [each.membership for each in there.leaders] == [leader]


def test_chosen_ones_leave_at_once_and_the_rest_stays(
    client_for, kannus, kannus_contact, season8, seminar, eero, leader
):
    past = published_event(season=season8, days=-30)
    maija, anna = elected(kannus, "Maija"), elected(kannus, "Anna")
    staying = MembershipFactory(municipality=kannus, role=Role.LEADER)
    for person, event in [(eero, seminar), (eero, past), (maija, seminar), (anna, seminar)]:
        register(person, event)

    page = note(client_for(kannus_contact), eero, maija, leader, follow=True)

    assert str(*page.context["messages"]) == (
        "2 henkilöä ei ole enää luettelossa. 2 ilmoittautumista peruttiin."
        " 1 johtajan rooli päättyi."
    )
    assert on_the_list(kannus) == {"Anna"}
    assert taken(seminar)["in_person"] == 1
    with scope(kannus.pk):
        stays = Registration.objects.get(person=eero, event=past)
    assert stays.state == RegistrationState.CONFIRMED
    for membership, ends_on in ((leader, TODAY), (staying, None)):
        membership.refresh_from_db()
        assert membership.ends_on == ends_on
    with scope(kannus.pk):
        assert Message.objects.filter(template="role_ended", to_email=leader.user.email).exists()
    gone = client_for(kannus_contact).get("/k/kannus/people/?gone=yes").text
    assert "Esimerkki Eero" in gone


def test_nothing_is_done_before_the_question_which_counts_what_ends(
    client_for, kannus, kannus_contact, seminar, eero, leader
):
    register(eero, seminar)
    maija = elected(kannus, "Maija", email="")
    register(maija, seminar)

    asked = client_for(kannus_contact).post(PAGE, choice(eero, maija, leader))

    assert on_the_list(kannus) == {"Eero", "Maija"}
    assert "2 tulevaa ilmoittautumista perutaan" in asked.text
    assert "kerro heille itse: Maija Esimerkki" in asked.text


def test_nobody_chosen_is_said(client_for, kannus_contact, eero):
    page = client_for(kannus_contact).post(PAGE, {f"person-{eero.pk}": "stays"})

    assert page.status_code == 422
    assert "Ketään ei ole valittu: valitse, kuka lähtee." in page.text


def test_registration_meanwhile_is_told_and_nothing_is_done(
    client_for, kannus, kannus_contact, seminar, eero, leader
):
    client, chosen = client_for(kannus_contact), choice(eero, leader)
    asked = client.post(PAGE, chosen)
    register(eero, seminar)

    page = client.post(PAGE, {**carried(asked), **chosen})

    assert page.status_code == 422
    assert "Eero Esimerkki: 0 ilmoittautumista → 1 ilmoittautuminen" in page.text
    assert on_the_list(kannus) == {"Eero"}
    leader.refresh_from_db()
    assert leader.ends_on is None
    client.post(PAGE, {**carried(page), **chosen})
    assert on_the_list(kannus) == set()


def test_second_press_is_told_that_they_left(client_for, kannus, kannus_contact, eero):
    client, chosen = client_for(kannus_contact), choice(eero)
    asked = client.post(PAGE, chosen)
    client.post(PAGE, {**carried(asked), **chosen})

    page = client.post(PAGE, {**carried(asked), **chosen})

    assert page.status_code == 422
    assert "Eero Esimerkki" in page.text


def test_own_role_is_warned_of_and_ends_with_the_press(client_for, kannus, kannus_contact):
    own = MembershipFactory(user=kannus_contact, municipality=kannus, role=Role.LEADER)
    client = client_for(kannus_contact)

    assert "oma roolisi" in client.post(PAGE, choice(own)).text
    note(client, own)

    own.refresh_from_db()
    assert own.ends_on == TODAY


def test_role_of_whoever_leaves_the_list_is_named(client_for, kannus, kannus_contact, eero, leader):
    with scope(kannus.pk):
        Person.objects.filter(pk=eero.pk).update(email=leader.user.email)
    client = client_for(kannus_contact)

    assert client.post(PAGE, choice(eero)).context["staying_roles"] == [leader]
    assert client.post(PAGE, choice(eero, leader)).context["staying_roles"] == []


def test_nobody_else_can_be_chosen_by_key(client_for, kannus, jamsa, kannus_contact, eero):
    theirs = elected(jamsa, "Muualla")
    office = person_of(kannus, first_name="Virkailija", group=Group.OFFICE)
    roles = [
        MembershipFactory(municipality=jamsa, role=Role.LEADER),
        kannus_contact.memberships.get(),
    ]

    assert client_for(kannus_contact).post(PAGE, choice(theirs, office, *roles)).status_code == 422
    note(client_for(kannus_contact), eero, theirs, office, *roles)

    assert on_the_list(jamsa) == {"Muualla"}
    assert on_the_list(kannus) == {"Virkailija"}
    assert not Membership.objects.filter(ends_on__isnull=False).exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_presses_at_once_one_counts(
    client_for, kannus, kannus_contact, coordinator, seminar, eero, leader
):
    register(eero, seminar)
    chosen = choice(eero, leader)
    clients = [client_for(kannus_contact), client_for(coordinator)]
    asked = [client.post(PAGE, chosen) for client in clients]

    answers = at_once(
        *(
            lambda client=client, page=page: client.post(PAGE, {**carried(page), **chosen})
            for client, page in zip(clients, asked, strict=True)
        )
    )

    assert sorted(each.status_code for each in answers) == [302, 422]
    assert taken(seminar)["in_person"] == 0


def test_whole_step_fails_where_one_role_has_ended(kannus, kannus_contact, eero, leader):
    Membership.objects.filter(pk=leader.pk).update(ends_on=TODAY)

    with pytest.raises(Exception, match="päättynyt"):
        leave_after_elections(
            municipality=kannus, people=[eero], memberships=[leader],
            by=kannus_contact, at=timezone.now(),
        )  # fmt: skip

    assert on_the_list(kannus) == {"Eero"}


# -- When ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "held_on"),
    [
        (date(2021, 7, 31), None),
        (date(2021, 8, 1), date(2021, 6, 13)),
        (date(2022, 7, 31), date(2021, 6, 13)),
        (date(2022, 8, 1), None),
        (date(2025, 5, 31), None),
        (date(2025, 6, 1), date(2025, 4, 13)),
        (date(2026, 5, 31), date(2025, 4, 13)),
        (date(2026, 6, 1), None),
        (date(2029, 6, 1), None),
    ],
)
def test_roster_is_gone_through_in_the_year_after_the_term_began(kannus, on, held_on):
    found = elections_to_follow(kannus, on=on)

    assert (found and found.held_on) == held_on


def test_no_elections_of_the_mainland_are_followed_on_aland():
    aland = MunicipalityFactory(region_code="21")

    assert elections_to_follow(aland, on=date(2025, 6, 1)) is None


def test_elections_stand_in_order_and_before_their_terms():
    days = [day for each in MUNICIPAL_ELECTIONS for day in (each.held_on, each.term_began_on)]

    assert days == sorted(days)


def test_home_page_asks_in_those_months(kannus, in_kannus, season8):
    PersonFactory(municipality=kannus)

    def asked(at: datetime) -> list[str]:
        home = municipality_home(kannus, season8, frozenset({Role.CONTACT}), at=at)
        return [todo.href for todo in home.todo]

    assert asked(IN_TERM) == [PAGE]
    assert asked(timezone.now()) == []


def test_people_page_leads_there_with_a_note_in_those_months(
    client_for, monkeypatch, kannus_contact, kannus_leader, eero
):
    words = "Valtuustokausi vaihtui 1.6.2025: käykää luottamushenkilöt läpi."
    quiet = client_for(kannus_contact).get("/k/kannus/people/").text
    assert words not in quiet
    assert PAGE in quiet
    monkeypatch.setattr(
        "municipalities.views.elections_to_follow", lambda *_args, **_on: MUNICIPAL_ELECTIONS[-1]
    )

    noted = client_for(kannus_contact).get("/k/kannus/people/").text
    assert words in noted
    assert noted.count(PAGE) == 1
    assert PAGE not in client_for(kannus_leader).get("/k/kannus/people/").text
