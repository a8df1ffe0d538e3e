"""Pages of the workshops: the municipality's own, and the coordinator's."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from municipalities.crossing import across_municipalities
from municipalities.tenancy import scope
from seasons.models import WorkshopTheme
from tests.factories import MunicipalityFactory, WorkshopFactory, member_of
from workshops import network_views
from workshops.enums import WorkshopState as State
from workshops.models import Workshop

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


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
    from tests.factories import SeasonFactory

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
def test_wish_of_several_lines_where_one_belongs_is_refused(member, contact, field):
    page = contact.post(own("ask"), {**WISH, field: "Strategia\r\nBcc: x@example.org"})

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]


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


def test_another_municipalitys_workshop_is_not_found(jamsa_member, member, contact):
    theirs = put(jamsa_member)

    assert contact.get(own("detail", theirs.pk)).status_code == 404
    assert contact.post(own("revise", theirs.pk), WISH).status_code == 404
    assert contact.post(own("cancel", theirs.pk)).status_code == 404
    assert stored(theirs).state == State.WISHED


def test_list_asks_the_same_queries_whatever_the_number(member, contact, queries_of):
    put(member, slot=1)
    few = queries_of(contact, own("list"))

    for slot in range(2, 6):
        put(member, slot=slot)

    assert queries_of(contact, own("list")) == few <= 12


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


def test_map_asks_the_same_queries_whatever_the_number(member, season8, staff, queries_of):
    put(member)
    few = queries_of(staff, net("season"))

    with across_municipalities(reason="the test fills the season"):
        for code in range(800, 892):
            municipality = MunicipalityFactory(code=str(code))
            member_of(season8, municipality)
            WorkshopFactory(municipality=municipality, season=season8)

    assert queries_of(staff, net("season")) == few <= 13  # two of them savepoints of the test
    assert len(staff.get(net("season")).context["table"].rows) == 93


def test_coordinator_agrees_on_the_day(member, staff):
    workshop = put(member)
    on = TODAY + timedelta(days=7)

    response = staff.post(net("plan", workshop.pk), {"planned_on": on.isoformat()})

    assert response.url == net("detail", workshop.pk)
    assert (stored(workshop).state, stored(workshop).planned_on) == (State.PLANNED, on)


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
    from tests.factories import SeasonFactory

    workshop = put(member)
    SeasonFactory(number=7, first_year=2023, last_year=2024)

    assert staff.get(reverse("workshops_network:detail", args=[7, workshop.pk])).status_code == 404
    assert staff.get(net("detail", 10**9)).status_code == 404


def test_expert_sees_the_map_but_changes_nothing(member, client_for, expert):
    workshop, reader = put(member), client_for(expert)

    assert reader.get(net("detail", workshop.pk)).context["may_plan"] is False
    assert reader.post(net("cancel", workshop.pk)).status_code == 403
    assert stored(workshop).state == State.WISHED
