"""Two people of a roster who are one: found, merged with a preview; registrations follow."""

import pytest
from django.utils import timezone
from icalendar import Calendar

from events.actions.notifying import notify_participants
from events.actions.registering import save_registrations
from events.enums import Mode
from events.models import Registration
from municipalities.models import DistinctPeople, MergedPerson, Person
from municipalities.roster.doubles import MOST_FOUND, find_doubles
from tests.events.conftest import confirmed_rows, join, person_of, taken
from tests.events.factories import published_event
from tests.pressing import carried, press
from uso.ground.lib.errors import RuleViolation
from uso.ground.mail.models import Message
from uso.ground.tenancy.scope import scope
from uso.roof.home.actions import merge_people

pytestmark = pytest.mark.django_db

DOUBLES = "/k/kannus/people/doubles/"


@pytest.fixture(autouse=True)
def _members(kannus, season8):
    join(kannus, season8)


@pytest.fixture
def client(client_for, kannus_contact):
    return client_for(kannus_contact)


@pytest.fixture
def maija(kannus) -> Person:
    return person_of(
        kannus, first_name="Maija", last_name="Meikäläinen", email="maija@kannus.example"
    )


@pytest.fixture
def maia(kannus) -> Person:
    return person_of(
        kannus, first_name="Maija", last_name="Meikalainen", email="", title="pj", body="hallitus"
    )


@pytest.fixture
def event(season8):
    return published_event(season=season8, title_fi="Seminaari", in_person=5)


@pytest.fixture
def save(kannus, kannus_contact):
    def saved(person, event, choice=Mode.IN_PERSON):
        return save_registrations(
            municipality=kannus,
            choices={(person.pk, event.pk): choice},
            by=kannus_contact,
            at=timezone.now(),
        )

    return saved


@pytest.fixture
def merge(kannus_contact):
    def merged(person, double):
        return merge_people(person=person, double=double, by=kannus_contact, at=timezone.now())

    return merged


def registrations(municipality) -> list[tuple[str, str, str]]:
    with scope(municipality.pk):
        rows = Registration.objects.select_related("person").order_by("event_id", "pk")
        return [(row.person.last_name, row.mode, row.state) for row in rows]


def people_of(municipality) -> list[Person]:
    with scope(municipality.pk):
        return list(Person.objects.order_by("pk"))


# -- Found ---------------------------------------------------------------------------------------


def person(pk, first, last, email="", **fields) -> Person:
    return Person(pk=pk, first_name=first, last_name=last, email=email, group="office", **fields)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (("Maija", "Meikäläinen"), ("MAIJA", "Meikalainen"), True),  # letters folded
        (("Maija", "Meikäläinen"), ("Meikäläinen", "Maija"), True),  # turned round
        (("Maija", "Meikäläinen"), ("Maija", "Meikäläinnen"), True),  # one letter
        (("Carl-Gustaf", "von Essen"), ("Carl Gustaf", "von Essen"), True),
        (("Maija", "Virtanen", "m@x.fi"), ("Maija", "Lahti", "m@x.fi"), True),  # a new last name
        (("Maija", "Virtanen", "m@x.fi"), ("Maija", "Virtanen", "n@x.fi"), True),
        (("Maija", "Virtanen", "k@x.fi"), ("Matti", "Korhonen", "k@x.fi"), False),  # one mailbox
        (("Maija", "Virtanen"), ("Maija", "Korhonen"), False),
        (("Matti", "Virtanen"), ("Mika", "Virtanen"), False),
    ],
)
def test_doubles_are_found_by_name_and_address(one, other, found):
    assert bool(find_doubles([person(1, *one), person(2, *other)])) == found


def test_the_one_of_whom_more_is_known_is_kept_and_the_surest_pair_comes_first():
    less = person(1, "Maija", "Meikäläinen")
    more = person(2, "Maija", "Meikäläinen", "m@x.fi", title="pj")
    unsure = [person(3, "Kalle", "Korhonen"), person(4, "Kalle", "Korhoinen")]

    first, second = find_doubles([*unsure, less, more])

    assert (first.kept, first.double) == (more, less)
    assert {second.kept, second.double} == set(unsure)


