"""Changes of people and roles: invitations, accounts, ends of roles."""

import hashlib
import secrets
from datetime import date, datetime, timedelta
from typing import Any

import pghistory
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.dispatch import Signal
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.enums import Language
from municipalities.models import (
    UNANSWERED,
    Invitation,
    InvitationQuerySet,
    Membership,
    Municipality,
    User,
)
from municipalities.queries import (
    coordinators,
    is_last_contact,
    is_last_coordinator,
)
from uso.ground.actions import action, claim, mailbox_of, notify
from uso.ground.lib.errors import RuleViolation
from uso.ground.mail.actions import queue_message
from uso.ground.mail.models import Message
from uso.ground.tenancy.crossing import scope_of

#: Sent in the transaction in which a role passes on; `former`, `successor`, `by`, `at`.
handed_over = Signal()
INVITATION_LASTS = timedelta(days=14)
INVITATIONS_AN_HOUR = 60  # of one inviter: a stolen session shall not mail the world


# -- Invitations -------------------------------------------------------------------------------


@action()
def invite(
    *,
    email: str,
    role: str,
    municipality: Municipality | None,
    language: str,
    by: User,
    at: datetime,
    name: str = "",
    hands_over: Membership | None = None,
) -> Invitation:
    """Offer a role to an address by mail; an earlier offer of the same role is withdrawn.

    Parameters
    ----------
    name
        Whose address it is, where that is known: the mail is addressed to it.
    hands_over
        Whose role it is until the offer is accepted.
    """
    email = email.strip().lower()
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)  # one press at a time
    _refuse_flood(by, at)
    _refuse_holder(email, role, municipality, timezone.localdate(at))
    same = Invitation.objects.unanswered().filter(
        email__iexact=email, role=role, municipality=municipality
    )
    _refuse_to_undo_a_hand_over(same, hands_over, at)
    same.update(withdrawn_at=at, withdrawn_by=by)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        role=role,
        municipality=municipality,
        language=language,
        hands_over=hands_over,
        token_hash=hash_token(token),
        invited_by=by,
        invited_at=at,
        expires_at=at + INVITATION_LASTS,
    )
    _mail_invitation(invitation, token, name)
    return invitation


def _refuse_to_undo_a_hand_over(
    same: InvitationQuerySet, hands_over: Membership | None, at: datetime
) -> None:
    """Refuse another offer to whom a role is being handed over: it would pass on no more."""
    handing = same.filter(hands_over__isnull=False, expires_at__gt=at).select_related(
        "hands_over__user"
    )
    for each in handing:
        if each.hands_over and each.hands_over != hands_over:
            raise RuleViolation(
                _("%(email)s has been invited to take over the role of %(name)s already.")
                % {"email": each.email, "name": each.hands_over.user.name},
                field="email",
            )


def _refuse_flood(by: User, at: datetime) -> None:
    last_hour = Invitation.objects.filter(
        invited_by=by, invited_at__gt=at - timedelta(hours=1), invited_at__lte=at
    )
    if last_hour.count() >= INVITATIONS_AN_HOUR:
        raise RuleViolation(
            _(
                "You have sent %(count)d invitations within an hour. The earlier ones are on"
                " their way; send this one later."
            )
            % {"count": INVITATIONS_AN_HOUR}
        )


def _refuse_holder(email: str, role: str, municipality: Municipality | None, on: date) -> None:
    same = Membership.objects.active(on=on).filter(
        user__email__iexact=email, role=role, municipality=municipality
    )
    if holder := same.select_related("user").first():
        raise RuleViolation(
            _("%(name)s has this role already.") % {"name": holder.user.name}, field="email"
        )


def _mail_invitation(invitation: Invitation, token: str, name: str) -> None:
    with scope_of(
        invitation.municipality_id, reason="an invitation into the network has no municipality"
    ):
        queue_message(
            key=f"invitation:{invitation.pk}",
            template="invitation",
            language=invitation.language,
            to_email=invitation.email,
            to_name=name,
            reply_to=mailbox_of(invitation.invited_by),
            context={
                "invitation": invitation,
                "path": reverse("people_network:accept", kwargs={"token": token}),
            },
            municipality_id=invitation.municipality_id,
            secret=True,
        )


def hash_token(token: str) -> str:
    """Return what is stored of an invitation's token: it is random, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


@action()
def withdraw_invitation(*, invitation: Invitation, by: User, at: datetime) -> Invitation:
    """Make an invitation's link worthless."""
    refusal = RuleViolation(_("This invitation has been answered already."))
    return claim(invitation, where=UNANSWERED, refusal=refusal, withdrawn_at=at, withdrawn_by=by)


