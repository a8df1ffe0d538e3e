"""Pages of a municipality: coming events, one event, the registration grid."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from events.enums import EventState, Mode
from events.models import Event, Registration
from events.views import MOST_CHANGES, PAST_SHOWN
from municipalities.enums import Group
from municipalities.models import Person
from tests.events.conftest import person_of, taken
from tests.events.factories import published_event
from tests.seasons.factories import SeasonFactory
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db

GRID = "/k/kannus/registrations/"
LIST = "/k/kannus/events/"


@pytest.fixture
def browser(client_for, kannus_contact):
    return client_for(kannus_contact)


def cell(person, event) -> str:
    return f"r-{person.pk}-{event.pk}"


def post(browser, fields, loaded="", **more):
    return browser.post(
        GRID,
        urlencode({**fields, "loaded": loaded, **more}, doseq=True),
        "application/x-www-form-urlencoded",
    )


def chosen(response) -> dict[str, str]:
    """Read which choice of each cell is checked on the page."""
    return {
        cell.key: option.value
        for _label, rows in response.context["grid"].groups
        for row in rows
        for cell in row.cells
        for option in cell.options
        if option.checked
    }


def disabled(response) -> dict[str, list[str]]:
    """Read which choices of each cell cannot be had."""
    return {
        cell.key: [option.value for option in cell.options if option.disabled]
        for _label, rows in response.context["grid"].groups
        for row in rows
        for cell in row.cells
    }


def key(person, event) -> str:
    return f"{person.pk}-{event.pk}"


# -- The list and one event -------------------------------------------------------------------------


def test_list_shows_coming_events_and_who_of_us_is_going(
    browser, seminar, eero, jukka, jamsa, save, jamsa_contact
):
    save({(eero, seminar): Mode.IN_PERSON})
    save({(jukka, seminar): Mode.IN_PERSON}, municipality=jamsa, by=jamsa_contact)

    page = browser.get(LIST).content.decode()

    assert "Teemaseminaari IV" in page
    assert "Eero Esimerkki" in page
    assert "Jukka" not in page
    assert "täynnä" in page


def test_who_is_going_stands_in_finnish_order_of_last_names(browser, seminar, kannus, save):
    event = published_event(season=seminar.season, in_person=10)
    names = ["O'Brien", "Virta-Aho", "Äijälä", "Virta", "Aalto"]
    people = [person_of(kannus, last_name=name) for name in names]
    save({(person, event): Mode.IN_PERSON for person in people})

    going = browser.get(f"{LIST}{event.pk}/").context["offer"].going

    ordered = ["Aalto", "O'Brien", "Virta", "Virta-Aho", "Äijälä"]
    assert [row.person.last_name for row in going] == ordered


def test_list_counts_who_of_us_comes_how(browser, seminar, eero, maija, sulo, save):
    save({(eero, seminar): Mode.IN_PERSON, (maija, seminar): Mode.REMOTE})
    save({(sulo, seminar): Mode.REMOTE})

    (offer,) = browser.get(LIST).context["coming"]

    assert (offer.going_in_person, offer.going_remotely) == (1, 2)


@pytest.mark.parametrize(
    ("to_the_deadline", "open_now", "closes_soon"),
    [
        (timedelta(days=7, minutes=1), True, False),
        (timedelta(days=6, hours=23), True, True),
        (timedelta(minutes=-1), False, False),
    ],
)
def test_deadline_within_a_week_is_near(browser, season8, to_the_deadline, open_now, closes_soon):
    published_event(season=season8, deadline_at=timezone.now() + to_the_deadline)

    response = browser.get(LIST)

    (offer,) = response.context["coming"]
    assert (offer.open, offer.closes_soon) == (open_now, closes_soon)
    assert ('class="amber"' in response.text) == closes_soon


def test_list_without_events_says_what_comes_next(browser):
    assert "Ei tulevia tapahtumia" in browser.get(LIST).content.decode()


def test_drafts_and_other_seasons_are_not_on_the_list(browser, season8):
    published_event(season=season8, state=EventState.DRAFT, published_at=None, published_by=None)
    published_event(season=SeasonFactory(number=9))
    seen = published_event(season=season8)

    offers = browser.get(LIST).context["coming"]

    assert [offer.event for offer in offers] == [seen]


def test_past_events_stand_apart(browser, season8):
    older, past = (published_event(season=season8, days=-days) for days in (4, 3))
    ended = published_event(
        season=season8, days=-0.5, ends_at=timezone.now() - timedelta(minutes=1)
    )
    later = published_event(season=season8, days=5)
    running = published_event(
        season=season8, days=-0.01, ends_at=timezone.now() + timedelta(hours=3)
    )

    context = browser.get(LIST).context

    assert [offer.event for offer in context["past"]] == [ended, past, older]
    assert [offer.event for offer in context["coming"]] == [running, later]


def test_as_many_past_events_as_fit_leave_none_to_ask_for(browser, season8):
    for days in range(1, PAST_SHOWN + 1):
        published_event(season=season8, days=-days)

    response = browser.get(LIST)

    assert len(response.context["past"]) == PAST_SHOWN
    assert "?past=all" not in response.text


def test_old_events_are_shown_when_asked_for(browser, season8):
    for days in range(1, PAST_SHOWN + 3):
        published_event(season=season8, days=-days)

    latest, every = browser.get(LIST), browser.get(f"{LIST}?past=all")

    assert len(latest.context["past"]) == PAST_SHOWN
    assert len(every.context["past"]) == PAST_SHOWN + 2
    assert "?past=all#past" in latest.content.decode()
    assert "?past=all#past" not in every.content.decode()


@pytest.mark.parametrize("hidden", ["draft", "season", "nothing"])
def test_event_that_is_not_ours_is_not_found(browser, season8, hidden):
    event_id = {
        "draft": lambda: (
            published_event(
                season=season8, state=EventState.DRAFT, published_at=None, published_by=None
            ).pk
        ),
        "season": lambda: published_event(season=SeasonFactory(number=9)).pk,
        "nothing": lambda: 10**12,
    }[hidden]()

    assert browser.get(f"{LIST}{event_id}/").status_code == 404


def test_event_shows_our_people_alone(browser, seminar, eero, jukka, jamsa, save, jamsa_contact):
    save({(eero, seminar): Mode.REMOTE})
    save({(jukka, seminar): Mode.REMOTE}, municipality=jamsa, by=jamsa_contact)

    page = browser.get(f"{LIST}{seminar.pk}/").content.decode()

    assert "Eero Esimerkki" in page
    assert "Jukka" not in page


def test_leader_reads_and_is_not_offered_to_register(client_for, kannus_leader, seminar):
    response = client_for(kannus_leader).get(f"{LIST}{seminar.pk}/")

    assert not response.context["may_register"]
    assert GRID not in response.content.decode()


def test_contact_person_registers_while_the_registration_is_open(browser, seminar):
    page = f"{LIST}{seminar.pk}/"
    link = f"{GRID}?event={seminar.pk}"
    assert link in browser.get(page).text

    Event.objects.update(deadline_at=timezone.now() - timedelta(minutes=1))

    assert link not in browser.get(page).text


# -- The grid ----------------------------------------------------------------------------------------


def test_grid_groups_people_and_shows_what_is_stored(browser, kannus, seminar, eero, save):
    person_of(kannus, first_name="Åke", last_name="Åberg", group=Group.ELECTED)
    person_of(kannus, first_name="Zaida", last_name="Zetterberg", group=Group.ELECTED)
    save({(eero, seminar): Mode.REMOTE})

    response = browser.get(GRID)

    groups = response.context["grid"].groups
    assert [(label, [row.person.last_name for row in rows]) for label, rows in groups] == [
        ("Luottamushenkilöt", ["Zetterberg", "Åberg"]),
        ("Viranhaltijat", ["Esimerkki"]),
    ]
    assert chosen(response)[key(eero, seminar)] == "remote"
    assert response.context["grid"].loaded == f"{key(eero, seminar)}:remote"


@pytest.mark.parametrize("asked", ["event", "shown"])
def test_phone_shows_first_the_event_asked_for(browser, season8, seminar, eero, asked):
    published_event(season=season8, days=1)

    response = browser.get(GRID, {asked: seminar.pk})

    assert response.context["shown"] == str(seminar.pk)
    assert f'<option value="{seminar.pk}" selected>' in response.text


def test_phone_stays_on_its_event_after_the_save(browser, season8, seminar, eero):
    published_event(season=season8, days=1)

    saved = post(browser, {cell(eero, seminar): "remote"}, shown=seminar.pk)

    assert browser.get(saved.url).context["shown"] == str(seminar.pk)


def test_phone_goes_to_the_first_event_with_a_refusal(browser, season8, seminar, eero):
    full = published_event(season=season8, in_person=0)

    response = post(
        browser, {cell(eero, seminar): "remote", cell(eero, full): "in_person"}, shown=seminar.pk
    )

    assert response.context["shown"] == str(full.pk)


def test_grid_leaves_out_what_has_begun(browser, season8, seminar, eero):
    published_event(season=season8, days=-0.01, ends_at=timezone.now() + timedelta(hours=3))

    assert [offer.event for offer in browser.get(GRID).context["grid"].offers] == [seminar]


def test_reading_the_grid_writes_nothing(browser, seminar, eero, kannus):
    browser.get(f"{GRID}?{cell(eero, seminar)}=in_person&loaded=")

    with scope(kannus.pk):
        assert not Registration.objects.exists()


def test_save_registers_several_people_to_two_events(
    browser, season8, seminar, eero, maija, kannus
):
    other = published_event(season=season8)

    response = post(
        browser,
        {
            cell(eero, seminar): "in_person",
            cell(maija, seminar): "remote",
            cell(eero, other): "none",
            cell(maija, other): "in_person",
        },
    )

    assert response.status_code == 302
    assert taken(seminar) == {"in_person": 1, "remote": 1}
    assert taken(other) == {"in_person": 1, "remote": 0}


def test_after_the_save_each_cell_tells_it_was_saved(browser, seminar, eero, maija):
    response = browser.get(post(browser, {cell(eero, seminar): "remote"}).url)

    saved = {
        cell.key: cell.saved
        for _label, rows in response.context["grid"].groups
        for row in rows
        for cell in row.cells
    }
    assert saved == {key(eero, seminar): True, key(maija, seminar): False}
    assert "1 muutos tallennettu." in response.content.decode()


@pytest.mark.parametrize("moment", ["", "yesterday", "2026-13-45T00:00:00", "2026-01-01T00:00:00"])
def test_moment_in_the_address_that_is_none_is_passed_over(browser, seminar, eero, save, moment):
    save({(eero, seminar): Mode.IN_PERSON})

    response = browser.get(GRID, {"saved": moment})

    assert not any(
        cell.saved
        for _label, rows in response.context["grid"].groups
        for row in rows
        for cell in row.cells
    )


def test_save_without_changes_says_so(browser, seminar, eero):
    response = post(browser, {cell(eero, seminar): "none"})

    assert "Mitään ei ollut muutettu" in browser.get(response.url).text


def test_withdrawn_cell_tells_it_was_saved_and_an_older_one_does_not(
    browser, seminar, eero, maija, save
):
    save({(eero, seminar): Mode.IN_PERSON, (maija, seminar): Mode.IN_PERSON})

    response = post(
        browser,
        {cell(eero, seminar): "none", cell(maija, seminar): "in_person"},
        loaded=f"{key(eero, seminar)}:in_person {key(maija, seminar)}:in_person",
    )

    (_label, rows), *_ = browser.get(response.url).context["grid"].groups
    assert {row.person: row.cells[0].saved for row in rows} == {eero: True, maija: False}


def test_unchanged_cells_do_not_undo_a_colleagues_save(browser, seminar, eero, maija, save):
    """Somebody registered Eero after this page was loaded; the page still says he is not coming."""
    save({(eero, seminar): Mode.IN_PERSON})

    post(browser, {cell(eero, seminar): "none", cell(maija, seminar): "remote"}, loaded="")

    assert taken(seminar) == {"in_person": 1, "remote": 1}


def test_withdrawal_comes_from_the_grid_too(browser, seminar, eero, save):
    save({(eero, seminar): Mode.IN_PERSON})

    post(browser, {cell(eero, seminar): "none"}, loaded=f"{key(eero, seminar)}:in_person")

    assert taken(seminar) == {"in_person": 0, "remote": 0}


def test_refused_choices_are_named_and_stay_typed_while_the_rest_is_saved(
    browser, seminar, eero, maija, sulo
):
    response = post(browser, {cell(p, seminar): "in_person" for p in (maija, sulo, eero)})

    page = response.content.decode()
    assert response.status_code == 422
    assert taken(seminar) == {"in_person": 2, "remote": 0}
    assert (
        "Teemaseminaari IV on täynnä paikan päällä: Eero Esimerkki ei mahtunut. Etänä on tilaa."
        in page
    )
    assert "2 muutosta tallennettu." in page
    assert chosen(response) == {key(p, seminar): "in_person" for p in (maija, sulo, eero)}
    (_label, rows), *_ = response.context["grid"].groups
    assert {row.person: row.cells[0].refused for row in rows} == {
        eero: "Ei tallennettu. Etänä on tilaa.",
        maija: "",
        sulo: "",
    }


def test_refused_choice_stays_one_though_the_room_is_full(
    browser, season8, eero, jukka, jamsa, save, jamsa_contact
):
    event = published_event(season=season8, in_person=1)
    save({(jukka, event): Mode.IN_PERSON}, municipality=jamsa, by=jamsa_contact)

    response = post(browser, {cell(eero, event): "in_person"})

    assert chosen(response) == {key(eero, event): "in_person"}
    assert disabled(response) == {key(eero, event): []}


def test_refused_choice_can_be_changed_on_the_page_it_came_back_on(
    browser, seminar, eero, maija, sulo
):
    first = post(browser, {cell(p, seminar): "in_person" for p in (maija, sulo, eero)})
    again = {
        cell(maija, seminar): "in_person",
        cell(sulo, seminar): "in_person",
        cell(eero, seminar): "remote",
    }

    second = post(browser, again, loaded=first.context["grid"].loaded)

    assert second.status_code == 302
    assert taken(seminar) == {"in_person": 2, "remote": 1}


def test_two_choices_for_one_cell_are_refused_and_the_rest_is_saved(browser, seminar, eero, maija):
    response = post(
        browser,
        {cell(eero, seminar): ["in_person", "remote"], cell(maija, seminar): "remote"},
    )

    assert response.status_code == 422
    assert taken(seminar) == {"in_person": 0, "remote": 1}
    assert [no.person_id for no in response.context["refusals"]] == [eero.pk]


@pytest.mark.parametrize(
    "field", ["r-1", "r-x-y", "r--", "r-1-99999999999999999999", "r-1-1-1", "R-1-1", "r-١-1"]
)
def test_fields_that_are_no_cells_are_passed_over(browser, seminar, eero, field):
    response = post(browser, {field: "in_person", cell(eero, seminar): "remote"})

    assert response.status_code == 302
    assert taken(seminar) == {"in_person": 0, "remote": 1}


def test_choice_that_does_not_exist_is_refused(browser, seminar, eero):
    response = post(browser, {cell(eero, seminar): "balcony"})

    assert response.status_code == 422
    assert taken(seminar) == {"in_person": 0, "remote": 0}


def test_another_municipalitys_person_is_refused_by_the_page_too(browser, seminar, jukka, eero):
    response = post(browser, {cell(jukka, seminar): "remote", cell(eero, seminar): "remote"})

    assert response.status_code == 422
    assert "Jukka" not in response.content.decode()
    assert taken(seminar) == {"in_person": 0, "remote": 1}


def test_page_after_the_deadline_is_refused_by_name(browser, seminar, eero):
    Event.objects.update(deadline_at=timezone.now() - timedelta(minutes=1))

    response = post(browser, {cell(eero, seminar): "remote"})

    assert response.status_code == 422
    assert "ilmoittautuminen päättyi" in response.content.decode()
    assert "Eero Esimerkki" in response.content.decode()


def test_cell_is_drawn_with_what_is_chosen_stored_and_not_to_be_had(
    browser, season8, eero, jukka, jamsa, save, jamsa_contact
):
    event = published_event(season=season8, in_person=1)
    save({(jukka, event): Mode.IN_PERSON}, municipality=jamsa, by=jamsa_contact)
    save({(eero, event): Mode.REMOTE})
    stored = f"{key(eero, event)}:remote"

    refused = post(browser, {cell(eero, event): "in_person"}, loaded=stored).text
    plain = browser.get(GRID).text

    name = f'<input type="radio" name="{cell(eero, event)}"'
    assert f'<label class="none">{name} value="none"><span aria-hidden="true">' in plain
    assert f'<label>{name} value="in_person" disabled>' in plain
    assert f'<label>{name} value="remote" checked data-stored>' in plain
    assert f'<label>{name} value="in_person" checked>' in refused
    assert f'<label>{name} value="remote" data-stored>' in refused
    assert f'aria-describedby="w-{key(eero, event)}"' in refused
    assert 'aria-describedby="w-' not in plain


def test_full_room_offers_the_remote_way(browser, season8, eero, jukka, jamsa, save, jamsa_contact):
    event = published_event(season=season8, in_person=1)
    save({(jukka, event): Mode.IN_PERSON}, municipality=jamsa, by=jamsa_contact)

    response = browser.get(GRID)

    options = response.context["grid"].groups[0][1][0].cells[0].options
    assert [(option.value, option.disabled) for option in options] == [
        ("none", False),
        ("in_person", True),
        ("remote", False),
    ]
    assert "paikan päällä täynnä" in response.content.decode()
    assert "etänä tilaa" in response.content.decode()


def test_seat_of_ours_can_pass_from_hand_to_hand_in_a_full_room(
    browser, season8, eero, maija, save
):
    event = published_event(season=season8, in_person=1)
    save({(eero, event): Mode.IN_PERSON})
    assert disabled(browser.get(GRID)) == {key(eero, event): [], key(maija, event): []}

    response = post(
        browser,
        {cell(eero, event): "none", cell(maija, event): "in_person"},
        loaded=f"{key(eero, event)}:in_person",
    )

    assert response.status_code == 302
    assert taken(event) == {"in_person": 1, "remote": 0}


def test_after_the_deadline_people_can_be_withdrawn_alone(browser, seminar, eero, maija, save):
    save({(eero, seminar): Mode.IN_PERSON})
    Event.objects.update(deadline_at=timezone.now() - timedelta(minutes=1))

    assert disabled(browser.get(GRID)) == {
        key(eero, seminar): ["remote"],
        key(maija, seminar): ["in_person", "remote"],
    }


def test_way_that_is_not_offered_is_no_choice(browser, season8, eero):
    event = published_event(season=season8)
    event.seats.filter(mode=Mode.REMOTE).delete()

    (_label, ((row),)), *_ = browser.get(GRID).context["grid"].groups

    assert [option.value for option in row.cells[0].options] == ["none", "in_person"]


def test_person_who_no_longer_takes_part_is_listed_while_registered(
    browser, seminar, eero, maija, save, kannus
):
    save({(eero, seminar): Mode.REMOTE})
    with scope(kannus.pk):
        Person.objects.update(left_on=timezone.localdate())

    assert browser.get(GRID).context["grid"].people_count == 1

    save({(eero, seminar): None})
    assert browser.get(GRID).context["grid"].people_count == 0


@pytest.mark.parametrize(
    ("people", "words"),
    [(0, "Luettelossanne ei ole vielä ketään"), (1, "Ei tapahtumia, joihin ilmoittautua")],
)
def test_empty_grid_says_what_to_do_next(browser, season8, kannus, people, words):
    for _ in range(people):
        person_of(kannus)
    if not people:
        published_event(season=season8)

    assert words in browser.get(GRID).content.decode()


def test_large_municipality_saves_a_thousand_cells_at_once(browser, season8, kannus):
    events = [published_event(season=season8, in_person=None) for _ in range(6)]
    people = [person_of(kannus) for _ in range(200)]

    response = post(
        browser,
        {cell(p, e): "none" for p in people for e in events}
        | {cell(people[0], events[0]): "remote"},
    )

    assert response.status_code == 302
    assert taken(events[0])["remote"] == 1


@pytest.mark.parametrize("choice", ["in_person", "balcony"])
def test_grid_of_absurdly_many_changes_is_refused_whole(browser, seminar, eero, choice):
    """Thousands of cells would hold the seats of every event locked for everybody else."""
    fields = {f"r-{n}-{n}": choice for n in range(10**6, 10**6 + MOST_CHANGES)}

    response = post(browser, {cell(eero, seminar): "in_person", **fields})

    assert response.status_code == 422
    assert str(MOST_CHANGES) in str(*response.context["messages"])
    assert chosen(response)[key(eero, seminar)] == "in_person"
    with scope(eero.municipality_id):
        assert not Registration.objects.exists()
