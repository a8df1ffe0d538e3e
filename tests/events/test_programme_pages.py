"""Pages of the programme for coordinators and experts."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from events.enums import EventKind, EventState, Mode
from events.models import Event
from events.queries import programme
from seasons.models import Phase
from tests.events.conftest import person_of
from tests.events.factories import (
    EventFactory,
    RegistrationFactory,
    SeatsFactory,
    published_event,
)
from tests.municipalities.factories import PersonFactory
from tests.pressing import carried, press
from tests.seasons.factories import SeasonFactory
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db

LIST = "/seasons/8/events/"
FIELDS = {
    "kind": EventKind.SEMINAR,
    "title_fi": "Teemaseminaari V",
    "starts_at": "2026-12-10T09:00",
    "ends_at": "2026-12-10T15:30",
    "deadline_at": "2026-12-03T16:00",
    "in_person": "on",
    "in_person_seats": "80",
    "place_fi": "Tampere",
    "remote": "on",
}


@pytest.fixture
def browser(client_for, coordinator):
    return client_for(coordinator)


@pytest.fixture
def phases(season8):
    days = [("2026-01-01", "2026-06-30"), ("2026-07-01", "2026-12-31")]
    return [
        Phase.objects.create(
            season=season8, position=n, name_fi=f"Vaihe {n}", starts_on=first, ends_on=last
        )
        for n, (first, last) in enumerate(days, 1)
    ]


@pytest.fixture
def both_going(seminar, eero, jukka, save, jamsa, jamsa_contact):
    """One participant from Kannus on site, one from Jämsä remotely; Jämsä on another event too."""
    other = published_event(season=seminar.season)
    save({(eero, seminar): Mode.IN_PERSON})
    save(
        {(jukka, seminar): Mode.REMOTE, (jukka, other): Mode.REMOTE},
        municipality=jamsa,
        by=jamsa_contact,
    )


def test_programme_goes_by_phase_and_time(season8, phases):
    later, sooner = (published_event(season=season8, phase=phases[1], days=d) for d in (20, 10))
    first = EventFactory(season=season8, phase=phases[0])
    undated = EventFactory(season=season8, phase=phases[1])
    loose = EventFactory(season=season8)
    EventFactory(season__number=9)

    parts = [(part.phase, [p.event for p in part.events]) for part in programme(season8)]

    assert parts == [
        (phases[0], [first]),
        (phases[1], [sooner, later, undated]),
        (None, [loose]),
    ]


def test_programme_shows_seats_and_state(browser, seminar, both_going):
    page = browser.get(LIST).content.decode()

    assert "Teemaseminaari IV" in page
    assert "Julkaistu" in page
    assert "1 / 2" in page


def test_programme_takes_events_of_one_time_by_kind_and_number(season8):
    second, first = (
        EventFactory(season=season8, kind=EventKind.SPARRING, position=n) for n in (2, 1)
    )
    seminar = EventFactory(season=season8, kind=EventKind.SEMINAR, position=3)

    (part,) = programme(season8)

    assert [planned.event for planned in part.events] == [seminar, first, second]


def test_season_without_events_asks_to_plan_one(browser, season8):
    assert "Ei vielä tapahtumia" in browser.get(LIST).content.decode()


def test_unknown_season_is_not_found(browser):
    assert browser.get("/seasons/99/events/").status_code == 404


def test_new_event_is_saved_as_a_draft_in_finnish_time(browser, season8):
    response = browser.post(f"{LIST}new/", FIELDS)

    event = Event.objects.get()
    assert response.url == f"{LIST}{event.pk}/"
    assert (event.season, event.state) == (season8, EventState.DRAFT)
    assert event.starts_at.isoformat() == "2026-12-10T07:00:00+00:00"
    assert dict(event.seats.values_list("mode", "capacity")) == {"in_person": 80, "remote": None}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title_fi": ""}, "Kirjoita nimi suomeksi."),
        ({"ends_at": "2026-12-10T08:00"}, "päättyy ennen kuin se alkaa"),
        ({"deadline_at": "2026-12-11T08:00"}, "valitse aikaisempi määräaika"),
        ({"in_person_seats": "-1"}, "Kirjoita luku, joka on vähintään 0"),
        ({"remote_url": "javascript:alert(1)"}, "Kirjoita sivun koko osoite"),
        ({"starts_at": "2026-03-29T03:30"}, "Kelloja siirretään tuohon aikaan"),
    ],
)
def test_form_that_is_wrong_keeps_what_was_typed(browser, season8, wrong, words):
    response = browser.post(f"{LIST}new/", FIELDS | wrong)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert 'value="Tampere"' in response.content.decode()
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"starts_at": "2027-01-07T09:00", "ends_at": "2027-01-07T15:00"}, "starts_at"),
        ({"starts_at": "2024-12-31T09:00", "deadline_at": "2024-12-02T16:00"}, "starts_at"),
        ({"ends_at": "2099-12-10T15:00"}, "ends_at"),
        ({"ends_at": "2026-12-10T08:00"}, "ends_at"),
        ({"deadline_at": "2023-12-31T16:00"}, "deadline_at"),
        ({"deadline_at": "2026-12-11T08:00"}, "deadline_at"),
        ({"starts_at": "2026-12-06T09:00"}, "starts_at"),
        ({"ends_at": "2026-12-12T15:00"}, "ends_at"),
    ],
)
def test_day_that_cannot_be_is_refused_at_its_field(browser, season8, wrong, field):
    response = browser.post(f"{LIST}new/", FIELDS | wrong)

    assert list(response.context["form"].errors) == [field]
    assert not Event.objects.exists()


def test_weekend_of_an_event_is_taken_when_it_is_right(browser, season8):
    saturday = {"starts_at": "2026-12-12T09:00", "ends_at": "2026-12-12T15:30"}
    ticked = {"starts_at_is_right": "2026-12-12"}

    asked = browser.post(f"{LIST}new/", FIELDS | saturday)
    browser.post(f"{LIST}new/", FIELDS | saturday | ticked)

    event = Event.objects.get()
    assert [question.name for question in asked.context["form"].day_questions] == list(ticked)
    assert list(asked.context["form"].errors) == ["starts_at"]
    assert 'name="starts_at_is_right" value="2026-12-12"' in asked.text
    again = browser.post(f"{LIST}{event.pk}/edit/", FIELDS | saturday | {"title_fi": "Uusi"})
    assert again.url == f"{LIST}{event.pk}/"


def test_each_step_says_that_it_was_done(browser, season8, time_machine):
    time_machine.move_to(datetime(2026, 11, 2, 9, tzinfo=UTC))
    page = f"{LIST}new/"
    said = []
    for step in ("edit/", "publish/", "cancel/", ""):
        response = press(
            browser, page, FIELDS if page.endswith(("new/", "edit/")) else {}, follow=True
        )
        said.append(str(*response.context["messages"]))
        page = f"{LIST}{Event.objects.get().pk}/{step}"

    assert said == [
        "Tapahtuma on tallennettu luonnoksena.",
        "Muutokset on tallennettu.",
        "Julkaistu. Kunnat voivat nyt ilmoittaa osallistujansa, ja kuntien yhdyshenkilöt saavat"
        " viestin puolen tunnin kuluessa.",
        "Peruttu. Ilmoittautuneet, joilla on sähköpostiosoite, saavat viestin.",
    ]


@pytest.mark.parametrize("field", ["in_person_seats", "remote_seats"])
@pytest.mark.parametrize(
    ("typed", "wrong"), [("-1", True), ("0", False), ("100000", False), ("100001", True)]
)
def test_seats_are_a_number_within_reason(browser, season8, field, typed, wrong):
    response = browser.post(f"{LIST}new/", FIELDS | {field: typed})

    assert response.status_code == (422 if wrong else 302)
    assert Event.objects.exists() != wrong


@pytest.mark.parametrize(
    "field", ["title_fi", "title_sv", "title_en", "place_fi", "place_sv", "place_en"]
)
def test_title_or_place_of_several_lines_is_put_on_one(browser, season8, field):
    response = browser.post(f"{LIST}new/", FIELDS | {field: "Seminaari\nBcc: x@example.org"})

    assert response.status_code == 302
    assert getattr(Event.objects.get(), field) == "Seminaari Bcc: x@example.org"


def test_number_that_is_taken_is_told_in_words(browser, seminar):
    response = browser.post(f"{LIST}new/", FIELDS | {"position": seminar.position})

    assert response.status_code == 422
    assert "Kaudella on jo tämän lajin tapahtuma" in response.content.decode()


@pytest.mark.parametrize("lost", ["starts_at", "ends_at", "deadline_at"])
def test_published_event_cannot_lose_its_dates_by_the_form(browser, seminar, lost):
    response = browser.post(f"{LIST}{seminar.pk}/edit/", FIELDS | {lost: ""})

    assert response.status_code == 422
    assert "on aina alkamis- ja päättymisaika" in response.content.decode()


def test_form_shows_what_is_stored(browser, seminar):
    form = browser.get(f"{LIST}{seminar.pk}/edit/").context["form"]

    shown = {name: form[name].value() for name in ("in_person", "in_person_seats", "remote")}
    assert shown == {"in_person": True, "in_person_seats": 2, "remote": True}


def test_seats_in_use_are_kept_by_name_of_the_field(browser, seminar, eero, save):
    save({(eero, seminar): Mode.IN_PERSON})

    response = browser.post(f"{LIST}{seminar.pk}/edit/", FIELDS | {"in_person_seats": "0"})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["in_person_seats"]


def test_event_of_another_season_is_not_found(browser, season8):
    other = published_event(season__number=9)

    assert browser.get(f"{LIST}{other.pk}/").status_code == 404


def test_draft_that_lacks_things_is_named_and_not_published(browser, season8):
    draft = EventFactory(season=season8)

    response = press(browser, f"{LIST}{draft.pk}/publish/")

    assert response.status_code == 422
    assert "Lisää ensin: ajankohta, päättymisaika, ilmoittautumisen määräaika" in response.text
    assert Event.objects.get().state == EventState.DRAFT


def test_published_from_the_page_it_is_seen_by_the_municipality(
    browser, season8, client_for, kannus_contact
):
    starts_at = timezone.now() + timedelta(days=30)
    draft = EventFactory(
        season=season8,
        title_fi="Uusi seminaari",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        deadline_at=starts_at,
    )
    SeatsFactory(event=draft, mode=Mode.REMOTE)
    contact = client_for(kannus_contact)
    before = contact.get("/k/kannus/events/").content.decode()

    press(browser, f"{LIST}{draft.pk}/publish/")

    assert "Uusi seminaari" not in before
    assert "Uusi seminaari" in contact.get("/k/kannus/events/").content.decode()


def test_cancelling_asks_first_and_says_how_many_are_told(browser, seminar, both_going):
    asked = browser.get(f"{LIST}{seminar.pk}/cancel/")
    assert "2 henkilöä on ilmoittautunut" in asked.content.decode()
    assert Event.objects.get(pk=seminar.pk).state == EventState.PUBLISHED

    press(browser, f"{LIST}{seminar.pk}/cancel/")

    assert Event.objects.get(pk=seminar.pk).state == EventState.CANCELLED


def test_draft_cannot_be_cancelled_from_the_page(browser, season8):
    draft = EventFactory(season=season8)

    response = press(browser, f"{LIST}{draft.pk}/cancel/")

    assert response.status_code == 422
    assert "Vain julkaistun tapahtuman voi perua." in response.content.decode()


def test_participants_of_this_event_stand_with_their_municipality(browser, seminar, both_going):
    table = browser.get(f"{LIST}{seminar.pk}/").context["table"]

    assert [table.cells(row)[:3] for row in table.rows] == [
        ["Jämsä", "Jämsäläinen", "Jukka"],
        ["Kannus", "Esimerkki", "Eero"],
    ]


def test_participants_can_be_sorted_and_sought(browser, seminar, both_going):
    by_name = browser.get(f"{LIST}{seminar.pk}/?sort=-municipality").context["table"]
    found = browser.get(f"{LIST}{seminar.pk}/?q=jukka").context["table"]

    assert [row.municipality for row in by_name.rows] == ["Kannus", "Jämsä"]
    assert [row.name for row in found.rows] == ["Jukka Jämsäläinen"]


@pytest.mark.parametrize(
    ("state", "days", "buttons"),
    [
        (EventState.DRAFT, 5, ["edit", "publish"]),
        (EventState.PUBLISHED, 5, ["edit", "cancel"]),
        (EventState.PUBLISHED, -1, ["edit"]),
        (EventState.CANCELLED, 5, []),
    ],
)
def test_coordinator_is_offered_what_the_event_allows(
    browser, season8, coordinator, state, days, buttons
):
    event = published_event(season=season8, days=days)
    stamps = {
        EventState.DRAFT: {"published_at": None, "published_by": None},
        EventState.PUBLISHED: {},
        EventState.CANCELLED: {"cancelled_at": timezone.now(), "cancelled_by": coordinator},
    }[state]
    Event.objects.update(state=state, **stamps)

    page = browser.get(f"{LIST}{event.pk}/").text

    assert [b for b in ("edit", "publish", "cancel") if f"{LIST}{event.pk}/{b}/" in page] == buttons


def test_draft_without_a_date_can_be_shown(browser, season8):
    draft = EventFactory(season=season8)

    response = browser.get(f"{LIST}{draft.pk}/")

    assert response.context["missing"][0] == "ajankohta"


def test_seats_stand_on_site_first(browser, season8):
    event = EventFactory(season=season8)
    for mode in (Mode.REMOTE, Mode.IN_PERSON):
        SeatsFactory(event=event, mode=mode)

    seats = browser.get(f"{LIST}{event.pk}/").context["seats"]

    assert [row.mode for row in seats] == [Mode.IN_PERSON, Mode.REMOTE]


def test_event_that_has_begun_is_not_cancelled_from_the_page(browser, season8):
    event = published_event(season=season8, days=-1)

    response = press(browser, f"{LIST}{event.pk}/cancel/")

    assert response.status_code == 422
    assert "Tapahtuma on alkanut" in response.text
    assert Event.objects.get().state == EventState.PUBLISHED


def test_form_offers_the_phases_of_its_season_in_order(browser, season8, phases):
    other = SeasonFactory(number=9)
    Phase.objects.create(
        season=other, position=1, name_fi="Muu", starts_on="2027-01-01", ends_on="2027-06-30"
    )
    Phase.objects.filter(position=1).update(name_fi="Å")  # not the order of names

    form = browser.get(f"{LIST}new/").context["form"]

    assert list(form.fields["phase"].queryset) == phases


def test_link_without_its_scheme_is_taken_as_https(browser, season8):
    browser.post(f"{LIST}new/", FIELDS | {"remote_url": "example.fi/linkki"})

    assert Event.objects.get().remote_url == "https://example.fi/linkki"


def test_way_that_is_not_offered_has_no_seats_whatever_was_typed(browser, season8):
    fields = {name: text for name, text in FIELDS.items() if name != "in_person"}

    browser.post(f"{LIST}new/", fields | {"remote_seats": "30"})

    event = Event.objects.get()
    assert dict(event.seats.values_list("mode", "capacity")) == {"remote": 30}


def test_participants_of_one_municipality_stand_in_finnish_order(browser, season8, kannus, save):
    event = published_event(season=season8)
    people = [person_of(kannus, last_name=name) for name in ("Öhman", "Virta", "Åberg")]
    save({(person, event): Mode.REMOTE for person in people})

    table = browser.get(f"{LIST}{event.pk}/").context["table"]

    assert [row.last_name for row in table.rows] == ["Virta", "Åberg", "Öhman"]


def test_expert_reads_the_participants_and_plans_nothing(client_for, expert, seminar, both_going):
    page = client_for(expert).get(f"{LIST}{seminar.pk}/").content.decode()

    assert "Eero" in page
    assert "/edit/" not in page
    assert "/cancel/" not in page


def test_list_taken_out_as_csv_holds_no_formula(browser, seminar, kannus, save):
    rogue = person_of(kannus, first_name="=1+1", last_name="Esimerkki", email="")
    save({(rogue, seminar): Mode.REMOTE})

    response = browser.get(f"{LIST}{seminar.pk}/?export=csv")

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:3] == ["Kunta", "Sukunimi", "Etunimi"]
    assert rows[1][:3] == ["Kannus", "Esimerkki", "'=1+1"]
    assert rows[1][5] == "Etänä"


def test_list_taken_out_as_xlsx_holds_the_same_rows(browser, seminar, both_going):
    response = browser.get(f"{LIST}{seminar.pk}/?export=xlsx")

    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet.title == "Osallistujat"
    assert [[cell.value for cell in row][:3] for row in sheet.rows][1:] == [
        ["Jämsä", "Jämsäläinen", "Jukka"],
        ["Kannus", "Esimerkki", "Eero"],
    ]


# -- A press does what its words said


def test_event_changed_since_the_question_is_not_published_as_it_was(browser, season8):
    draft = EventFactory(season=season8, place_fi="Tampere")
    asked = browser.get(f"{LIST}{draft.pk}/publish/")
    Event.objects.update(place_fi="Oulu")

    refused = browser.post(f"{LIST}{draft.pk}/publish/", carried(asked))

    assert refused.status_code == 422
    assert "Paikka suomeksi: Tampere → Oulu" in refused.context["refused"]


def test_cancelling_names_those_registered_meanwhile(browser, seminar, both_going, kannus):
    asked = browser.get(f"{LIST}{seminar.pk}/cancel/")
    seminar.seats.update(capacity=200)
    with scope(kannus.pk):
        RegistrationFactory(event=seminar, person=PersonFactory(municipality=kannus))

    refused = browser.post(f"{LIST}{seminar.pk}/cancel/", carried(asked))

    assert "Ilmoitettu: 2 → 3" in refused.context["refused"]
    assert Event.objects.get(pk=seminar.pk).state == EventState.PUBLISHED


def test_edit_that_came_too_late_says_what_has_changed_and_keeps_what_was_typed(browser, season8):
    press(browser, f"{LIST}new/", FIELDS)
    event = Event.objects.get()
    late = browser.get(f"{LIST}{event.pk}/edit/")
    press(browser, f"{LIST}{event.pk}/edit/", {**FIELDS, "place_fi": "Oulu"})

    refused = browser.post(
        f"{LIST}{event.pk}/edit/", {**FIELDS, "place_fi": "Turku", **carried(late)}
    )

    [said_why] = refused.context["form"].non_field_errors()
    assert f"Paikka suomeksi: {FIELDS['place_fi']} → Oulu" in said_why
    assert refused.context["form"]["place_fi"].value() == "Turku"
    assert Event.objects.get().place_fi == "Oulu"
