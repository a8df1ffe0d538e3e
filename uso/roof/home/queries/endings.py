"""What hangs on a thing that is about to end, over the apps."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from analysis.enums import AnalysisState
from analysis.models import Analysis, ExpertAssignment
from billing.models import Invoice
from events.models import Registration
from municipalities.enums import Role
from municipalities.models import Membership, Person, User
from municipalities.queries import users_in_role
from seasons.enums import TAKING_PART
from seasons.models import Participation
from uso.ground.lib.order import by_surname
from uso.ground.tenancy.crossing import across_municipalities
from workshops.models import Workshop
from workshops.queries import open_workshops


def unfinished_analyses(membership: Membership) -> list[ExpertAssignment]:
    """List the analyses an expert was given and has not noted as ready; none of another role."""
    if membership.role != Role.EXPERT:
        return []
    with across_municipalities(reason="an expert has analyses of several municipalities"):
        rows = ExpertAssignment.objects.filter(expert=membership.user, ready_at__isnull=True)
        return list(rows.select_related("municipality", "season").order_by("pk"))


def registrations_ahead_of(person: Person, *, at: datetime) -> list[Registration]:
    """List the events ahead that somebody is registered to, soonest first; in their scope."""
    rows = Registration.objects.ahead(at=at).filter(person=person).select_related("event")
    return list(rows.order_by("event__starts_at", "pk"))


def roles_of(person: Person) -> list[Membership]:
    """List the roles that the person's address has in the municipality: they go on."""
    if not person.email:
        return []
    rows = Membership.objects.active(on=timezone.localdate())
    return list(rows.filter(municipality=person.municipality_id, user__email__iexact=person.email))


@dataclass(frozen=True)
class HangingOnParticipation:
    """What ends with a municipality's place in a season, what stays, and who reads of it."""

    registrations: list[Registration]
    workshops: list[Workshop]
    drafts: list[Invoice]
    editions: int
    readers: list[User]

    @property
    def people(self) -> list[Person]:
        """Who is registered to something ahead, each once, by name."""
        found = {row.person_id: row.person for row in self.registrations}
        return sorted(found.values(), key=by_surname)

    @property
    def events(self) -> int:
        """How many events they are registered to."""
        return len({row.event_id for row in self.registrations})

    @property
    def unreachable(self) -> list[Person]:
        """Who of them has no address: somebody has to tell them."""
        return [person for person in self.people if not person.email]


def hanging_on_participation(
    participation: Participation, *, at: datetime
) -> HangingOnParticipation:
    """Gather what hangs on a municipality's place in a season (five queries)."""
    place, season = participation.municipality, participation.season
    took_part = participation.state in TAKING_PART
    with across_municipalities(reason="a coordinator asks what ends with a participation"):
        ahead = Registration.objects.ahead(at=at).filter(municipality=place, event__season=season)
        unpublished = Analysis.objects.filter(municipality=place, season=season).exclude(
            state=AnalysisState.PUBLISHED
        )
        return HangingOnParticipation(
            registrations=list(ahead.select_related("person")),
            workshops=list(open_workshops(participation)),
            drafts=list(Invoice.objects.drafts().filter(participation=participation)),
            editions=unpublished.count(),
            readers=users_in_role(Role.CONTACT, municipality=place) if took_part else [],
        )
