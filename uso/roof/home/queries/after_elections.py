"""Who may have left after municipal elections, and what ends with them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Registration
from municipalities.actions import warning_of_end
from municipalities.enums import Group, Role
from municipalities.models import Membership, Municipality, Person, User
from municipalities.queries import distinct_names, role_holders
from uso.ground.lib.drawn import Facts, in_words
from uso.ground.lib.order import by_surname


@dataclass(frozen=True)
class Official:
    """An elected official on the list, and to how many events ahead they are registered."""

    person: Person
    name: str
    registrations: int

    @property
    def key(self) -> str:
        """What the choice is called in the form."""
        return f"person-{self.person.pk}"

    @property
    def registrations_in_words(self) -> str:
        """How many registrations are withdrawn with them."""
        return ngettext("%(count)d registration", "%(count)d registrations", self.registrations) % {
            "count": self.registrations
        }


@dataclass(frozen=True)
class Leader:
    """Somebody with a leader's role, and what to think of before it ends."""

    membership: Membership
    warning: str

    @property
    def key(self) -> str:
        """What the choice is called in the form."""
        return f"membership-{self.membership.pk}"


@dataclass(frozen=True)
class WhoMayLeave:
    """Elected officials and leaders: all of a municipality, or those chosen of them."""

    officials: tuple[Official, ...]
    leaders: tuple[Leader, ...]

    def __bool__(self) -> bool:
        return bool(self.officials or self.leaders)

    def of(self, keys: Iterable[str]) -> "WhoMayLeave":
        """Pick some of them."""
        picked = set(keys)
        return WhoMayLeave(
            tuple(each for each in self.officials if each.key in picked),
            tuple(each for each in self.leaders if each.key in picked),
        )

    @property
    def keys(self) -> list[str]:
        """What their choices are called in the form."""
        return [each.key for each in (*self.officials, *self.leaders)]

    @property
    def registrations(self) -> int:
        """How many registrations ahead they have together."""
        return sum(each.registrations for each in self.officials)

    @property
    def unreachable(self) -> list[Person]:
        """Who has registrations ahead and no address: somebody has to tell them."""
        return [
            each.person for each in self.officials if each.registrations and not each.person.email
        ]

    @property
    def in_words(self) -> Facts:
        """Who they are and what ends with them, as the page's form carries it."""
        people = {each.name: each.registrations_in_words for each in self.officials}
        role = _("%(name)s, municipal leader")
        roles = {
            role % {"name": _named(each.membership.user)}: in_words(each.warning)
            for each in self.leaders
        }
        return people | roles


def _named(user: User) -> str:
    return f"{user.name} ({user.email})"


def who_may_leave(municipality: Municipality, *, by: User, at: datetime) -> WhoMayLeave:
    """List the elected officials on the list and the leaders, by name (three queries)."""
    people = Person.objects.on_the_list().filter(municipality=municipality, group=Group.ELECTED)
    elected = sorted(people, key=by_surname)
    names = distinct_names(elected)
    ahead = Registration.objects.ahead(at=at).filter(municipality=municipality)
    counts = Counter(ahead.order_by().values_list("person_id", flat=True))
    [leaders] = role_holders(municipality, roles=[Role.LEADER])
    return WhoMayLeave(
        tuple(Official(each, names[each.pk], counts[each.pk]) for each in elected),
        tuple(Leader(each, warning_of_end(each, by=by)) for each in leaders.memberships),
    )


def lock_who_may_leave(
    municipality: Municipality, keys: Iterable[str], *, by: User, at: datetime
) -> WhoMayLeave:
    """Return those of the keys who may still leave, locked: people first, then roles, as others lock them."""
    picked = set(keys)
    seen = who_may_leave(municipality, by=by, at=at).of(picked)
    people = Person.objects.filter(pk__in=[each.person.pk for each in seen.officials])
    list(people.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk"))
    if seen.leaders:
        # All of them, as whoever ends one role locks them.
        roles = Membership.objects.active(on=timezone.localdate(at)).filter(
            role=Role.LEADER, municipality=municipality
        )
        list(roles.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk"))
    return who_may_leave(municipality, by=by, at=at).of(picked)


def roles_that_stay(
    municipality: Municipality, leaving: WhoMayLeave, *, at: datetime
) -> list[Membership]:
    """List the roles of the people who leave that were not chosen (one query): they go on."""
    emails = {each.person.email.lower() for each in leaving.officials if each.person.email}
    ending = {each.membership.pk for each in leaving.leaders}
    roles = Membership.objects.active(on=timezone.localdate(at)).filter(municipality=municipality)
    rows = roles.select_related("user").order_by("pk")
    return [row for row in rows if row.user.email.lower() in emails and row.pk not in ending]
