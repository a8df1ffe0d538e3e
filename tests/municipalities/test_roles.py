"""Roles: who sees them, how they end, what is left behind."""

from datetime import date

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from municipalities import actions
from municipalities.enums import Role
from municipalities.models import Membership
from tests.clock import TODAY
from tests.municipalities.factories import MembershipFactory, UserFactory
from uso.ground.actions import mailbox_of
from uso.ground.lib.errors import RuleViolation
from uso.ground.mail.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(kannus, kannus_contact) -> Membership:
    return MembershipFactory(municipality=kannus, role=Role.CONTACT)


def test_ended_role_closes_at_once_and_its_row_stays(client_for, kannus_contact, colleague):
    page = f"/k/kannus/contacts/{colleague.pk}/end/"
    theirs = client_for(colleague.user)
    assert theirs.get("/k/kannus/people/").status_code == 200

    client_for(kannus_contact).post(page)

    colleague.refresh_from_db()
    assert colleague.ends_on == TODAY
    assert theirs.get("/k/kannus/people/").status_code == 404


def test_role_with_an_end_is_listed_with_its_days(client_for, kannus, kannus_contact):
    MembershipFactory(
        municipality=kannus,
        role=Role.LEADER,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
    )

    assert ">1.1.–31.12.2026</td>" in client_for(kannus_contact).get("/k/kannus/contacts/").text


def test_role_in_one_municipality_is_none_in_another(client_for, kannus, jamsa, kannus_contact):
    MembershipFactory(user=kannus_contact, municipality=jamsa, role=Role.LEADER)
    client = client_for(kannus_contact)

    pages = [f"/k/{slug}/registrations/" for slug in ("kannus", "jamsa")]
    assert [client.get(page).status_code for page in pages] == [200, 403]


def test_role_that_starts_and_ends_today_is_not_in_force(kannus):
    membership = MembershipFactory(municipality=kannus, role=Role.LEADER, starts_on=TODAY)

    actions.end_membership(membership=membership, by=UserFactory(), on=TODAY, sure=False)

    assert not Membership.objects.active(on=TODAY).filter(pk=membership.pk).exists()


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "active"),
    [
        (date(2026, 3, 1), None, True),
        (date(2026, 3, 2), None, False),
        (date(2026, 1, 1), date(2026, 3, 2), True),
        (date(2026, 1, 1), date(2026, 3, 1), False),
    ],
)
def test_role_is_in_force_from_its_first_day_until_its_end(kannus, starts_on, ends_on, active):
    MembershipFactory(municipality=kannus, role=Role.LEADER, starts_on=starts_on, ends_on=ends_on)

    assert Membership.objects.active(on=date(2026, 3, 1)).exists() is active


def test_own_last_contact_role_ends_only_after_a_second_word(client_for, kannus_contact):
    membership = kannus_contact.memberships.get()
    page = f"/k/kannus/contacts/{membership.pk}/end/"
    client = client_for(kannus_contact)

    asked = client.post(page)
    membership.refresh_from_db()
    assert (asked.status_code, membership.ends_on) == (422, None)
    assert list(asked.context["form"].errors) == ["sure"]
    client.post(page, {"sure": "on", "warned": asked.context["warning"]})

    membership.refresh_from_db()
    assert membership.ends_on == TODAY


def test_own_role_is_asked_even_when_others_hold_it(kannus_contact, colleague):
    with pytest.raises(RuleViolation):
        actions.end_membership(
            membership=kannus_contact.memberships.get(), by=kannus_contact, on=TODAY, sure=False
        )


@pytest.mark.parametrize(
    ("whose", "words"),
    [
        ("own", "This is your own role: you will not get back by yourself."),
        ("theirs", ""),
        ("a leader's", ""),
    ],
)
def test_end_of_a_role_is_warned_of_where_somebody_else_stays(
    in_english, kannus, kannus_contact, colleague, whose, words
):
    membership = {
        "own": kannus_contact.memberships.get(),
        "theirs": colleague,
        "a leader's": MembershipFactory(municipality=kannus, role=Role.LEADER),
    }[whose]

    assert actions.warning_of_end(membership, by=kannus_contact) == words


@pytest.mark.parametrize(
    "other", [{"role": Role.LEADER}, {"user__is_active": False}, {"ends_on": TODAY}]
)
def test_last_contact_person_is_asked_about_whoever_else_there_is(
    in_english, kannus, kannus_contact, jamsa_contact, other
):
    MembershipFactory(**{"municipality": kannus, "role": Role.CONTACT, **other})

    warning = actions.warning_of_end(kannus_contact.memberships.get(), by=UserFactory())

    assert warning == (
        "Nobody else is contact person here: only coordinators could invite a new one."
    )


