"""Reads for the pages of people and roles."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from municipalities.enums import Group, Role
from municipalities.models import (
    ContactAddress,
    Invitation,
    Membership,
    MergedPerson,
    Municipality,
    Person,
    User,
)
from uso.ground.lib.order import by_surname


def roster(*, left: bool = False) -> list[Person]:
    """Return the roster of the open scope, or who has left it: by group, then by name in Finnish order."""
    groups = [group.value for group in Group]
    return sorted(
        Person.objects.filter(left_on__isnull=not left),
        key=lambda p: (groups.index(p.group), by_surname(p)),
    )


def count_not_taking_part() -> int:
    """Count the people of the open scope who are kept but no longer take part."""
    return Person.objects.filter(left_on__isnull=False).count()


def kept_of(former_ids: Iterable[int]) -> dict[int, int]:
    """Return the keys of the people kept, by those of people who were merged into them (one query)."""
    merged = MergedPerson.objects.filter(former_id__in=list(former_ids))
    return dict(merged.values_list("former_id", "person_id"))


def former_keys() -> dict[int, int]:
    """Return the keys of the people kept, by those of everybody merged into them in the open scope."""
    return dict(MergedPerson.objects.values_list("former_id", "person_id"))


def find_namesakes(person: Person) -> list[Person]:
    """List others of the municipality with the same name who cannot be told from this person.

    Two people of one name are told apart by their e-mail addresses. One address may serve several
    people of different names, such as the registry's; so a successor can take it over.
    """
    same = Person.objects.filter(
        municipality_id=person.municipality_id,
        first_name__iexact=person.first_name.strip(),
        last_name__iexact=person.last_name.strip(),
    ).exclude(pk=person.pk)
    if person.email:
        same = same.filter(Q(email="") | Q(email__iexact=person.email))
    return list(same)


def distinct_names(people: Iterable[Person]) -> dict[int, str]:
    """Return the names of people by key, each another; namesakes carry their title, or else their address."""
    people = list({person.pk: person for person in people}.values())
    shared = Counter(person.name.casefold() for person in people)
    titles = Counter((person.name.casefold(), person.title.casefold()) for person in people)

    def words(person: Person) -> str:
        name = person.name.casefold()
        if shared[name] == 1:
            return person.name
        own_title = person.title and titles[name, person.title.casefold()] == 1
        more = person.title if own_title else person.email or person.title
        return f"{person.name} ({more})" if more else person.name

    return {person.pk: words(person) for person in people}


@dataclass(frozen=True)
class RoleHolders:
    """Who holds one role in one place today."""

    role: Role
    memberships: list[Membership]


def role_holders(municipality: Municipality | None, *, roles: list[Role]) -> list[RoleHolders]:
    """Return who holds each of the roles today in a municipality, or in the network (None)."""
    memberships = list(
        Membership.objects.active(on=timezone.localdate())
        .filter(municipality=municipality, role__in=roles, user__is_active=True)
        .select_related("user")
    )
    memberships.sort(key=lambda m: by_surname(m.user))
    return [RoleHolders(role, [m for m in memberships if m.role == role]) for role in roles]


def contact_addresses() -> list[ContactAddress]:
    """List the shared mailboxes of the scope's municipality (one query)."""
    return list(ContactAddress.objects.select_related("added_by").order_by("label", "pk"))


def users_in_role(*roles: Role, municipality: Municipality | None = None) -> list[User]:
    """List who holds one of the roles today in a municipality, or in the network (one query)."""
    rows = Membership.objects.active(on=timezone.localdate()).filter(
        municipality=municipality, role__in=roles, user__is_active=True
    )
    return list(
        {row.user_id: row.user for row in rows.select_related("user").order_by("pk")}.values()
    )


def candidates(membership: Membership) -> list[User]:
    """List who has an account in the place of a role and could take it over (one query)."""
    rows = Membership.objects.active(on=timezone.localdate()).filter(
        municipality=membership.municipality_id, user__is_active=True
    )
    others = rows.exclude(user=membership.user_id).select_related("user")
    return sorted({row.user for row in others}, key=by_surname)


def offered_to(membership: Membership, *, at: datetime) -> Invitation | None:
    """Return the open invitation by which a role passes on once it is accepted (one query)."""
    offered = Invitation.objects.unanswered().filter(hands_over=membership, expires_at__gt=at)
    return offered.first()


def lock_role(user: User, role: Role) -> bool:
    """Whether somebody holds a role today; it does not end before the transaction does."""
    rows = Membership.objects.active(on=timezone.localdate()).filter(user=user, role=role)
    return bool(rows.select_for_update(of=("self",), no_key=True))


def coordinators() -> list[User]:
    """List the coordinators of today (one query)."""
    return users_in_role(Role.COORDINATOR)


def coordinator_in_charge(of: User | None) -> User | None:
    """Return who answers for something: its own coordinator, else the first of today."""
    now = coordinators()
    return of if of in now else next(iter(now), None)


def pending_invitations(municipality: Municipality | None) -> QuerySet[Invitation]:
    """List the invitations of a municipality, or of the network, that nobody has answered."""
    waiting = Invitation.objects.unanswered().filter(municipality=municipality)
    return waiting.select_related("invited_by", "hands_over__user").order_by("-invited_at")


def invitations_by(membership: Membership) -> QuerySet[Invitation]:
    """List the unanswered invitations that the holder of a role has sent in its place."""
    return pending_invitations(membership.municipality).filter(invited_by=membership.user_id)


def is_last_contact(membership: Membership) -> bool:
    """Say whether nobody else would be contact person of the municipality."""
    return membership.role == Role.CONTACT and not _others_who_stay(membership).exists()


def is_last_coordinator(membership: Membership) -> bool:
    """Say whether nobody else would be coordinator of the network."""
    return membership.role == Role.COORDINATOR and not _others_who_stay(membership).exists()


def _others_who_stay(membership: Membership) -> QuerySet[Membership]:
    """Pick who else holds a role in its place, whose own has no end yet."""
    others = Membership.objects.active(on=timezone.localdate()).filter(
        municipality=membership.municipality_id,
        role=membership.role,
        user__is_active=True,
        ends_on__isnull=True,
    )
    return others.exclude(pk=membership.pk)


def invitation_state(invitation: Invitation | None, *, at: datetime) -> str:
    """Say in one word what an invitation's link is worth: open, unknown, used, withdrawn, expired."""
    if invitation is None:
        return "unknown"
    if invitation.used_at:
        return "used"
    if invitation.withdrawn_at:
        return "withdrawn"
    return "open" if invitation.is_open(at=at) else "expired"
