"""Pages of the workshops: the municipality's own, and the coordinator's."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from municipalities.enums import Role
from seasons.models import WorkshopTheme
from tests.clock import NOW, TODAY
from tests.municipalities.factories import user_with_role
from tests.pressing import carried
from tests.seasons.factories import ParticipationFactory, SeasonFactory, member_of
from tests.workshops.factories import WorkshopFactory
from uso.ground.tenancy.scope import scope
from workshops import network_views
from workshops.enums import WorkshopState as State
from workshops.models import Workshop
from workshops.queries import participation_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact(client_for, kannus_contact):
    return client_for(kannus_contact)


@pytest.fixture
def staff(client_for, coordinator):
    return client_for(coordinator)


def put(participation, **fields) -> Workshop:
    with scope(participation.municipality_id):
        return WorkshopFactory(
            municipality=participation.municipality, season=participation.season, **fields
        )


def stored(workshop: Workshop) -> Workshop:
    with scope(workshop.municipality_id):
        return Workshop.objects.get(pk=workshop.pk)


def own(name: str, *args) -> str:
    return reverse(f"workshops:{name}", args=["kannus", *args])


def net(name: str, *args) -> str:
    return reverse(f"workshops_network:{name}", args=[8, *args])


WISH = {"topic": "Strategian väliarviointi", "wish": "Valtuustolle", "wished_time": "syksy"}


# -- The municipality --------------------------------------------------------------------------


def test_list_shows_what_the_package_is_used_for(member, contact, coordinator):
    put(member, slot=1, state=State.HELD, held_on=TODAY)
    put(member, slot=2, state=State.HELD, held_on=TODAY)
    put(member, slot=3, state=State.PLANNED, planned_on=TODAY)
    put(
        member, slot=4, state=State.CANCELLED, cancelled_at=timezone.now(), cancelled_by=coordinator
    )

    context = contact.get(own("list")).context

    ledger = context["ledger"]
    assert (ledger.held, ledger.agreed, ledger.wished, ledger.left) == (2, 1, 0, 2)
    assert ledger.dots == ["done", "done", "agreed", "free", "free"]
    assert [row.workshop.slot for row in context["listed"]] == [1, 2, 3, 4]


def test_cancelled_workshop_stands_last(member, contact, coordinator):
    put(
        member, slot=1, state=State.CANCELLED, cancelled_at=timezone.now(), cancelled_by=coordinator
    )
    put(member, slot=3)
    put(member, slot=2, state=State.PLANNED, planned_on=TODAY)

    listed = contact.get(own("list")).context["listed"]

    assert [row.workshop.slot for row in listed] == [2, 3, 1]


def test_municipality_outside_the_seasons_is_told_so(kannus, contact):
    page = contact.get(own("list"))

    assert page.context["season"] is None
    assert contact.get(own("ask")).url == own("list")


def test_earlier_season_shows_where_no_season_is_running(kannus, contact, season8, package):
    season4 = SeasonFactory(number=4, first_year=2017, last_year=2018)
    with scope(kannus.pk):
        member_of(season4, kannus)

    assert contact.get(own("list")).context["season"] == season4


def test_contact_person_wishes_for_a_workshop(member, contact, kannus_contact, season8):
    theme = WorkshopTheme.objects.create(season=season8, position=1, name_fi="Strategia")

    response = contact.post(own("ask"), {**WISH, "theme": theme.pk})

    with scope(member.municipality_id):
        workshop = Workshop.objects.get()
    assert response.url == own("detail", workshop.pk)
    assert (workshop.slot, workshop.theme, workshop.asked_by) == (1, theme, kannus_contact)
    assert contact.get(response.url).context["workshop"] == workshop


def test_faulty_wish_keeps_what_was_typed(member, contact):
    page = contact.post(own("ask"), {**WISH, "topic": ""})

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["topic"]
    assert page.context["form"]["wish"].value() == "Valtuustolle"


@pytest.mark.parametrize("field", ["topic", "wished_time"])
def test_wish_of_several_lines_where_one_belongs_is_put_on_one(in_kannus, member, contact, field):
    page = contact.post(own("ask"), {**WISH, field: "Strategia\r\nBcc: x@example.org"})

    assert page.status_code == 302
    assert getattr(Workshop.objects.get(), field) == "Strategia Bcc: x@example.org"


def test_sixth_wish_keeps_what_was_typed_and_says_why(member, contact):
    for slot in range(1, 6):
        put(member, slot=slot)

    page = contact.post(own("ask"), WISH)

    assert page.status_code == 422
    assert page.context["form"].non_field_errors()
    assert page.context["form"]["wish"].value() == "Valtuustolle"


def test_contact_person_answers_a_question(member, contact, coordinator):
    workshop = put(
        member, question="Kenelle?", asked_back_at=timezone.now(), asked_back_by=coordinator
    )
    assert "Kenelle?" in contact.get(own("detail", workshop.pk)).text

    contact.post(own("revise", workshop.pk), {**WISH, "wish": "Koko johtoryhmälle"})

    assert (stored(workshop).wish, stored(workshop).question) == ("Koko johtoryhmälle", "")


def test_wish_that_was_agreed_meanwhile_is_not_overwritten(member, contact):
    workshop = put(member, state=State.PLANNED, planned_on=TODAY)

    page = contact.post(own("revise", workshop.pk), {**WISH, "wish": "Muuta"})

    assert page.status_code == 422
    assert stored(workshop).wish == "Valtuustolle ja johtoryhmälle"


def test_faulty_revision_shows_the_stored_workshop_and_the_typed_wish(member, contact):
    workshop = put(member)

    page = contact.post(own("revise", workshop.pk), {**WISH, "topic": ""})

    assert page.context["workshop"].topic == "Strategian väliarviointi"
    assert page.context["form"]["topic"].value() == ""


def test_contact_person_cancels_and_a_held_one_stays(member, contact):
    wish, held = put(member, slot=1), put(member, slot=2, state=State.HELD, held_on=TODAY)

    contact.post(own("cancel", wish.pk))
    page = contact.post(own("cancel", held.pk), follow=True)

    assert (stored(wish).state, stored(held).state) == (State.CANCELLED, State.HELD)
    assert "error" in [message.level_tag for message in page.context["messages"]]


def test_each_step_says_that_it_was_done(
    member, client_for, kannus_contact, coordinator, time_machine
):
    time_machine.move_to(datetime(2026, 3, 2, 9, tzinfo=UTC))
    contact, staff = client_for(kannus_contact), client_for(coordinator)
    asked = contact.post(own("ask"), WISH, follow=True)
    number = asked.context["workshop"].pk
    answers = [
        staff.post(net("ask_back", number), {"question": "Kenelle?"}, follow=True),
        contact.post(own("revise", number), WISH, follow=True),
        staff.post(net("plan", number), {"planned_on": "2026-04-01"}, follow=True),
        staff.post(net("held", number), {"held_on": "2026-03-02"}, follow=True),
        staff.post(net("undo_held", number), follow=True),
        staff.post(net("cancel", number), follow=True),
        contact.post(own("cancel", put(member).pk), follow=True),
    ]

    cancelled = "Kehittämispaja peruttiin, ja sen paikka on taas käytettävissä."
    assert [str(*page.context["messages"]) for page in (asked, *answers)] == [
        "Ehdotus tallennettiin. Koordinaattori vastaa ja sopii päivän.",
        "Kunta saa kysymyksen sähköpostilla.",
        "Ehdotus tallennettiin.",
        "Päivä tallennettiin, ja kunta saa sen sähköpostilla.",
        "Kehittämispaja kirjattiin pidetyksi.",
        "Merkintä poistettiin.",
        cancelled,
        cancelled,
    ]


def test_another_municipalitys_workshop_is_not_found(jamsa_member, member, contact):
    theirs = put(jamsa_member)

    assert contact.get(own("detail", theirs.pk)).status_code == 404
    assert contact.post(own("revise", theirs.pk), WISH).status_code == 404
    assert contact.post(own("cancel", theirs.pk)).status_code == 404
    assert stored(theirs).state == State.WISHED


STATES = {
    State.WISHED: {},
    State.PLANNED: {"planned_on": TODAY},
    State.HELD: {"held_on": TODAY},
    State.CANCELLED: {"cancelled_at": NOW},
}


def in_state(member, state, by) -> Workshop:
    cancelled = {"cancelled_by": by} if state == State.CANCELLED else {}
    return put(member, state=state, **STATES[state], **cancelled)


def forms_of(page, address, workshop, names) -> list[str]:
    """Name the steps that have a form on the page."""
    return [name for name in names if f'action="{address(name, workshop.pk)}"' in page.text]


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        (State.WISHED, ["revise", "cancel"]),
        (State.PLANNED, ["cancel"]),
        (State.HELD, []),
        (State.CANCELLED, []),
    ],
)
def test_contact_person_is_offered_what_the_state_allows(
    member, contact, client_for, kannus_leader, coordinator, state, steps
):
    workshop, names = in_state(member, state, coordinator), ("revise", "cancel")

    pages = [who.get(own("detail", workshop.pk)) for who in (contact, client_for(kannus_leader))]

    assert [forms_of(page, own, workshop, names) for page in pages] == [steps, []]


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (State.WISHED, "wait"),
        (State.PLANNED, "strong"),
        (State.HELD, "good"),
        (State.CANCELLED, "bad"),
    ],
)
def test_state_has_its_look(member, contact, coordinator, state, kind):
    workshop = in_state(member, state, coordinator)

    assert contact.get(own("detail", workshop.pk)).context["look"] == kind


def test_full_package_offers_no_further_wish(member, contact):
    for slot in range(1, 5):
        put(member, slot=slot)
    offered = own("ask") in contact.get(own("list")).text
    put(member, slot=5)

    assert (offered, own("ask") in contact.get(own("list")).text) == (True, False)


@pytest.mark.parametrize(
    ("year", "number"), [(2024, 9), (2025, 8), (2026, 8), (2027, 9), (2028, 9), (2029, 9)]
)
def test_running_season_comes_before_a_later_one(in_member, member, season8, year, number):
    member_of(SeasonFactory(number=9, first_year=2027, last_year=2028), in_member)
    ParticipationFactory(season=SeasonFactory(number=10), municipality=in_member)  # only invited

    assert participation_of(in_member, on=date(year, 7, 1)).season.number == number


def test_wish_offers_the_subjects_of_its_season_in_order(member, contact, season8):
    second, first = (
        WorkshopTheme.objects.create(season=season8, position=n, name_fi=name)
        for n, name in ((2, "A"), (1, "B"))
    )
    WorkshopTheme.objects.create(season=SeasonFactory(number=9), position=1, name_fi="C")

    form = contact.get(own("ask")).context["form"]

    assert list(form.fields["theme"].queryset) == [first, second]


def test_season_without_subjects_does_not_ask_for_one(member, contact):
    form = contact.get(own("ask")).context["form"]

    assert list(form.fields) == ["topic", "wish", "wished_time"]


# -- The network -------------------------------------------------------------------------------


def test_map_shows_every_member_and_the_wishes_that_wait(member, jamsa_member, staff, coordinator):
    put(member, slot=1, state=State.HELD, held_on=TODAY)
    waiting = put(jamsa_member, slot=1)
    put(
        jamsa_member,
        slot=2,
        question="?",
        asked_back_at=timezone.now(),
        asked_back_by=coordinator,
    )

    context = staff.get(net("season")).context

    assert [(row.name, row.ledger.dots, row.ledger.waits) for row in context["table"].rows] == [
        ("Jämsä", ["asked", "asked", "free", "free", "free"], 1),
        ("Kannus", ["done", "free", "free", "free", "free"], 0),
    ]
    assert [wish.workshop for wish in context["waiting"]] == [waiting]
    totals = context["totals"]
    assert (totals.held, totals.agreed, totals.wished, totals.left) == (1, 0, 2, 7)


def test_map_shows_the_oldest_wishes_and_all_when_asked(member, jamsa_member, staff, monkeypatch):
    monkeypatch.setattr(network_views, "WISHES_SHOWN", 1)
    oldest = put(member, slot=1, asked_at=timezone.now() - timedelta(days=2))
    latest = put(jamsa_member, slot=1)

    page, every = staff.get(net("season")), staff.get(f"{net('season')}?wishes=all")

    assert [wish.workshop for wish in page.context["wishes"]] == [oldest]
    assert "?wishes=all" in page.content.decode()
    assert [wish.workshop for wish in every.context["wishes"]] == [oldest, latest]


def test_map_is_taken_out_as_csv(member, staff):
    put(member, slot=1, state=State.HELD, held_on=TODAY)

    text = staff.get(net("season") + "?export=csv").content.decode("utf-8-sig")

    heads, row = csv.reader(io.StringIO(text), delimiter=";")
    assert len(heads) == 7
    assert (row[0], row[2:]) == ("Kannus", ["1", "0", "0", "0", "4"])


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        (State.WISHED, ["plan", "ask_back", "held", "cancel"]),
        (State.PLANNED, ["plan", "held", "cancel"]),
        (State.HELD, ["undo_held"]),
        (State.CANCELLED, []),
    ],
)
def test_coordinator_is_offered_what_the_state_allows(
    member, staff, client_for, expert, coordinator, state, steps
):
    workshop = in_state(member, state, coordinator)
    names = ("plan", "ask_back", "held", "undo_held", "cancel")

    pages = [who.get(net("detail", workshop.pk)) for who in (staff, client_for(expert))]

    assert [forms_of(page, net, workshop, names) for page in pages] == [steps, []]


def test_wish_that_waits_for_its_municipality_is_not_asked_back_again(member, staff, coordinator):
    asked = {"question": "?", "asked_back_at": timezone.now(), "asked_back_by": coordinator}
    workshop = put(member, **asked)

    page = staff.get(net("detail", workshop.pk))

    assert forms_of(page, net, workshop, ["plan", "ask_back"]) == ["plan"]


@pytest.mark.parametrize(
    ("days", "held"), [(None, TODAY), (-3, TODAY - timedelta(days=3)), (3, TODAY)]
)
def test_day_it_was_held_is_the_agreed_one_or_today(member, staff, days, held):
    planned_on = None if days is None else TODAY + timedelta(days=days)
    state = State.WISHED if days is None else State.PLANNED
    workshop = put(member, state=state, planned_on=planned_on)

    page = staff.get(net("detail", workshop.pk))

    today, forms = TODAY.isoformat(), page.context
    assert (page.status_code, forms["held_form"]["held_on"].value()) == (200, held)
    assert forms["plan_form"]["planned_on"].value() == planned_on
    value = f'value="{held.isoformat()}" '
    assert f'<input type="date" name="held_on" {value}min="2025-01-01" max="{today}"' in page.text
    value = f'value="{planned_on.isoformat()}" ' if planned_on else ""
    assert (
        f'<input type="date" name="planned_on" {value}min="{today}" max="2026-12-31"' in page.text
    )


def test_what_waits_for_us_is_drawn_apart(member, jamsa_member, staff):
    put(member)

    jamsa, kannus = staff.get(net("season")).context["table"].body

    assert ('class="amber">1<' in kannus, "amber" in jamsa) == (True, False)


def test_coordinator_agrees_on_the_day(member, staff):
    workshop = put(member)
    on = TODAY + timedelta(days=7)

    response = staff.post(net("plan", workshop.pk), {"planned_on": on.isoformat()})

    assert response.url == net("detail", workshop.pk)
    assert (stored(workshop).state, stored(workshop).planned_on) == (State.PLANNED, on)


def test_free_day_is_asked_about_and_taken_when_it_is_right(member, staff):
    workshop = put(member)
    typed = {"planned_on": "2026-12-24"}

    asked = staff.post(net("plan", workshop.pk), typed)
    other = staff.post(net("plan", workshop.pk), typed | {"planned_on_is_right": "2026-12-06"})
    assert [page.status_code for page in (asked, other)] == [422, 422]
    assert asked.context["plan_form"].errors["planned_on"] == [
        "to 24.12.2026: Jouluaatto. Valitse toinen päivä tai merkitse, että tämä on oikein."
    ]
    assert 'name="planned_on_is_right" value="2026-12-24"' in asked.text
    assert stored(workshop).planned_on is None

    staff.post(net("plan", workshop.pk), typed | {"planned_on_is_right": "2026-12-24"})
    assert stored(workshop).planned_on == date(2026, 12, 24)


def test_workshop_held_before_its_wish_is_asked_about(member, staff):
    workshop = put(member, asked_at=NOW)

    page = staff.post(net("held", workshop.pk), {"held_on": "2026-11-20"})

    assert page.context["held_form"].errors["held_on"] == [
        "pe 20.11.2026: se on ennen ehdotusta ti 24.11.2026."
        " Valitse toinen päivä tai merkitse, että tämä on oikein."
    ]


def test_wish_of_an_ended_season_can_be_closed_but_not_planned(
    member, client_for, coordinator, time_machine
):
    workshop = put(member, asked_at=NOW)
    time_machine.move_to(datetime(2027, 1, 4, 9, tzinfo=UTC))
    staff = client_for(coordinator)

    page = staff.get(net("detail", workshop.pk))

    assert "päättyi to 31.12.2026" in page.text
    assert forms_of(page, net, workshop, ["plan", "ask_back", "held", "cancel"]) == [
        "held",
        "cancel",
    ]
    staff.post(net("held", workshop.pk), {"held_on": "2026-12-15"})
    assert stored(workshop).state == State.HELD


def test_day_that_has_passed_is_refused_at_its_field(member, staff):
    workshop = put(member)
    yesterday = (TODAY - timedelta(days=1)).isoformat()

    page = staff.post(net("plan", workshop.pk), {"planned_on": yesterday})

    assert page.status_code == 422
    assert list(page.context["plan_form"].errors) == ["planned_on"]
    assert page.context["plan_form"]["planned_on"].value() == yesterday


def test_coordinator_asks_back(member, staff):
    workshop = put(member)

    staff.post(net("ask_back", workshop.pk), {"question": "Kenelle?"})

    assert stored(workshop).question == "Kenelle?"
    assert "Kenelle?" in staff.get(net("detail", workshop.pk)).text


def test_coordinator_notes_a_workshop_as_held_and_takes_it_back(member, staff):
    workshop = put(member, state=State.PLANNED, planned_on=TODAY)

    staff.post(net("held", workshop.pk), {"held_on": TODAY.isoformat()})
    assert stored(workshop).state == State.HELD

    staff.post(net("undo_held", workshop.pk))
    assert stored(workshop).state == State.PLANNED


def test_coordinator_cancels_and_learns_when_it_is_too_late(member, staff):
    workshop = put(member)

    staff.post(net("cancel", workshop.pk))
    page = staff.post(net("cancel", workshop.pk), follow=True)

    assert stored(workshop).state == State.CANCELLED
    assert [message.level_tag for message in page.context["messages"]][-1] == "error"


def test_workshop_of_another_season_is_not_found(member, staff):
    workshop = put(member)
    SeasonFactory(number=7, first_year=2023, last_year=2024)

    assert staff.get(reverse("workshops_network:detail", args=[7, workshop.pk])).status_code == 404
    assert staff.get(net("detail", 10**9)).status_code == 404


def test_expert_sees_the_map_but_changes_nothing(member, client_for, expert):
    workshop, reader = put(member), client_for(expert)

    assert reader.get(net("detail", workshop.pk)).context["may_plan"] is False
    assert reader.post(net("cancel", workshop.pk)).status_code == 403
    assert stored(workshop).state == State.WISHED


# -- A form that came too late


@pytest.fixture
def second(client_for):
    return client_for(user_with_role(Role.COORDINATOR, first_name="Maija", last_name="Toinen"))


def test_second_coordinators_answer_says_what_the_first_has_done(member, staff, second):
    workshop = put(member)
    late = staff.get(net("detail", workshop.pk))
    second.post(net("plan", workshop.pk), {"planned_on": "2026-12-01"})

    refused = staff.post(
        net("plan", workshop.pk),
        {**carried(late, net("plan", workshop.pk)), "planned_on": "2026-12-08"},
    )

    [said_why] = refused.context["plan_form"].non_field_errors()
    assert said_why.startswith("Tämä on muuttunut sillä välin (Maija Toinen, ")
    assert "Tila: Ehdotettu → Sovittu" in said_why
    assert "– → 1.12.2026" in said_why
    assert stored(workshop).planned_on == date(2026, 12, 1)
    assert refused.context["plan_form"]["planned_on"].value() == "2026-12-08"


@pytest.mark.parametrize(
    ("step", "typed", "kept"),
    [
        ("ask_back", {"question": "Kenelle se on?"}, "Kenelle se on?"),
        ("plan", {"planned_on": "2026-12-08"}, "2026-12-08"),
        ("held", {"held_on": "2026-11-23"}, "2026-11-23"),
    ],
)
def test_answer_to_a_workshop_held_meanwhile_is_still_shown(
    member, staff, second, step, typed, kept
):
    workshop = put(member)
    late = staff.get(net("detail", workshop.pk))
    second.post(net("held", workshop.pk), {"held_on": "2026-11-24"})

    page = staff.post(net(step, workshop.pk), {**carried(late, net(step, workshop.pk)), **typed})

    assert page.status_code == 422
    shown = page.text.split("Kirjoittamaasi ei tallennettu")[-1]
    assert kept in shown
    assert "Maija Toinen" in page.text
    assert stored(workshop).held_on == date(2026, 11, 24)


def test_wish_mended_after_its_day_was_agreed_is_still_shown(member, contact, second):
    workshop = put(member)
    late = contact.get(own("detail", workshop.pk))
    second.post(net("plan", workshop.pk), {"planned_on": "2026-12-01"})

    page = contact.post(
        own("revise", workshop.pk),
        {**carried(late, own("revise", workshop.pk)), **WISH, "wish": "Koko johtoryhmälle"},
    )

    assert page.status_code == 422
    assert "Koko johtoryhmälle" in page.text.split("Kirjoittamaasi ei tallennettu")[-1]
    assert "Tila: Ehdotettu → Sovittu" in page.text


def test_workshop_planned_meanwhile_is_not_cancelled_unseen(member, contact, second):
    workshop = put(member)
    late = contact.get(own("detail", workshop.pk))
    second.post(net("plan", workshop.pk), {"planned_on": "2026-12-01"})

    contact.post(own("cancel", workshop.pk), carried(late, own("cancel", workshop.pk)))

    assert stored(workshop).state == State.PLANNED