def test_closed_account_does_not_count_as_a_coordinator(in_english, coordinator):
    MembershipFactory(role=Role.COORDINATOR, user__is_active=False)
    MembershipFactory(role=Role.EXPERT)

    obstacle = actions.obstacle_to_end(coordinator.memberships.get())

    assert obstacle == (
        "Nobody else is coordinator, and nobody could invite one: invite another first."
    )


def test_ended_role_leads_back_to_the_list_and_ones_own_to_the_start(
    client_for, kannus_contact, colleague
):
    own = kannus_contact.memberships.get()
    client = client_for(kannus_contact)

    theirs = client.post(f"/k/kannus/contacts/{colleague.pk}/end/")
    told = [str(message) for message in client.get(theirs.url).context["messages"]]
    page = f"/k/kannus/contacts/{own.pk}/end/"
    warned = client.get(page).context["warning"]
    ended = client.post(page, {"sure": "on", "warned": warned})

    assert (theirs.url, ended.url) == ("/k/kannus/contacts/", "/")
    assert told == [f"Rooli päättyi: {colleague.user.name}."]


def test_second_word_is_asked_for_only_where_there_is_a_warning(
    client_for, kannus_contact, colleague
):
    client = client_for(kannus_contact)
    pages = [
        client.get(f"/k/kannus/contacts/{membership.pk}/end/")
        for membership in (kannus_contact.memberships.get(), colleague)
    ]

    assert [list(page.context["form"].fields) for page in pages] == [["sure"], []]
    warnings = [page.context["warning"] for page in pages]
    assert (warnings[0] in pages[0].text, warnings[1]) == (True, "")


def test_last_coordinators_role_never_ends(client_for, coordinator):
    membership = coordinator.memberships.get()
    page = f"/roles/{membership.pk}/end/"
    client = client_for(coordinator)

    asked = client.get(page)
    pressed = client.post(page, {"sure": "on", "warned": asked.context["warning"]})

    membership.refresh_from_db()
    assert (pressed.status_code, membership.ends_on) == (422, None)
    assert asked.context["obstacle"] in asked.text
    assert "button danger" not in asked.text


def test_second_word_to_another_warning_is_asked_for_anew(in_english, kannus_contact, colleague):
    """Ones own role was warned of; since then the colleague's has ended, and it is the last one."""
    own = kannus_contact.memberships.get()
    warned = actions.warning_of_end(own, by=kannus_contact)
    colleague.ends_on = TODAY
    colleague.save()

    with pytest.raises(RuleViolation, match="Nobody else is contact person here") as refused:
        actions.end_membership(
            membership=own, by=kannus_contact, on=TODAY, sure=True, warned=warned
        )

    assert refused.value.field == "sure"


def test_history_of_a_role_names_who_ended_it(colleague, coordinator):
    ended = actions.end_membership(membership=colleague, by=coordinator, on=TODAY, sure=False)

    last = Membership.pgh_event_model.objects.latest("pgh_id")
    assert (ended, last.ends_on, last.pgh_context["user"]) == (colleague, TODAY, coordinator.pk)


def test_role_ends_once(colleague):
    actions.end_membership(membership=colleague, by=UserFactory(), on=TODAY, sure=False)

    with pytest.raises(RuleViolation):
        actions.end_membership(membership=colleague, by=UserFactory(), on=TODAY, sure=False)


def test_contacts_page_tells_who_holds_which_role(
    client_for, kannus_contact, kannus_leader, kannus_billing, jamsa_contact
):
    page = client_for(kannus_leader).get("/k/kannus/contacts/")

    shown = {g.role: [m.user for m in g.memberships] for g in page.context["holders"]}
    assert shown == {
        Role.CONTACT: [kannus_contact],
        Role.LEADER: [kannus_leader],
        Role.BILLING: [kannus_billing],
    }
    assert jamsa_contact.email not in page.content.decode()
    assert "/end/" not in page.content.decode()


def test_holders_stand_in_finnish_order_and_closed_accounts_do_not(
    client_for, kannus, kannus_leader
):
    for name in ("Öhman", "Aalto", "Åberg"):
        MembershipFactory(municipality=kannus, role=Role.CONTACT, user__last_name=name)
    MembershipFactory(municipality=kannus, role=Role.CONTACT, user__is_active=False)

    first, *_ = client_for(kannus_leader).get("/k/kannus/contacts/").context["holders"]

    assert [m.user.last_name for m in first.memberships] == ["Aalto", "Åberg", "Öhman"]