@action()
def send_invitation_again(*, invitation: Invitation, by: User, at: datetime) -> Invitation:
    """Send the same offer with a new link; the earlier link stops working."""
    if invitation.used_at or invitation.withdrawn_at:
        raise RuleViolation(_("This invitation has been answered already."))
    return invite(
        email=invitation.email,
        role=invitation.role,
        municipality=invitation.municipality,
        language=invitation.language,
        hands_over=invitation.hands_over,
        by=by,
        at=at,
    )


@action()
def accept_invitation(
    *,
    invitation: Invitation,
    first_name: str = "",
    last_name: str = "",
    language: str = Language.FINNISH,
    by: User | AnonymousUser | None,
    at: datetime,
) -> User:
    """Give the role to whoever holds the invited address; make the account where there is none.

    Call it for somebody who came by the mailed link: that proves the address of a new account.
    An account there is already accepts for itself, signed in (`by`).
    """
    _lock_invitations_of(invitation.email)
    user = User.objects.filter(email__iexact=invitation.email).first()
    with pghistory.context(invitation=invitation.pk):
        if user:
            _refuse_unless_own(user, by)
        elif not first_name:
            raise RuleViolation(_("Tell your name first."))
        else:
            user = create_account(
                email=invitation.email,
                first_name=first_name,
                last_name=last_name,
                language=language,
                by=by,
            )
        claim(
            invitation,
            where=UNANSWERED & Q(expires_at__gt=at),
            refusal=RuleViolation(_("This invitation does not work any more.")),
            used_at=at,
            used_by=user,
        )
        start_membership(user, invitation.municipality, invitation.role, timezone.localdate(at))
        if invitation.hands_over:
            pass_on_if_held(invitation.hands_over, user, invitation.invited_by, at)
    return user


def _lock_invitations_of(email: str) -> None:
    """Let a second press wait for the first: one address gets one account."""
    of_address = Invitation.objects.filter(email=email).order_by("pk")
    list(of_address.select_for_update(no_key=True, of=("self",)))


def _refuse_unless_own(user: User, by: User | AnonymousUser | None) -> None:
    """Refuse a closed account, and whoever has not signed in to it: a forwarded link opens none."""
    if not user.is_active:
        raise RuleViolation(_("This account is closed. Ask the network's coordinators."))
    if by != user:
        raise RuleViolation(sign_in_first())


def sign_in_first() -> str:
    """Say what to do with an invitation to an address that has an account."""
    return _("This address has an account already. Sign in, then accept the invitation.")


@action()
def create_account(
    *,
    email: str,
    first_name: str,
    last_name: str,
    language: str,
    by: User | AnonymousUser | None,
) -> User:
    """Create somebody who signs in by codes until they choose a password or a passkey."""
    user = User.objects.create_user(
        email, first_name=first_name, last_name=last_name, language=language
    )
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    return user


def start_membership(
    user: User, municipality: Municipality | None, role: str, on: date
) -> Membership | None:
    """Start the role, or start it again where it has ended (history keeps the earlier dates).

    Returns
    -------
    Membership or None
        None where it is held already.
    """
    place_and_role: dict[str, Any] = {"municipality": municipality, "role": role}
    if Membership.objects.of(user, on=on).filter(**place_and_role).exists():
        return None
    started, _made = Membership.objects.update_or_create(
        user=user, **place_and_role, defaults={"starts_on": on, "ends_on": None}
    )
    return started


@action(of="municipality")
def give_role(
    *,
    email: str,
    name: str,
    role: str,
    municipality: Municipality,
    by: User,
    at: datetime,
) -> bool:
    """Give a role to whoever has an account and write to them; invite anybody else.

    Returns
    -------
    bool
        Whether an invitation was sent; else they have the role now.
    """
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        invite(
            email=email,
            name=name,
            role=role,
            municipality=municipality,
            language=municipality.main_language,
            by=by,
            at=at,
        )
        return True
    if not user.is_active:
        raise RuleViolation(
            _("The account of %(email)s is closed: give another address.") % {"email": email}
        )
    started = start_membership(user, municipality, role, timezone.localdate(at))
    if started and user != by:
        _notify_about_role(user, started, "role_given", by)
    return False


@action()
def save_profile(*, first_name: str, last_name: str, language: str, by: User) -> User:
    """Change one's own name and language."""
    by.first_name, by.last_name, by.language = first_name, last_name, language
    by.save(update_fields=["first_name", "last_name", "language"])
    return by


# -- Roles -------------------------------------------------------------------------------------


