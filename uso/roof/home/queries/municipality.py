"""A municipality's start page: what is next, what waits for us, what the fee has given."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from analysis.models import Analysis
from analysis.rules import can_read_analysis
from events.models import Registration
from events.queries import Offer, coming_events
from events.rules import can_see_events
from municipalities.elections import elections_to_follow
from municipalities.enums import Role, Roles
from municipalities.models import Municipality, Person
from seasons.enums import BEFORE_THE_DECISION, EntitlementKind
from seasons.models import Participation, Season
from seasons.requests import current_of
from uso.ground.lib.dates import day
from uso.roof.home.todo import Todo
from workshops.enums import WorkshopState
from workshops.models import Workshop

SOON = timedelta(days=21)


@dataclass(frozen=True)
class Used:
    """One line of the ledger: what has been used of what the fee gives."""

    label: str
    used: int | str
    total: int | None
    url: str


@dataclass(frozen=True)
class MunicipalityHome:
    """Everything on a municipality's start page, as far as the reader's roles go."""

    sees_events: bool
    following: Offer | None
    todo: tuple[Todo, ...]
    ledger: tuple[Used, ...]
    analysis: Analysis | None


def municipality_home(
    municipality: Municipality, season: Season | None, roles: Roles, *, at: datetime
) -> MunicipalityHome:
    """Gather the start page in the municipality's scope."""
    offers = coming_events(municipality, at=at)
    published = Analysis.objects.published().defer("content").order_by("-published_at")
    analysis = published.select_related("season").first()
    sees_events = can_see_events(roles)
    return MunicipalityHome(
        sees_events=sees_events,
        following=offers[0] if offers and sees_events else None,
        todo=tuple(_todo(municipality, offers, at)) if Role.CONTACT in roles else (),
        ledger=tuple(_ledger(municipality, season, analysis, at)) if season else (),
        analysis=analysis if can_read_analysis(roles) else None,
    )


def current_and_undecided(*, on: date) -> tuple[Season | None, Season | None]:
    """Find the season of a day, and the published one that the municipality has to decide of.

    Needs its scope (one query).
    """
    waiting = Participation.objects.filter(season=OuterRef("pk"), state__in=BEFORE_THE_DECISION)
    seasons = list(Season.objects.order_by("-number").annotate(is_undecided=Exists(waiting)))
    open_ones = (each for each in seasons if not each.is_draft and not each.has_ended(on=on))
    undecided = next((each for each in open_ones if each.is_undecided), None)
    return current_of(seasons, on=on), undecided


def _todo(municipality: Municipality, offers: list[Offer], at: datetime) -> list[Todo]:
    slug = municipality.slug
    waiting = [
        Todo(
            _("%(event)s: registration ends, who is going?") % {"event": offer.event.title},
            until=offer.event.deadline_at,
            late=offer.event.deadline_at - at < timedelta(days=7),
            href=f"{reverse('events:grid', args=[slug])}#event-{offer.event.pk}",
            action=_("Choose"),
        )
        for offer in offers
        if offer.open and not offer.going and offer.event.deadline_at - at < SOON
    ]
    if not Person.objects.on_the_list().exists():
        waiting.insert(
            0,
            Todo(
                _("Your list of people is empty: add those who may take part."),
                href=reverse("people:list", args=[slug]),
                action=_("Add people"),
            ),
        )
    elif elections := elections_to_follow(municipality, on=timezone.localdate(at)):
        began = day(elections.term_began_on, weekday=False)
        waiting.append(
            Todo(
                _("The council's term changed on %(day)s: go through the elected officials.")
                % {"day": began},
                href=reverse("people:after_elections", args=[slug]),
                action=_("Go through"),
            )
        )
    return waiting


def _ledger(
    municipality: Municipality, season: Season, analysis: Analysis | None, at: datetime
) -> list[Used]:
    slug = municipality.slug
    taken_part = _events_taken_part_in(season, at)
    workshops = Workshop.objects.filter(season=season, state=WorkshopState.HELD).count()
    lines = []
    for entitlement in season.entitlements.select_related("season").order_by("position"):
        kind = entitlement.kind
        if kind == EntitlementKind.WORKSHOP:
            url = reverse("workshops:list", args=[slug])
            lines.append(Used(entitlement.name, workshops, entitlement.in_all, url))
        elif kind == EntitlementKind.ANALYSIS:
            done = _("ready") if analysis and analysis.season_id == season.pk else _("to come")
            url = reverse("analysis:overview", args=[slug])
            lines.append(Used(entitlement.name, done, None, url))
        elif entitlement.in_all:
            url = reverse("events:list", args=[slug])
            used = taken_part.get(kind, 0)
            lines.append(Used(entitlement.name, used, entitlement.in_all, url))
    return lines


def _events_taken_part_in(season: Season, at: datetime) -> dict[str, int]:
    rows = (
        Registration.objects.confirmed()
        .filter(event__season=season, event__starts_at__lte=at)
        .values_list("event__kind")
        .annotate(count=Count("event", distinct=True))
    )
    return dict(rows)
