"""What hangs on a thing that is about to end, over the apps."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analysis.enums import AnalysisState
from analysis.models import Analysis, ExpertAssignment
from billing.models import Invoice
from events.models import Registration
from municipalities.enums import Role
from municipalities.models import Membership, Person, User
from municipalities.queries import users_in_role
from seasons.enums import TAKING_PART
from seasons.models import Participation
from seasons.queries import lock_participation
from uso.ground.lib.drawn import Facts, in_words
from uso.ground.lib.order import by_surname
from uso.ground.tenancy.crossing import across_municipalities
from workshops.enums import WorkshopState
from workshops.models import Workshop
from workshops.queries import days_in_calendar, open_workshops

# Who gets the day of a workshop: contact persons, and coordinators who wished for one of theirs.
CONCERNED_BY_DAYS = (Role.CONTACT, Role.COORDINATOR)


def unfinished_analyses(membership: Membership) -> list[ExpertAssignment]:
    """List the analyses an expert was given and has not noted as ready; none of another role."""
    if membership.role != Role.EXPERT:
        return []
    with across_municipalities(reason="an expert has analyses of several municipalities"):
        rows = ExpertAssignment.objects.filter(
            expert=membership.user, ready_at__isnull=True, municipality__merged_on__isnull=True
        )
        return list(rows.select_related("municipality", "season").order_by("pk"))


def days_ahead_of(membership: Membership, *, on: date) -> list[Workshop]:
    """List the agreed days of workshops that leave the calendar of whose role ends.

    They stay with who still is contact person there, or coordinator, by another role.
    """
    if membership.role not in CONCERNED_BY_DAYS:
        return []
    roles = Membership.objects.of(membership.user, on=on).filter(role__in=CONCERNED_BY_DAYS)
    staying = list(roles.exclude(pk=membership.pk))
    if any(role.role == Role.COORDINATOR for role in staying):
        return []
    places = {role.municipality_id for role in staying}
    days = days_in_calendar(membership.user, membership.municipality, on=on)
    return [day for day in days if day.municipality_id not in places]


@dataclass(frozen=True)
class Waiting:
    """What waits for the holder of a role."""

    steps: list[Participation]
    analyses: list[ExpertAssignment]
    days: list[Workshop]

    @property
    def in_words(self) -> Facts:
        """What moves, as a page shows it and its form carries it."""
        listed = {
            _("Next steps towards joining"): [
                f"{row.municipality.name}, {row.season}" for row in self.steps
            ],
            _("Unfinished situation analyses"): [
                f"{row.municipality.name}, {row.season}" for row in self.analyses
            ],
            _("Agreed workshop days"): [
                f"{row.municipality.name}: {row.topic}" for row in self.days
            ],
        }
        return {words: ", ".join(rows) for words, rows in listed.items() if rows}


def waiting_for(membership: Membership, *, on: date) -> Waiting:
    """Gather what waits for the holder of a role because of it."""
    return Waiting(
        steps=steps_of(membership, on),
        analyses=unfinished_analyses(membership),
        days=days_ahead_of(membership, on=on),
    )


def steps_of(membership: Membership, on: date) -> list[Participation]:
    """List the municipalities a coordinator is in charge of, in seasons that have not ended."""
    if membership.role != Role.COORDINATOR:
        return []
    with across_municipalities(reason="a coordinator is in charge of municipalities"):
        rows = Participation.objects.filter(
            owner=membership.user_id,
            season__last_year__gte=on.year,
            municipality__merged_on__isnull=True,
        )
        return list(rows.select_related("municipality", "season").order_by("season", "pk"))


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


def ends_with_person(person: Person, *, at: datetime) -> Facts:
    """Say what a person taken off the list loses, with the person locked; in their scope."""
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    return registrations_in_words(registrations_ahead_of(person, at=at))


def registrations_in_words(registrations: list[Registration]) -> Facts:
    """Say to which events somebody is registered, as a page's form carries it."""
    return {row.event.title: in_words(row.event.starts_at) for row in registrations}


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
    def in_words(self) -> Facts:
        """What ends, as the page's form carries it."""
        workshops = {
            f"{each.slot}. {each.topic}": in_words(each.planned_on) for each in self.workshops
        }
        counts = Counter(row.person.name for row in self.registrations)
        return workshops | {
            name: ngettext("%(count)d registration", "%(count)d registrations", count)
            % {"count": count}
            for name, count in counts.items()
        }

    @property
    def unreachable(self) -> list[Person]:
        """Who of them has no address: somebody has to tell them."""
        return [person for person in self.people if not person.email]


def ends_with_participation(participation: Participation, *, at: datetime) -> Facts:
    """Say what ends with a participation, with it locked."""
    with across_municipalities(reason="nothing is added to a participation that ends"):
        locked = lock_participation(participation)
    return hanging_on_participation(locked, at=at).in_words


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


def stays_of_participation(participation: Participation, *, at: datetime) -> list[str]:
    """Say what there is that stays when a participation ends (one query)."""
    place, season = participation.municipality, participation.season
    here = {"municipality": place, "season": season}
    past = Registration.objects.confirmed().filter(
        municipality=place, event__season=season, event__starts_at__lte=at
    )
    held = Workshop.objects.filter(**here, state=WorkshopState.HELD)
    published = Analysis.objects.filter(**here, state=AnalysisState.PUBLISHED)
    people = Person.objects.filter(municipality=place)
    roles = Membership.objects.active(on=timezone.localdate(at)).filter(municipality=place)
    with across_municipalities(reason="a coordinator asks what stays of a participation"):
        found = (
            Participation.objects.filter(pk=participation.pk)
            .values(
                past=Exists(past),
                held=Exists(held),
                published=Exists(published),
                people=Exists(people),
                roles=Exists(roles),
            )
            .get()
        )
    there_is = {
        _("The history of its stages, with the days."): True,
        _("The decision to join."): participation.decided_on is not None,
        _("The confirmed fee."): participation.confirmed_at is not None,
        _("Past events."): found["past"],
        _("Workshops held."): found["held"],
        _("Published analyses."): found["published"],
        _("The list of people."): found["people"],
        _("The roles in the municipality."): found["roles"],
    }
    return [words for words, is_there in there_is.items() if is_there]
