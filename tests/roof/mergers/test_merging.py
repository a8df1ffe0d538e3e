"""A merger: what moves, what stays, what is refused; all of it or nothing, and once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pghistory.core
import pytest
from django.utils import timezone

from analysis.models import ExpertAssignment
from billing.models import Invoice
from events.models import Registration, Seats
from municipalities.actions import accept_invitation
from municipalities.enums import Role
from municipalities.handing_over import hand_over_role
from municipalities.models import (
    ContactAddress,
    Invitation,
    Membership,
    Municipality,
    Person,
    Population,
    in_force,
)
from seasons.actions.joining import invite_municipality
from seasons.enums import ExitReason, ParticipationState
from seasons.models import Participation
from seasons.queries.member_list import addable_municipalities
from tests.events.factories import EventFactory, RegistrationFactory, SeatsFactory
from tests.municipalities.factories import (
    ContactAddressFactory,
    MembershipFactory,
    MunicipalityFactory,
    PersonFactory,
    PopulationFactory,
    user_with_role,
)
from tests.roof.mergers.merging import AFTER, counts
from tests.seasons.factories import (
    EntitlementFactory,
    ParticipationFactory,
    SeasonFactory,
    member_of,
)
from tests.workshops.factories import WorkshopFactory
from uso.ground.actions import MunicipalityEnded
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import scope
from uso.roof.brochure.interest_form import _places
from uso.roof.mergers.moving import Mover
from uso.roof.mergers.plans import MergerPlan, MergerRefused, NewMunicipality
from uso.roof.mergers.queries.merger_preview import preview
from uso.roof.mergers.relations import RELATIONS, Fate
from workshops.enums import WorkshopState
from workshops.models import Workshop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

NEW = NewMunicipality("988", "Uusi Kannus", "Nya Kannus", "Uuden Kannuksen")


@pytest.fixture
def season9(db):
    return SeasonFactory(number=9, first_year=2027, last_year=2028)


def of(model, place):
    with across_municipalities(reason="the test looks"):
        return list(model.objects.filter(municipality=place))


@pytest.mark.usefixtures("full")
def test_no_row_is_lost_and_what_stays_stays_under_the_former_name(merged, kannus, jamsa):
    before, both = counts(kannus), counts(kannus, jamsa)

    merged()

    after, now_both = counts(kannus), counts(kannus, jamsa)
    histories = {key for key in RELATIONS if key[0].endswith("event")}
    readable = {key for key, rule in RELATIONS.items() if rule.fate == Fate.READABLE} - histories
    assert {key: after[key] for key in readable} == {key: before[key] for key in readable}
    assert all(now_both[key] >= both[key] for key in RELATIONS)
    for table in ("events_registration", "workshops_workshop", "municipalities_invitation"):
        assert now_both[table, "municipality_id"] == both[table, "municipality_id"]
    assert before["billing_invoice", "municipality_id"] > 0
    assert before["analysis_analysis", "municipality_id"] > 0


def test_merger_is_recorded_with_who_did_it(merged, kannus, jamsa, coordinator):
    merged()

    kannus.refresh_from_db()
    jamsa.refresh_from_db()
    [history] = pghistory.core.event_models(tracks_model=Municipality)
    last = history.objects.filter(pgh_obj=kannus, pgh_label="update").get()
    assert (kannus.merged_into, kannus.merged_on) == (jamsa, date(2027, 1, 1))
    assert jamsa.former_names == "Kannus"
    assert last.pgh_context["user"] == coordinator.pk


# -- What is refused -------------------------------------------------------------------------


def refusal(plan: MergerPlan) -> tuple[str, str]:
    with pytest.raises(MergerRefused) as refused:
        plan.require_possible()
    return refused.value.field, refused.value.message


def test_merger_of_a_municipality_with_itself_is_refused(kannus):
    assert refusal(MergerPlan([kannus], kannus, 2027)) == (
        "into",
        "Kannus cannot be merged into itself.",
    )


def test_merger_before_the_division_that_the_service_began_with_is_refused(kannus, jamsa):
    field, said = refusal(MergerPlan([kannus], jamsa, 2025))

    assert field == "year"
    assert "mergers before 1 January 2027 are in it already" in said


def test_merger_before_its_day_is_refused_and_may_be_looked_at(merged, kannus, jamsa):
    plan = MergerPlan([kannus], jamsa, 2028)

    with pytest.raises(MergerRefused, match="can be done from that day on"):
        merged(plan)

    assert preview(plan).seasons == []
    kannus.refresh_from_db()
    assert kannus.merged_on is None


def test_merger_is_done_once(merged, kannus, jamsa, third):
    merged()

    with pytest.raises(MergerRefused, match="Kannus was merged into Jämsä"):
        merged()
    with pytest.raises(MergerRefused, match="Choose that one"):
        merged(MergerPlan([third], kannus, 2027))


def test_wholly_new_municipality_is_made_of_two_or_more(kannus):
    field, said = refusal(MergerPlan([kannus], NEW, 2027))

    assert (field, said.split(":")[0]) == (
        "formers",
        "A wholly new municipality is made of two or more",
    )


def test_code_or_name_that_is_there_already_is_refused_and_nothing_is_done(
    merged, kannus, jamsa, third
):
    with pytest.raises(MergerRefused, match="with this code or name already"):
        merged(MergerPlan([kannus, jamsa], replace(NEW, code=third.code), 2027))

    assert not Municipality.objects.filter(merged_on__isnull=False).exists()


@pytest.mark.usefixtures("full")
def test_draft_invoice_of_a_later_year_is_removed_first(merged, kannus, jamsa):
    with across_municipalities(reason="the test makes a later draft"):
        draft = Invoice.objects.filter(municipality=kannus, state="draft").first()
        Invoice.objects.filter(pk=draft.pk).update(year=2027, supply_on=date(2027, 6, 1))

    with pytest.raises(MergerRefused, match="Kannus has a draft invoice of 2027"):
        merged()

    assert "draft invoice of 2027" in preview(MergerPlan([kannus], jamsa, 2027)).obstacle


# -- Into a wholly new one, three into one, one after the other ------------------------------


def test_three_become_a_wholly_new_one_with_their_populations_summed(merged, kannus, jamsa, third):
    for one, count in ((kannus, 5_000), (jamsa, 19_000), (third, 48_000)):
        PopulationFactory(municipality=one, year=2025, count=count)
    PopulationFactory(municipality=kannus, year=2024, count=5_100)

    new = merged(MergerPlan([kannus, jamsa, third], NEW, 2027)).into

    assert (new.code, new.slug, new.founded_on) == ("988", "uusi-kannus", date(2027, 1, 1))
    assert list(Population.objects.filter(municipality=new).values_list("year", "count")) == [
        (2025, 72_000)
    ]
    assert set(new.former_municipalities.all()) == {kannus, jamsa, third}
    assert new.former_names == "Kannus Jämsä Kokkola"


# -- Seasons ---------------------------------------------------------------------------------


def test_successor_goes_on_in_the_place_of_the_former_one_at_its_confirmed_fee(
    merged, kannus, jamsa, season8, season9
):
    with scope(kannus.pk):
        past = member_of(season8, kannus)
        member = member_of(season9, kannus, annual_fee_eur=9_000)

    merged()

    [own] = of(Participation, jamsa)
    assert (own.season, own.state, own.annual_fee_eur, own.population, own.population_year) == (
        season9, ParticipationState.CONFIRMED, 9_000, member.population, member.population_year,
    )  # fmt: skip
    former = {row.season_id: row for row in of(Participation, kannus)}
    assert former[past.season_id].state == ParticipationState.CONFIRMED
    ended = former[season9.pk]
    assert (ended.state, ended.exit_reason) == (ParticipationState.WITHDRAWN, ExitReason.MERGER)
    assert ended.annual_fee_eur == 9_000


def test_successor_in_the_middle_of_a_season_pays_from_the_year_of_the_merger_on(
    merged, kannus, jamsa, season9
):
    with scope(kannus.pk):
        member_of(season9, kannus)

    merged(MergerPlan([kannus], jamsa, 2028), at=datetime(2028, 1, 3, 8, tzinfo=UTC))

    [own] = of(Participation, jamsa)
    assert (own.joining_year, own.first_year_fee_eur) == (2028, own.annual_fee_eur)
    assert [own.fee_of(year) for year in (2028,)] == [own.annual_fee_eur]


def test_where_both_take_part_the_successors_own_place_goes_on(merged, kannus, jamsa, season9):
    with scope(kannus.pk):
        member_of(season9, kannus, annual_fee_eur=9_000)
    with scope(jamsa.pk):
        own = member_of(season9, jamsa, annual_fee_eur=12_000, population=19_000)
    [shown] = preview(MergerPlan([kannus], jamsa, 2027)).seasons

    merged()

    assert not shown.goes_on
    assert [(row.pk, row.annual_fee_eur, row.state) for row in of(Participation, jamsa)] == [
        (own.pk, 12_000, ParticipationState.CONFIRMED)
    ]


def test_undecided_place_goes_on_from_where_it_had_come(merged, kannus, jamsa, season9):
    with scope(kannus.pk):
        ParticipationFactory(season=season9, municipality=kannus, state=ParticipationState.DECIDING)
    [shown] = preview(MergerPlan([kannus], jamsa, 2027)).seasons

    merged()

    assert "nothing is decided yet" in shown.sentence
    assert [row.state for row in of(Participation, jamsa)] == [ParticipationState.DECIDING]
    assert [(row.state, row.exit_reason) for row in of(Participation, kannus)] == [
        (ParticipationState.DECLINED, ExitReason.MERGER)
    ]


def test_decided_place_goes_before_an_invitation_of_the_successor(merged, kannus, jamsa, season9):
    with scope(kannus.pk):
        member_of(season9, kannus)
    with scope(jamsa.pk):
        ParticipationFactory(season=season9, municipality=jamsa)

    merged()

    assert [row.state for row in of(Participation, jamsa)] == [ParticipationState.CONFIRMED]


@pytest.mark.usefixtures("full")
def test_open_workshops_move_to_free_places_and_held_ones_stay(merged, kannus, jamsa, season9):
    with across_municipalities(reason="the test makes workshops"):
        Workshop.objects.all().delete()
        member_of(season9, kannus)

        EntitlementFactory(season=season9, quantity=1)
        first = WorkshopFactory(municipality=kannus, season=season9, slot=1)

    merged()

    with across_municipalities(reason="the test looks"):
        first.refresh_from_db()
        assert (first.municipality, first.slot, first.state) == (jamsa, 1, WorkshopState.WISHED)


# -- People and registrations ----------------------------------------------------------------


@pytest.fixture
def ahead(season9):
    event = EventFactory(
        season=season9,
        starts_at=AFTER + timedelta(days=30),
        ends_at=AFTER + timedelta(days=30, hours=3),
        deadline_at=AFTER + timedelta(days=20),
    )
    SeatsFactory(event=event, capacity=2)
    return event


def test_people_go_on_with_their_registrations_ahead_and_their_seats(merged, kannus, jamsa, ahead):
    with scope(kannus.pk):
        person = PersonFactory(municipality=kannus)
        gone = PersonFactory(municipality=kannus, left_on=date(2026, 1, 1))
        row = RegistrationFactory(municipality=kannus, person=person, event=ahead)
    taken = Seats.objects.get().taken

    merged()

    with across_municipalities(reason="the test looks"):
        row.refresh_from_db()
        new = Person.objects.get(municipality=jamsa)
        person.refresh_from_db()
        gone.refresh_from_db()
    assert (new.name, new.email, new.left_on) == (person.name, person.email, None)
    assert (row.municipality, row.person_id) == (jamsa, new.pk)
    assert (person.left_on, gone.left_on) == (date(2027, 1, 1), date(2026, 1, 1))
    assert Seats.objects.get().taken == taken == 1


def test_registrations_to_past_events_stay_with_the_former_municipality(
    merged, kannus, jamsa, ahead
):
    ahead.starts_at, ahead.deadline_at = AFTER - timedelta(days=9), AFTER - timedelta(days=10)
    ahead.ends_at = AFTER - timedelta(days=8)
    ahead.save()
    with scope(kannus.pk):
        RegistrationFactory(
            municipality=kannus, person=PersonFactory(municipality=kannus), event=ahead
        )

    merged()

    assert len(of(Registration, kannus)) == 1
    assert of(Registration, jamsa) == []


def test_somebody_on_both_lists_is_one_person_with_one_seat(merged, kannus, jamsa, ahead):
    people = []
    for place in (kannus, jamsa):
        with scope(place.pk):
            person = PersonFactory(
                municipality=place, first_name="Aino", last_name="Aalto", email="aino@example.fi"
            )
            people.append(person)
            RegistrationFactory(municipality=place, person=person, event=ahead)

    merged()

    assert [one.pk for one in of(Person, jamsa)] == [people[1].pk]
    assert [one.state for one in of(Registration, jamsa)] == ["confirmed"]
    assert [one.state for one in of(Registration, kannus)] == ["cancelled"]
    assert Seats.objects.get().taken == 1


def test_roles_go_on_and_who_has_one_in_both_has_it_once(merged, kannus, jamsa, kannus_contact):
    both = user_with_role(Role.LEADER, kannus)
    MembershipFactory(user=both, role=Role.LEADER, municipality=jamsa)

    merged()

    held = Membership.objects.filter(municipality=jamsa, ends_on=None)
    assert sorted(held.values_list("user", "role")) == sorted(
        [(kannus_contact.pk, Role.CONTACT), (both.pk, Role.LEADER)]
    )
    day = timezone.localdate(AFTER)
    assert not Membership.objects.active(on=day).filter(municipality=kannus).exists()


def test_shared_mailboxes_go_on_and_one_of_both_is_there_once(merged, kannus, jamsa):
    for place, email in (
        (kannus, "kirjaamo@kannus.example"),
        (kannus, "kirjaamo@yhteinen.example"),
        (jamsa, "Kirjaamo@yhteinen.example"),
    ):
        with scope(place.pk):
            ContactAddressFactory(municipality=place, email=email)

    merged()

    assert sorted(one.email for one in of(ContactAddress, jamsa)) == [
        "Kirjaamo@yhteinen.example",
        "kirjaamo@kannus.example",
    ]
    assert [one.email for one in of(ContactAddress, kannus)] == ["kirjaamo@yhteinen.example"]


@pytest.mark.usefixtures("full")
def test_invitations_lead_to_the_successor_but_one_that_it_has_sent_itself(merged, kannus, jamsa):
    waiting = Invitation.objects.unanswered().filter(municipality=kannus)
    keys = list(waiting.values_list("pk", flat=True))
    assert keys

    merged()

    assert not Invitation.objects.unanswered().filter(municipality=kannus).exists()
    assert set(Invitation.objects.filter(pk__in=keys).values_list("municipality", flat=True)) == {
        jamsa.pk
    }


# -- Afterwards ------------------------------------------------------------------------------


def test_nothing_is_done_any_more_for_a_municipality_that_has_ended(
    merged, kannus, coordinator, season9
):

    merged()

    with pytest.raises(MunicipalityEnded, match="Kannus was merged into Jämsä"):
        invite_municipality(
            season=season9, municipality=kannus, by=coordinator, on=date(2027, 1, 5)
        )


def test_later_lists_do_not_offer_a_municipality_that_has_ended(
    merged, kannus, jamsa, season9, time_machine
):

    merged()
    time_machine.move_to(AFTER)

    assert str(kannus.pk) not in dict(_places())
    assert str(jamsa.pk) in dict(_places())
    assert kannus not in addable_municipalities(season9)


@pytest.mark.usefixtures("full")
def test_failing_merger_leaves_nothing_half_done(merged, kannus, jamsa, monkeypatch):

    before = counts(kannus), counts(jamsa)

    def fail(self):
        raise RuntimeError

    monkeypatch.setattr(Mover, "_invitations", fail)
    with pytest.raises(RuntimeError):
        merged()

    assert (counts(kannus), counts(jamsa)) == before


@pytest.mark.usefixtures("db")
def test_municipality_that_nobody_merged_is_as_before():
    assert MunicipalityFactory().end_in_words == ""


def test_offer_to_take_a_role_over_goes_on_in_the_successor(
    kannus, kannus_contact, coordinator, jamsa, merged
):
    role = Membership.objects.get(user=kannus_contact, municipality=kannus)
    hand_over_role(
        membership=role,
        email="uusi@kannus.example",
        name="Uusi",
        by=coordinator,
        at=AFTER - timedelta(days=5),
    )

    merged()
    accept_invitation(
        invitation=Invitation.objects.get(email="uusi@kannus.example"),
        first_name="Uusi",
        last_name="Hoitaja",
        by=None,
        at=AFTER,
    )

    held = in_force(on=timezone.localdate(AFTER))
    contacts = Membership.objects.filter(held, municipality=jamsa, role=Role.CONTACT)
    emails = set(contacts.values_list("user__email", flat=True))
    assert "uusi@kannus.example" in emails
    assert kannus_contact.email not in emails


def test_role_passes_on_though_a_municipality_of_its_holder_has_ended(
    kannus, season8, coordinator, merged
):
    former = MembershipFactory(role=Role.EXPERT)
    successor = MembershipFactory(role=Role.EXPERT).user
    with scope(kannus.pk):
        ExpertAssignment.objects.create(
            municipality=kannus, season=season8, expert=former.user, assigned_by=coordinator
        )
    merged()

    hand_over_role(membership=former, email=successor.email, name="", by=coordinator, at=AFTER)

    former.refresh_from_db()
    assert former.ends_on == timezone.localdate(AFTER)
