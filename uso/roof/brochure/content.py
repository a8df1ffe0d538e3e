"""What a season's invitation says, in one language: the page and the PDF are drawn of the same.

Nothing is said that the season, its events and the catalogue of indicators do not hold. A part
without facts is empty, and left out by whoever draws it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from analysis.statistics.enums import IndicatorGroup
from analysis.statistics.models import Indicator
from events.enums import EventKind, EventState
from events.models import Event
from seasons.enums import EntitlementKind
from seasons.facts import season_is_made_up
from seasons.models import FeeTier, Phase, Season
from seasons.presenting import (
    NetworkFigures,
    PackageLine,
    network_figures,
    package_lines,
    terms_of_fee,
    the_network,
)
from uso.ground.lib.dates import day, span
from uso.ground.lib.languages import LANGUAGES
from uso.ground.lib.money import cents_of, euros
from uso.roof.brochure.gathering import SeasonRows


@dataclass(frozen=True, slots=True)
class EarlierSeason:
    """A season that has been: its years and its lead theme, or its name where that is not known."""

    years: str
    theme: str


@dataclass(frozen=True, slots=True)
class ThemeText:
    """A theme with its topics."""

    name: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventText:
    """An event of the programme; its day only once it is published."""

    kind: str
    title: str
    day: str


@dataclass(frozen=True, slots=True)
class PhaseText:
    """A phase with its focus, line by line, and its events."""

    name: str
    dates: str
    focus: tuple[str, ...]
    events: tuple[EventText, ...]


@dataclass(frozen=True, slots=True)
class IndicatorsOfGroup:
    """Indicators of one group of the situation analysis, and who publishes them."""

    name: str
    indicators: tuple[str, ...]
    publishers: str


@dataclass(frozen=True, slots=True)
class FeeText:
    """The fee of one tier; empty where it is not known."""

    limits: str
    fee: str


@dataclass(frozen=True, slots=True)
class ContactText:
    """Somebody who answers questions."""

    name: str
    title: str
    organisation: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class Brochure:
    """A season as its invitation tells it, in one language."""

    language: str
    number: int
    name: str
    years: str
    theme: str
    is_draft: bool
    caution: str
    dates_made_up: bool
    background: tuple[str, ...]
    about: str
    network: NetworkFigures | None
    earlier: tuple[EarlierSeason, ...]
    themes: tuple[ThemeText, ...]
    phases: tuple[PhaseText, ...]
    unphased: tuple[EventText, ...]
    shared: tuple[PackageLine, ...]
    own: tuple[PackageLine, ...]
    has_analysis: bool
    has_workshops: bool
    workshop_themes: tuple[str, ...]
    indicators: tuple[IndicatorsOfGroup, ...]
    fees: tuple[FeeText, ...]
    fee_span: str
    terms: tuple[str, ...]
    contacts: tuple[ContactText, ...]

    @property
    def title(self) -> str:
        """The lead theme, or the season's name where it has none."""
        return self.theme or self.name

    @property
    def has_fees(self) -> bool:
        """Whether anything is known of the fee."""
        return bool(self.fees or self.fee_span)


def write(rows: SeasonRows, language: str) -> Brochure:
    """Write what a season's invitation says.

    Parameters
    ----------
    language
        `fi`, `sv` or `en`; what the season does not say in it is in Finnish.
    """
    with translation.override(language):
        return _brochure(rows, language)