def test_leader_sees_no_invitations(client_for, kannus, kannus_contact, kannus_leader):
    actions.invite(
        email="uusi@kannus.example", role=Role.CONTACT, municipality=kannus, language="fi",
        by=kannus_contact, at=timezone.now(),
    )  # fmt: skip

    seen = {
        user: "uusi@kannus.example" in client_for(user).get("/k/kannus/contacts/").content.decode()
        for user in (kannus_contact, kannus_leader)
    }

    assert seen == {kannus_contact: True, kannus_leader: False}


def test_network_role_with_a_municipality_is_refused_by_the_database(kannus):
    with pytest.raises(IntegrityError, match="membership_role_fits_its_place"):
        MembershipFactory(municipality=kannus, role=Role.COORDINATOR)


def test_change_of_a_role_keeps_who_and_where(client_for, kannus_contact, colleague):
    page = f"/k/kannus/contacts/{colleague.pk}/end/"

    client_for(kannus_contact).post(page)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pgh_label, pgh_context->>'user', pgh_context->>'url', ends_on"
            " FROM municipalities_membershipevent WHERE pgh_obj_id = %s ORDER BY pgh_id",
            [colleague.pk],
        )
        events = cursor.fetchall()
    assert events[-1] == ("update", str(kannus_contact.pk), page, TODAY)
    assert len(events) == 2


def test_rows_of_the_roster_keep_who_and_where_too(client_for, kannus_contact, in_kannus):
    client_for(kannus_contact).post(
        "/k/kannus/people/add/",
        {"first_name": "Uuno", "last_name": "Uusi", "group": "office", "language": "fi"},
    )

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pgh_context->>'user', pgh_context->>'url' FROM municipalities_personevent"
        )
        assert cursor.fetchall() == [(str(kannus_contact.pk), "/k/kannus/people/add/")]


# -- What hangs on a role --------------------------------------------------------------------------


def test_holder_of_an_ended_role_is_written_to(in_kannus, kannus_contact, colleague):
    actions.end_membership(membership=colleague, by=kannus_contact, on=TODAY)

    (message,) = Message.objects.all()
    assert (message.template, message.to_email) == ("role_ended", colleague.user.email)
    assert message.subject == "Roolisi on päättynyt: Yhdyshenkilö, Kannus"
    assert message.body_text.startswith(f"{kannus_contact.name} on päättänyt roolisi palvelussa")
    assert message.reply_to == mailbox_of(kannus_contact)


def test_who_ends_their_own_role_is_not_written_to(in_kannus, kannus_contact, colleague):
    own = kannus_contact.memberships.get()
    warned = actions.warning_of_end(own, by=kannus_contact)

    actions.end_membership(membership=own, by=kannus_contact, on=TODAY, sure=True, warned=warned)

    assert not Message.objects.exists()


def test_coordinators_are_written_to_when_no_contact_person_is_left(
    in_kannus, kannus_contact, coordinator
):
    own = kannus_contact.memberships.get()
    warned = actions.warning_of_end(own, by=kannus_contact)

    actions.end_membership(membership=own, by=kannus_contact, on=TODAY, sure=True, warned=warned)

    (message,) = Message.objects.all()
    assert (message.template, message.to_email) == ("contact_person_missing", coordinator.email)
    assert "/k/kannus/contacts/" in message.body_text


def test_role_of_the_network_is_written_about_too(network, coordinator, expert):
    actions.end_membership(membership=expert.memberships.get(), by=coordinator, on=TODAY)

    (message,) = Message.objects.all()
    assert (message.to_email, message.municipality) == (expert.email, None)
    assert message.subject == "Roolisi verkostossa on päättynyt: Asiantuntija"


def test_role_that_ends_twice_is_written_of_twice(in_kannus, kannus_contact, colleague):
    actions.end_membership(membership=colleague, by=kannus_contact, on=TODAY)
    Membership.objects.filter(pk=colleague.pk).update(starts_on=TODAY, ends_on=None)
    colleague.refresh_from_db()
    actions.end_membership(membership=colleague, by=kannus_contact, on=TODAY)

    assert Message.objects.count() == 2


def test_page_names_the_invitations_that_stay(client_for, kannus, kannus_contact, colleague):
    def invite(email, by):
        actions.invite(
            email=email, role=Role.LEADER, municipality=kannus, language="fi",
            by=by, at=timezone.now(),
        )  # fmt: skip

    invite("uusi@kannus.example", colleague.user)
    invite("muu@kannus.example", kannus_contact)

    page = client_for(kannus_contact).get(f"/k/kannus/contacts/{colleague.pk}/end/")

    assert [each.email for each in page.context["invitations"]] == ["uusi@kannus.example"]
    assert "Yksi tämän henkilön lähettämä kutsu odottaa vastausta" in page.text