@action()
def end_membership(
    *, membership: Membership, by: User, on: date, sure: bool = False, warned: str = ""
) -> Membership:
    """End a role at once and notify its holder; its row stays. A last coordinator's never ends.

    Everybody who holds the role there is locked: of two last ones who end each other, or
    themselves, one stays.

    Parameters
    ----------
    sure, warned
        The second word, and the warning that it answers: another warning asks anew.
    """
    if membership not in lock_holders(membership, on):
        raise RuleViolation(_("This role has ended already."))
    if refusal := obstacle_to_end(membership):
        raise RuleViolation(refusal)
    warning = warning_of_end(membership, by=by)
    if warning and not (sure and warned == warning):
        raise RuleViolation(warning, field="sure")
    membership.ends_on = on
    membership.save(update_fields=["ends_on"])
    Invitation.objects.unanswered().filter(hands_over=membership).update(hands_over=None)
    _notify_of_end(membership, by)
    return membership


def pass_on_if_held(former: Membership, successor: User, by: User, at: datetime) -> None:
    """Pass a role on that its holder has kept until now; one that has ended is not passed on twice."""
    held = lock_holders(former, timezone.localdate(at))
    if former in held and former.user != successor:
        pass_on(former, successor, by, at)


def pass_on(former: Membership, successor: User, by: User, at: datetime) -> None:
    """End a role and let what waits for its holder wait for the successor."""
    former.ends_on = timezone.localdate(at)
    former.save(update_fields=["ends_on"])
    handed_over.send(Membership, former=former, successor=successor, by=by, at=at)
    if former.user != by:
        write_about_role(former.user, former, "role_ended", by)


def write_about_role(
    reader: User, membership: Membership, template: str, by: User | None, *, left: str = ""
) -> Message | None:
    """Write to somebody about a role, wherever it is held; None where that was written already."""
    with scope_of(
        membership.municipality_id, reason="a role in the network belongs to no municipality"
    ):
        return _notify_about_role(reader, membership, template, by, left)


@action()
def set_end_of_role(
    *, membership: Membership, ends_on: date | None, by: User, at: datetime
) -> Membership:
    """Say from which day on a role is no longer in force, or that it goes on until it is ended."""
    on = timezone.localdate(at)
    if membership not in lock_holders(membership, on):
        raise RuleViolation(_("This role has ended already."))
    if ends_on and ends_on <= on:
        raise RuleViolation(
            _("Give a day to come. To end the role today, press “End”."), field="ends_on"
        )
    if ends_on and (refusal := obstacle_to_end(membership)):
        raise RuleViolation(refusal, field="ends_on")
    membership.ends_on = ends_on
    membership.save(update_fields=["ends_on"])
    return membership


def lock_holders(membership: Membership, on: date) -> list[Membership]:
    """Lock everybody who holds the role in its place today."""
    same = Membership.objects.active(on=on).filter(
        role=membership.role, municipality=membership.municipality_id
    )
    return list(same.order_by("pk").select_for_update(of=("self",), no_key=True))


def obstacle_to_end(membership: Membership) -> str:
    """Say why a role cannot end; empty where it can."""
    if is_last_coordinator(membership):
        return _("Nobody else is coordinator, and nobody could invite one: invite another first.")
    return ""


def warning_of_end(membership: Membership, *, by: User) -> str:
    """Say what should be thought of before a role ends; empty where nothing should."""
    if is_last_contact(membership):
        return _("Nobody else is contact person here: only coordinators could invite a new one.")
    if membership.user_id == by.pk:
        return _("This is your own role: you will not get back by yourself.")
    return ""


def _notify_of_end(membership: Membership, by: User) -> None:
    """Write to whose role it was, and to the coordinators where no contact person is left."""
    with scope_of(
        membership.municipality_id, reason="a role in the network belongs to no municipality"
    ):
        if membership.user != by:
            _notify_about_role(membership.user, membership, "role_ended", by)
        if is_last_contact(membership):
            for reader in coordinators():
                if reader != by:
                    _notify_about_role(reader, membership, "contact_person_missing", by)


def _notify_about_role(
    reader: User, membership: Membership, template: str, by: User | None, left: str = ""
) -> Message | None:
    return notify(
        reader,
        about=membership,
        template=template,
        reply_to=by,
        # it may begin and end again
        occasion=" ".join(filter(None, [f"{membership.starts_on} {membership.ends_on}", left])),
        membership=membership,
        municipality=membership.municipality,
        by=by,
        path=_roles_page(membership.municipality),
    )


def _roles_page(municipality: Municipality | None) -> str:
    if municipality is None:
        return reverse("people_network:roles")
    return reverse("people:contacts", args=[municipality.slug])