def _brochure(rows: SeasonRows, language: str) -> Brochure:
    season = rows.season
    kinds = {row.kind for row in rows.content.package}
    has_analysis = EntitlementKind.ANALYSIS in kinds
    return Brochure(
        language=language,
        number=season.number,
        name=str(season),
        years=season.years,
        theme=season.theme,
        is_draft=season.is_draft,
        caution=_caution(season),
        dates_made_up=settings.DEMO,
        background=tuple(season.background),
        about=the_network(),
        network=network_figures(season),
        earlier=tuple(EarlierSeason(each.years, each.theme or str(each)) for each in rows.earlier),
        themes=tuple(ThemeText(each.name, tuple(each.topics)) for each in rows.content.themes),
        phases=tuple(_phase(phase, rows.events) for phase in rows.content.phases),
        unphased=tuple(_event(each) for each in rows.events if each.phase_id is None),
        shared=package_lines(row for row in rows.content.package if not row.for_each_municipality),
        own=package_lines(row for row in rows.content.package if row.for_each_municipality),
        has_analysis=has_analysis,
        has_workshops=EntitlementKind.WORKSHOP in kinds,
        workshop_themes=tuple(each.name for each in rows.content.workshop_themes),
        indicators=_indicators(rows.indicators) if has_analysis else (),
        fees=tuple(_fee(tier) for tier in rows.content.tiers),
        fee_span="" if rows.content.tiers else _span(season),
        terms=tuple(terms_of_fee(season)) if rows.content.tiers or season.fee_low_eur else (),
        contacts=tuple(
            ContactText(each.name, each.title, each.organisation, each.email, each.phone)
            for each in rows.content.contacts
        ),
    )


def _caution(season: Season) -> str:
    """Say of the demonstration's season what of it is made up."""
    if season_is_made_up(season):
        return _("Demonstration: the season is made up.")
    return _("Demonstration: the days of the events are made up.") if settings.DEMO else ""


def _phase(phase: Phase, events: Sequence[Event]) -> PhaseText:
    return PhaseText(
        name=phase.name,
        dates=span(phase.starts_on, phase.ends_on, weekday=False),
        focus=tuple(line for line in phase.focus.splitlines() if line.strip()),
        events=tuple(_event(each) for each in events if each.phase_id == phase.pk),
    )


def _event(event: Event) -> EventText:
    is_known = event.state == EventState.PUBLISHED and event.starts_at is not None
    return EventText(
        kind=_kind_beside(event),
        title=event.title,
        day=day(event.starts_at) if is_known and event.starts_at else "",
    )


def _kind_beside(event: Event) -> str:
    """Name the kind of an event whose title does not begin with it."""
    kind = str(EventKind(event.kind).label)
    if event.kind == EventKind.OTHER or _first_word(kind) in _first_word(event.title):
        return ""
    return f"{kind} {event.position}" if event.position else kind


def _first_word(words: str) -> str:
    return (words.split() or [""])[0].casefold()


def _indicators(rows: Iterable[Indicator]) -> tuple[IndicatorsOfGroup, ...]:
    """Gather the indicators by group; they come in the order of the groups.

    Two classifications of one subject, told apart by what is in brackets, are one to the reader.
    """
    found = []
    for group, members in groupby(rows, key=lambda each: each.group):
        of_group = list(members)
        names = dict.fromkeys(each.name.partition(" (")[0] for each in of_group)
        publishers = dict.fromkeys(each.source.publisher for each in of_group)
        found.append(
            IndicatorsOfGroup(str(IndicatorGroup(group).label), tuple(names), ", ".join(publishers))
        )
    return tuple(found)


def _fee(tier: FeeTier) -> FeeText:
    fee = tier.annual_fee_eur
    return FeeText(tier.limits, "" if fee is None else euros(fee, cents_of(fee)))


def _span(season: Season) -> str:
    low, high = season.fee_low_eur, season.fee_high_eur
    if low is None:
        return ""
    ends = [each for each in (low, high) if each is not None]
    return " – ".join(euros(each, cents_of(each)) for each in dict.fromkeys(ends))


def languages_of(rows: SeasonRows) -> list[str]:
    """List the languages in which the season is written: Finnish, and those that name what it is about."""
    named = [rows.season, *rows.content.themes]
    return [
        language
        for language in LANGUAGES
        if language == "fi"
        or any(
            getattr(each, f"theme_{language}", "") or getattr(each, f"name_{language}", "")
            for each in named
        )
    ]
