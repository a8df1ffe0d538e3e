"""A role given to somebody else: who has it then, what moves along, what stays."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from analysis.models import ExpertAssignment
from municipalities.actions import (
    accept_invitation,
    end_membership,
    invite,
    set_end_of_role,
    warning_of_end,
    withdraw_invitation,
)
from municipalities.enums import Role
from municipalities.handing_over import hand_over_role
from municipalities.models import Invitation, Membership, User
from municipalities.reminders import remind_of_ending_roles
from seasons.models import Participation
from tests.clock import TODAY
from tests.municipalities.factories import MembershipFactory, UserFactory
from tests.pressing import carried
from tests.racing import at_once
from tests.seasons.factories import EntitlementFactory, ParticipationFactory, member_of
from tests.workshops.factories import WorkshopFactory
from uso.ground.lib.errors import RuleViolation
from uso.ground.mail.models import Message
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import scope
from uso.roof.home.handing_over import RELATIONS
from workshops.actions import plan_workshop
from workshops.models import Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact(kannus, kannus_contact) -> Membership:
    return Membership.objects.get(user=kannus_contact, municipality=kannus, role=Role.CONTACT)


@pytest.fixture
def leader(kannus) -> User:
    return MembershipFactory(municipality=kannus, role=Role.LEADER).user


def hand_over(membership, *, email, by, at=None):
    return hand_over_role(
        membership=membership, email=email, name="Uusi", by=by, at=at or timezone.now()
    )


def roles_of(user) -> set[str]:
    return {row.role for row in Membership.objects.of(user, on=TODAY)}


def messages_to(user) -> list[str]:
    with across_municipalities(reason="the test reads who was written to"):
        written = Message.objects.filter(to_email=user.email)
        return sorted(written.values_list("template", flat=True))


# -- Somebody with an account ----------------------------------------------------------------------


def test_role_passes_at_once_to_who_has_an_account(contact, leader, coordinator):
    done = hand_over(contact, email=leader.email.upper(), by=coordinator)

    contact.refresh_from_db()
    assert done.successor == leader
    assert contact.ends_on == TODAY
    assert roles_of(contact.user) == set()
    assert roles_of(leader) == {Role.CONTACT, Role.LEADER}
    assert (messages_to(contact.user), messages_to(leader)) == (["role_ended"], ["role_given"])


def test_who_hands_over_the_own_role_gets_no_message_of_it(contact, leader):
    hand_over(contact, email=leader.email, by=contact.user)

    assert messages_to(contact.user) == []


def test_role_that_the_successor_has_already_ends_with_the_other(kannus, contact, coordinator):
    colleague = MembershipFactory(municipality=kannus, role=Role.CONTACT)

    hand_over(contact, email=colleague.user.email, by=coordinator)

    contact.refresh_from_db()
    assert contact.ends_on == TODAY
    assert roles_of(colleague.user) == {Role.CONTACT}


@pytest.mark.parametrize("closed", [True, False])
def test_role_passes_to_no_closed_account_nor_to_its_holder(contact, coordinator, closed):
    email = UserFactory(is_active=False).email if closed else contact.user.email

    with pytest.raises(RuleViolation) as refusal:
        hand_over(contact, email=email, by=coordinator)

    contact.refresh_from_db()
    assert refusal.value.field == "email"
    assert contact.ends_on is None


def test_ended_role_is_not_handed_over(contact, leader, coordinator):
    hand_over(contact, email=leader.email, by=coordinator)

    with pytest.raises(RuleViolation, match="on jo päättynyt"):
        hand_over(contact, email=UserFactory().email, by=coordinator)


@pytest.mark.django_db(transaction=True)
def test_two_hand_overs_at_once_give_the_role_to_one(contact, coordinator):
    others = [
        MembershipFactory(municipality=contact.municipality, role=Role.LEADER).user
        for _n in range(2)
    ]

    ended = at_once(
        *(lambda each=each: hand_over(contact, email=each.email, by=coordinator) for each in others)
    )

    taken = [each for each in others if Role.CONTACT in roles_of(each)]
    assert len(taken) == 1
    assert sum(isinstance(each, RuleViolation) for each in ended) == 1


# -- What moves along --------------------------------------------------------------------------------


def test_every_relation_to_a_user_moves_or_stays_with_a_reason():
    relations = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_config.name.split(".")[0] in OURS
        and not model.__name__.endswith("Event")
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model is User
    }

    assert relations == set(RELATIONS)


OURS = {"municipalities", "seasons", "events", "workshops", "analysis", "billing", "uso"}


def test_coordinators_municipalities_go_to_the_next_coordinator(
    season8, kannus, jamsa, coordinator
):
    network = Membership.objects.get(user=coordinator, role=Role.COORDINATOR)
    successor = MembershipFactory(role=Role.COORDINATOR).user
    other = UserFactory()
    for place, owner in ((kannus, coordinator), (jamsa, other)):
        with scope(place.pk):
            ParticipationFactory(season=season8, municipality=place, owner=owner)

    hand_over(network, email=successor.email, by=successor)

    with scope(kannus.pk):
        assert Participation.objects.get(season=season8).owner == successor
    with scope(jamsa.pk):
        assert Participation.objects.get(season=season8).owner == other


def test_municipalities_of_a_season_that_has_ended_stay(season8, kannus, coordinator, monkeypatch):
    network = Membership.objects.get(user=coordinator, role=Role.COORDINATOR)
    successor = MembershipFactory(role=Role.COORDINATOR).user
    with scope(kannus.pk):
        ParticipationFactory(season=season8, municipality=kannus, owner=coordinator)
    later = timezone.now() + timedelta(days=400)

    hand_over(network, email=successor.email, by=successor, at=later)

    with scope(kannus.pk):
        assert Participation.objects.get(season=season8).owner == coordinator


def test_experts_unfinished_analyses_go_to_the_next_expert(season8, kannus, jamsa, coordinator):
    former = MembershipFactory(role=Role.EXPERT)
    successor = MembershipFactory(role=Role.EXPERT).user
    given = {"season": season8, "assigned_by": coordinator}
    with scope(kannus.pk):
        ExpertAssignment.objects.create(municipality=kannus, expert=former.user, **given)
        ready = {"municipality": jamsa, "ready_at": timezone.now()}
    with scope(jamsa.pk):
        ExpertAssignment.objects.create(expert=former.user, **given, **ready)

    hand_over(former, email=successor.email, by=coordinator)

    with scope(kannus.pk):
        assert ExpertAssignment.objects.get().expert == successor
    with scope(jamsa.pk):
        assert ExpertAssignment.objects.get().expert == former.user


def test_analysis_that_both_experts_have_is_given_once(season8, kannus, coordinator):
    former = MembershipFactory(role=Role.EXPERT)
    successor = MembershipFactory(role=Role.EXPERT).user
    with scope(kannus.pk):
        for expert in (former.user, successor):
            ExpertAssignment.objects.create(
                municipality=kannus, season=season8, expert=expert, assigned_by=coordinator
            )

    hand_over(former, email=successor.email, by=coordinator)

    with scope(kannus.pk):
        assert ExpertAssignment.objects.get().expert == successor


def test_agreed_day_moves_from_one_calendar_to_the_other(
    season8, kannus, contact, leader, coordinator
):
    EntitlementFactory(season=season8, quantity=5)
    with scope(kannus.pk):
        member_of(season8, kannus)
        workshop = WorkshopFactory(season=season8, municipality=kannus, asked_by=contact.user)
        plan_workshop(
            workshop=workshop,
            planned_on=TODAY + timedelta(days=7),
            by=coordinator,
            at=timezone.now(),
        )

    hand_over(contact, email=leader.email, by=coordinator)

    with scope(kannus.pk):
        assert Workshop.objects.get().notified_days == {
            str(leader.pk): (TODAY + timedelta(days=7)).isoformat()
        }
        assert messages_to(contact.user) == ["role_ended", "workshop_planned", "workshop_released"]
        assert messages_to(leader) == ["role_given", "workshop_planned"]


# -- Somebody new ----------------------------------------------------------------------------------


def invited(contact, coordinator) -> Invitation:
    done = hand_over(contact, email="uusi@kannus.example", by=coordinator)
    assert done.successor is None
    return Invitation.objects.get(email="uusi@kannus.example")


def accept(invitation, by=None):
    return accept_invitation(
        invitation=invitation, first_name="Uusi", last_name="Hoitaja", by=by, at=timezone.now()
    )


def test_holder_keeps_the_role_until_the_invitation_is_accepted(contact, coordinator):
    invitation = invited(contact, coordinator)
    contact.refresh_from_db()
    assert contact.ends_on is None

    successor = accept(invitation)

    contact.refresh_from_db()
    assert contact.ends_on == TODAY
    assert roles_of(successor) == {Role.CONTACT}
    assert messages_to(contact.user) == ["role_ended"]


def test_new_person_is_invited_by_mail(contact, coordinator):
    invitation = invited(contact, coordinator)

    with across_municipalities(reason="the test reads who was written to"):
        message = Message.objects.get(to_email=invitation.email)
    assert (message.template, message.to_name) == ("invitation", "Uusi")


def test_withdrawn_invitation_leaves_everything_and_another_can_be_sent(contact, coordinator):
    invitation = invited(contact, coordinator)
    with pytest.raises(RuleViolation, match=r"uusi@kannus\.example"):
        hand_over(contact, email="toinen@kannus.example", by=coordinator)

    withdraw_invitation(invitation=invitation, by=coordinator, at=timezone.now())
    hand_over(contact, email="toinen@kannus.example", by=coordinator)

    contact.refresh_from_db()
    assert contact.ends_on is None


def test_invitation_that_ran_out_makes_room_for_another(contact, coordinator):
    invited(contact, coordinator)
    later = timezone.now() + timedelta(days=15)

    hand_over(contact, email="toinen@kannus.example", by=coordinator, at=later)

    waiting = Invitation.objects.unanswered().filter(hands_over=contact)
    assert [each.email for each in waiting] == ["toinen@kannus.example"]


def test_role_that_ended_meanwhile_is_accepted_without_passing_on(contact, coordinator):
    invitation = invited(contact, coordinator)
    Membership.objects.filter(pk=contact.pk).update(ends_on=TODAY)

    successor = accept(invitation)

    assert roles_of(successor) == {Role.CONTACT}
    assert messages_to(contact.user) == []


def test_account_elsewhere_is_invited_and_not_named(contact, jamsa, coordinator):
    stranger = MembershipFactory(municipality=jamsa, role=Role.CONTACT).user

    done = hand_over(contact, email=stranger.email, by=coordinator)

    assert done.successor is None
    assert roles_of(stranger) == {Role.CONTACT}
    assert Invitation.objects.get().hands_over == contact


def test_another_invitation_does_not_undo_a_hand_over(contact, coordinator):
    invited(contact, coordinator)

    with pytest.raises(RuleViolation, match="on jo kutsuttu ottamaan vastaan rooli") as refusal:
        invite(
            email="uusi@kannus.example",
            role=Role.CONTACT,
            municipality=contact.municipality,
            language="fi",
            by=coordinator,
            at=timezone.now(),
        )

    assert refusal.value.field == "email"
    assert Invitation.objects.unanswered().get().hands_over == contact


def test_role_given_again_is_not_taken_by_an_earlier_hand_over(contact, coordinator):
    invitation = invited(contact, coordinator)
    end_membership(membership=contact, by=coordinator, on=TODAY, **sure_of(contact, coordinator))
    Membership.objects.filter(pk=contact.pk).update(ends_on=None)
    invitation.refresh_from_db()

    accept(invitation)

    contact.refresh_from_db()
    assert contact.ends_on is None


def sure_of(membership, by):
    return {"sure": True, "warned": warning_of_end(membership, by=by)}


# -- The pages ---------------------------------------------------------------------------------------


def page_of(membership) -> str:
    return f"/k/kannus/contacts/{membership.pk}/hand-over/"


def test_contact_person_hands_over_on_the_page(contact, leader, client_for):
    client = client_for(contact.user)
    page = client.get(page_of(contact))
    assert "Keskeneräisiä tehtäviä ei siirry" in page.text

    answer = client.post(page_of(contact), carried(page) | {"successor": str(leader.pk)})

    assert answer["Location"] == "/"
    assert roles_of(leader) == {Role.CONTACT, Role.LEADER}


def test_page_wants_a_successor(contact, client_for):
    client = client_for(contact.user)

    answer = client.post(page_of(contact), {"successor": ""})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "email": ["Valitse joku tai anna uuden henkilön osoite."]
    }


def test_page_says_who_has_been_invited_and_offers_no_second(contact, coordinator, client_for):
    invited(contact, coordinator)
    client = client_for(contact.user)

    page = client.get(page_of(contact))

    assert "uusi@kannus.example on kutsuttu ottamaan rooli vastaan" in page.text
    assert "Luovuta rooli" not in page.text
    assert "ottaa vastaan henkilöltä" in client.get("/k/kannus/contacts/").text


def test_what_waits_is_shown_before_the_press_and_asked_anew_where_it_changed(
    season8, kannus, coordinator, client_for
):
    network = Membership.objects.get(user=coordinator, role=Role.COORDINATOR)
    successor = MembershipFactory(role=Role.COORDINATOR).user
    client, url = client_for(coordinator), f"/roles/{network.pk}/hand-over/"
    page = client.get(url)
    with scope(kannus.pk):
        ParticipationFactory(season=season8, municipality=kannus, owner=coordinator)

    answer = client.post(url, carried(page) | {"successor": str(successor.pk)})

    assert answer.status_code == 422
    assert "Kannus, USO8" in answer.text
    assert Membership.objects.get(pk=network.pk).ends_on is None


def test_role_of_another_municipality_is_not_found(contact, jamsa, client_for):
    foreign = MembershipFactory(municipality=jamsa, role=Role.CONTACT)

    assert client_for(contact.user).get(page_of(foreign)).status_code == 404


# -- The end of a role -------------------------------------------------------------------------------


def set_end(membership, ends_on, by):
    return set_end_of_role(membership=membership, ends_on=ends_on, by=by, at=timezone.now())


def test_role_gets_an_end_and_loses_it_again(contact, client_for):
    client, url = client_for(contact.user), f"/k/kannus/contacts/{contact.pk}/day-of-end/"

    client.post(url, {"ends_on": "2027-06-01"})
    contact.refresh_from_db()
    assert contact.ends_on.isoformat() == "2027-06-01"

    client.post(url, {"ends_on": ""})
    contact.refresh_from_db()
    assert contact.ends_on is None


@pytest.mark.parametrize("days", [0, -1])
def test_end_of_a_role_lies_ahead(contact, coordinator, days):
    with pytest.raises(RuleViolation) as refusal:
        set_end(contact, TODAY + timedelta(days=days), coordinator)

    assert refusal.value.field == "ends_on"


def test_last_coordinators_role_gets_no_end(coordinator):
    network = Membership.objects.get(user=coordinator, role=Role.COORDINATOR)

    with pytest.raises(RuleViolation):
        set_end(network, TODAY + timedelta(days=9), coordinator)


@pytest.mark.parametrize(("left", "times"), [(31, 0), (30, 1), (8, 1), (7, 1), (1, 1)])
def test_holder_is_reminded_a_month_and_a_week_before_once_each(contact, coordinator, left, times):
    set_end(contact, TODAY + timedelta(days=left), coordinator)

    for _again in range(2):
        remind_of_ending_roles(at=timezone.now())

    assert messages_to(contact.user) == ["role_ends_soon"] * times


def test_second_reminder_comes_a_week_before(contact, coordinator):
    set_end(contact, TODAY + timedelta(days=20), coordinator)

    sent = [
        remind_of_ending_roles(at=timezone.now() + timedelta(days=days)) for days in (0, 5, 13, 14)
    ]

    assert sent == [1, 0, 1, 0]


def test_role_that_was_prolonged_is_reminded_of_anew(contact, coordinator):
    set_end(contact, TODAY + timedelta(days=20), coordinator)
    remind_of_ending_roles(at=timezone.now())

    set_end(contact, TODAY + timedelta(days=25), coordinator)

    assert remind_of_ending_roles(at=timezone.now()) == 1


def test_leader_invites_a_colleague_and_reads_what_they_will_see(leader, client_for):
    client = client_for(leader)
    page = client.get("/k/kannus/contacts/invite/")
    assert "lataa tilanneanalyysin" in page.text

    client.post(
        "/k/kannus/contacts/invite/",
        carried(page) | {"email": "pj@kannus.example", "role": "leader", "language": "fi"},
    )

    assert Invitation.objects.get().email == "pj@kannus.example"
    shown = client.get("/k/kannus/contacts/").text
    assert "pj@kannus.example" in shown
    assert "Peru" not in shown


def test_leader_invites_nobody_into_a_role_that_manages_others(leader, client_for):
    answer = client_for(leader).post(
        "/k/kannus/contacts/invite/",
        {"email": leader.email, "role": "contact", "language": "fi"},
    )

    assert answer.status_code == 422
    assert "role" in answer.context["form"].errors
    assert not Invitation.objects.exists()