def test_who_has_left_is_the_double_of_who_is_on_the_list_and_two_of_them_are_none():
    gone = person(1, "Maija", "M", "m@x.fi", left_on=timezone.localdate())
    here = person(2, "Maija", "M")

    [pair] = find_doubles([gone, here])
    assert pair.kept == here
    assert find_doubles([gone, person(3, "Maija", "M", left_on=timezone.localdate())]) == []


def test_thousands_of_similar_names_are_stopped_at_the_surest():
    crowd = [person(n, f"Etu{n}", f"Suku{n}") for n in range(1, 2_001)]
    twins = [person(n, "Etu7", "Suku7", "m@x.fi") for n in (3_000, 3_001)]

    pairs = find_doubles([*crowd, *twins])

    assert len(pairs) == MOST_FOUND
    assert {each.pk for each in pairs[0].people} == {3_000, 3_001}


def test_pair_is_listed_with_its_reason_and_told_apart_by_a_press(client, kannus, maija, maia):
    page = client.get(DOUBLES)
    assert "Sama nimi" in page.text
    assert f"/k/kannus/people/{maija.pk}/merge/{maia.pk}/" in page.text or (
        f"/k/kannus/people/{maia.pk}/merge/{maija.pk}/" in page.text
    )

    for _twice in range(2):
        client.post(f"/k/kannus/people/{maia.pk}/apart/{maija.pk}/")

    assert client.get(DOUBLES).context["pairs"] == []
    with scope(kannus.pk):
        assert DistinctPeople.objects.count() == 1


def test_other_municipalitys_people_are_nobodys_doubles(client, jamsa, maija):
    person_of(jamsa, first_name="Maija", last_name="Meikäläinen", email="")

    assert client.get(DOUBLES).context["pairs"] == []


# -- Merged --------------------------------------------------------------------------------------


def test_preview_shows_what_is_kept_and_the_press_keeps_it(
    client, kannus, maija, maia, event, save
):
    save(maia, event)
    url = f"/k/kannus/people/{maija.pk}/merge/{maia.pk}/"

    page = client.get(url)
    kept = {each.label: each.kept for each in page.context["fields"]}
    assert (kept["Nimike tai tehtävä"], kept["Sukunimi"]) == ("pj", "Meikäläinen")
    assert [(each.person, each.double, each.kept) for each in page.context["events"]] == [
        ("–", "Paikan päällä", "Paikan päällä")
    ]
    done = press(client, url, follow=True)

    [one] = people_of(kannus)
    assert (one, one.title, one.body, one.email) == (
        maija,
        "pj",
        "hallitus",
        "maija@kannus.example",
    )
    assert registrations(kannus) == [("Meikäläinen", "in_person", "confirmed")]
    assert "vain kerran" in str(*done.context["messages"])


def test_same_event_twice_is_one_seat(kannus, maija, maia, event, save, merge):
    save(maija, event)
    save(maia, event, Mode.REMOTE)

    assert merge(maija, maia).freed == 1

    assert registrations(kannus) == [("Meikäläinen", "in_person", "confirmed")]
    assert taken(event) == confirmed_rows(event) == {"in_person": 1, "remote": 0}


@pytest.mark.parametrize(
    ("own", "theirs", "freed"),
    [
        ((Mode.IN_PERSON,), (Mode.REMOTE,), 1),
        ((Mode.IN_PERSON, None), (Mode.REMOTE,), 0),
        ((Mode.IN_PERSON,), (Mode.REMOTE, None), 0),
        ((Mode.IN_PERSON, None), (Mode.REMOTE, None), 0),
    ],
)
def test_message_counts_the_seats_that_the_page_said_would_be_free(
    client, maija, maia, event, save, own, theirs, freed
):
    for who, choices in ((maija, own), (maia, theirs)):
        for choice in choices:
            save(who, event, choice)
    url = f"/k/kannus/people/{maija.pk}/merge/{maia.pk}/"

    asked = client.get(url).context["frees"]
    done = press(client, url, follow=True)

    assert asked == freed
    assert ("1 tapahtumassa kaksi" in str(*done.context["messages"])) == bool(freed)


