"""A role given to somebody else in one step."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.actions import (
    invite,
    lock_holders,
    pass_on,
    start_membership,
    write_about_role,
)
from municipalities.enums import Language
from municipalities.models import Invitation, Membership, User
from municipalities.queries import candidates
from uso.ground.actions import action
from uso.ground.lib.errors import RuleViolation


@dataclass(frozen=True)
class HandOver:
    """What became of a role given to somebody else: passed on, or offered by an invitation."""

    successor: User | None
    email: str


@action()
def hand_over_role(
    *, membership: Membership, email: str, name: str, by: User, at: datetime
) -> HandOver:
    """Give a role to somebody else, with what waits for its holder (`handed_over`).

    Whoever has a role in the same place gets it at once. Anybody else is invited: the holder keeps the role until
    the invitation is accepted, and for good where it never is.
    """
    on = timezone.localdate(at)
    if membership not in lock_holders(membership, on):
        raise RuleViolation(_("This role has ended already."))
    _refuse_second_hand_over(membership, by, at)
    if email.lower() == membership.user.email.lower():
        raise RuleViolation(
            _("This is the address of %(name)s: give the successor's.")
            % {"name": membership.user.name},
            field="email",
        )
    user = next(
        (each for each in candidates(membership) if each.email.lower() == email.lower()), None
    )
    if user is None:
        _offer(membership, email, name, by, at)
    else:
        _give(membership, user, by, at)
    return HandOver(user, email)


def _offer(membership: Membership, email: str, name: str, by: User, at: datetime) -> None:
    """Invite somebody who has no role in the place: the role passes on when they accept."""
    if User.objects.filter(email__iexact=email, is_active=False).exists():
        raise RuleViolation(
            _("The account of %(email)s is closed: give another address.") % {"email": email},
            field="email",
        )
    place = membership.municipality
    invite(
        email=email,
        name=name,
        role=membership.role,
        municipality=place,
        language=place.main_language if place else Language(by.language),
        hands_over=membership,
        by=by,
        at=at,
    )


def _give(membership: Membership, user: User, by: User, at: datetime) -> None:
    """Start the role for somebody of the place and end the holder's; the place keeps one without an end."""
    on = timezone.localdate(at)
    place, role = membership.municipality, membership.role
    same = Membership.objects.active(on=on).filter(municipality=place, role=role, user=user)
    if same.filter(ends_on__isnull=False).exists():
        raise RuleViolation(
            _("The role of %(name)s is about to end: take its end away first.")
            % {"name": user.name},
            field="email",
        )
    started = start_membership(user, place, role, on)
    if started and user != by:
        write_about_role(user, started, "role_given", by)
    pass_on(membership, user, by, at)


def _refuse_second_hand_over(membership: Membership, by: User, at: datetime) -> None:
    """Refuse a second successor; an offer that has run out is withdrawn instead."""
    offered = Invitation.objects.unanswered().filter(hands_over=membership)
    for each in offered:
        if each.is_open(at=at):
            raise RuleViolation(
                _(
                    "%(email)s has been invited to take the role over: withdraw that invitation first."
                )
                % {"email": each.email}
            )
    offered.update(withdrawn_at=at, withdrawn_by=by)