@pytest.mark.parametrize(
    ("own", "theirs", "kept"),
    [
        ((Mode.IN_PERSON, None), (Mode.REMOTE,), ("remote", "confirmed")),
        ((Mode.IN_PERSON,), (Mode.REMOTE, None), ("in_person", "confirmed")),
        ((Mode.IN_PERSON, None), (Mode.REMOTE, None), ("in_person", "cancelled")),
    ],
)
def test_the_registration_of_who_is_coming_is_kept(
    kannus, maija, maia, event, save, merge, own, theirs, kept
):
    for who, choices in ((maija, own), (maia, theirs)):
        for choice in choices:
            save(who, event, choice)

    merge(maija, maia)

    assert registrations(kannus) == [("Meikäläinen", *kept)]
    assert taken(event) == confirmed_rows(event)


def test_past_registrations_follow(
    kannus, kannus_contact, maija, maia, event, save, merge, time_machine
):
    save(maia, event)
    time_machine.move_to(event.ends_at + timezone.timedelta(days=1))

    merge(maija, maia)

    assert registrations(kannus) == [("Meikäläinen", "in_person", "confirmed")]


def test_full_room_does_not_hinder_a_merger(kannus, season8, maija, maia, save, merge):
    event = published_event(season=season8, in_person=1)
    save(maija, event)
    save(maija, event, None)
    save(maia, event)

    merge(maija, maia)

    assert taken(event) == confirmed_rows(event) == {"in_person": 1, "remote": 0}


def test_second_calendar_entry_is_taken_away_by_a_message(kannus, maija, event, save, merge):
    double = person_of(
        kannus, first_name="Maija", last_name="Meikalainen", email="toinen@kannus.example"
    )
    save(maija, event)
    save(double, event)
    with scope(kannus.pk):
        notify_participants(municipality=kannus, by=None, at=timezone.now())
        row = Registration.objects.get(person=double)
        merge(maija, double)
        notify_participants(municipality=kannus, by=None, at=timezone.now())
        messages = list(Message.objects.order_by("pk"))

    assert [(each.to_email, each.template) for each in messages] == [
        ("maija@kannus.example", "registration"),
        ("toinen@kannus.example", "registration"),
        ("toinen@kannus.example", "registration_joined"),
    ]
    entry = Calendar.from_ical(messages[-1].attachments[0]["content"])
    assert entry["METHOD"] == "CANCEL"
    assert str(entry.walk("VEVENT")[0]["UID"]) == f"{event.uid}-{row.pk}@uso"


def test_registration_that_moves_to_another_address_is_told_there(
    kannus, maija, event, save, merge
):
    double = person_of(
        kannus, first_name="Maija", last_name="Meikalainen", email="toinen@kannus.example"
    )
    save(double, event)
    with scope(kannus.pk):
        notify_participants(municipality=kannus, by=None, at=timezone.now())
        merge(maija, double)
        notify_participants(municipality=kannus, by=None, at=timezone.now())
        told = list(Message.objects.order_by("pk").values_list("to_email", "template"))

    assert told[-1] == ("maija@kannus.example", "registration")


def test_page_drawn_before_a_merger_registers_who_was_kept(kannus, maija, maia, event, save, merge):
    merge(maija, maia)

    result = save(maia, event)

    assert [row.person_id for row in result.done] == [maija.pk]
    assert registrations(kannus) == [("Meikäläinen", "in_person", "confirmed")]


def test_old_address_of_a_person_leads_to_who_was_kept(client, maija, maia, merge):
    merge(maija, maia)

    assert client.get(f"/k/kannus/people/{maia.pk}/").url == f"/k/kannus/people/{maija.pk}/"


def test_key_of_whoever_was_merged_twice_leads_to_the_last(kannus, maija, maia, merge):
    third = person_of(kannus, first_name="Maija", last_name="Meikäläinen", email="")
    merge(maia, third)
    merge(maija, maia)

    with scope(kannus.pk):
        assert dict(MergedPerson.objects.values_list("former_id", "person_id")) == {
            third.pk: maija.pk, maia.pk: maija.pk,
        }  # fmt: skip


def test_press_drawn_for_something_else_is_asked_anew(client, kannus, maija, maia, event, save):
    url = f"/k/kannus/people/{maija.pk}/merge/{maia.pk}/"
    late = carried(client.get(url))
    save(maia, event)

    refused = client.post(url, late)

    assert refused.status_code == 422
    assert "Seminaari" in refused.context["refused"]
    assert len(people_of(kannus)) == 2


def test_pair_merged_already_is_refused(maija, maia, merge):
    merge(maija, maia)

    with pytest.raises(RuleViolation):
        merge(maija, maia)


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("send", ["get", "post"])
def test_page_of_a_finished_merger_says_so_and_leads_to_the_list(
    client, maija, maia, merge, send, turned
):
    one, other = (maia.pk, maija.pk) if turned else (maija.pk, maia.pk)
    merge(maija, maia)

    page = getattr(client, send)(f"/k/kannus/people/{one}/merge/{other}/")

    assert "yhdistetty: Maija Meikäläinen on luettelossa kerran." in page.content.decode()
    assert 'href="/k/kannus/people/"' in page.content.decode()


def test_pair_merged_already_that_is_told_apart_is_said_to_be_one(client, maija, maia, merge):
    merge(maija, maia)

    page = client.post(f"/k/kannus/people/{maija.pk}/apart/{maia.pk}/", follow=True)

    assert "yhdistetty: Maija Meikäläinen on luettelossa kerran." in page.content.decode()


@pytest.mark.parametrize("page", ["back", "take-off"])
def test_old_page_of_somebody_merged_since_says_so(client, kannus, maija, maia, merge, page):
    merge(maija, maia)

    shown = client.post(f"/k/kannus/people/{maia.pk}/{page}/", follow=True)

    assert "yhdistetty: Maija Meikäläinen on luettelossa kerran." in shown.text
    assert [each.has_left for each in people_of(kannus)] == [False]


def test_page_of_somebody_merged_into_a_third_asks_about_that_one(
    client, kannus, maija, maia, merge
):
    third = person_of(kannus, first_name="Maija", last_name="Meikäläinen", email="m@kannus.example")
    merge(maija, maia)

    page = client.get(f"/k/kannus/people/{third.pk}/merge/{maia.pk}/")

    assert page.url == f"/k/kannus/people/{third.pk}/merge/{maija.pk}/"


def test_merger_that_makes_a_twin_is_refused_whole(kannus, maija, merge):
    double = person_of(kannus, first_name="Maia", last_name="Meikäläinen", email="m@x.fi")
    nameless = person_of(kannus, first_name="Maija", last_name="Meikäläinen", email="")
    person_of(kannus, first_name="Maija", last_name="Meikäläinen", email="m@x.fi")

    with pytest.raises(RuleViolation):
        merge(nameless, double)

    assert len(people_of(kannus)) == 4


def test_who_has_left_and_is_on_the_list_too_stays_on_it(kannus, maija, maia, merge):
    with scope(kannus.pk):
        Person.objects.filter(pk=maija.pk).update(left_on=timezone.localdate())

    merge(Person(pk=maija.pk, municipality_id=kannus.pk), maia)

    assert [each.has_left for each in people_of(kannus)] == [False]


def test_every_relation_of_a_person_is_known_to_the_merger():
    """Whoever adds a relation decides what becomes of it in `merge_people`."""
    fields = Person._meta.get_fields(include_hidden=True)
    related = {each.related_model for each in fields if each.auto_created and not each.concrete}
    histories = {Person.pgh_event_model, Registration.pgh_event_model}

    assert related - histories == {Registration, MergedPerson, DistinctPeople}


def test_person_is_not_merged_with_another_municipalitys(client, jamsa, maija):
    theirs = person_of(jamsa, first_name="Maija", last_name="Meikäläinen", email="")

    for url in (
        f"/k/kannus/people/{maija.pk}/merge/{theirs.pk}/",
        f"/k/kannus/people/{maija.pk}/merge/{maija.pk}/",
    ):
        assert client.get(url).status_code == 404
    assert client.post(f"/k/kannus/people/{maija.pk}/apart/{theirs.pk}/").status_code == 404
