"""What a season has and lacks before it is published: what must be there, and what should."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from seasons.content import SeasonContent
from seasons.enums import SeasonPart
from seasons.models import Season
from seasons.pricing import first_gap
from seasons.wording import TERMS
from uso.ground.lib.dates import span
from uso.ground.lib.money import number

Part = SeasonPart


@dataclass(frozen=True)
class Check:
    """One thing a season should have, the part it stands in, and what is missing of it.

    A season that lacks what it `must` have cannot be published.
    """

    part: SeasonPart
    label: str
    missing: str
    must: bool = False

    @property
    def done(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def checks_of(content: SeasonContent) -> list[Check]:
    """Say what a season has and lacks: first what it must have, then what it should."""
    found = [*musts(content), *_basics(content), *_lists(content), *_terms(content.season)]
    return [*found, *_swedish(content)]


def lacking(checks: list[Check]) -> list[Check]:
    """Leave what is missing alone."""
    return [check for check in checks if not check.done]


def musts(content: SeasonContent) -> Iterator[Check]:
    """Say of each thing without which a season is not published whether it is there."""
    gap = first_gap(content.tiers)
    unpriced = [tier.limits for tier in content.tiers if tier.annual_fee_eur is None]
    no_fees = "" if content.tiers else _("No tiers")
    yield Check(
        Part.FEES,
        _("Fee tiers cover every population"),
        "" if gap is None else name_gap(*gap),
        must=True,
    )
    yield Check(Part.FEES, _("Each tier has its fee"), ", ".join(unpriced) or no_fees, must=True)
    yield Check(
        Part.PACKAGE,
        _("Content of the package"),
        "" if content.package else _("Not listed"),
        must=True,
    )


def _basics(content: SeasonContent) -> Iterator[Check]:
    season = content.season
    yield Check(Part.BASICS, _("Lead theme"), "" if season.theme_fi else _("Not named"))
    yield Check(Part.BASICS, _("Why now"), "" if season.background_fi else _("Not written"))
    yield Check(Part.THEMES, _("Themes"), "" if content.themes else _("Not listed"))
    yield Check(Part.PHASES, _("Phases"), "; ".join(phase_faults(content)))


def _lists(content: SeasonContent) -> Iterator[Check]:
    offered = "" if content.workshop_themes else _("Not listed")
    yield Check(Part.WORKSHOP_THEMES, _("Subjects offered for workshops"), offered)
    yield Check(Part.CONTACTS, _("Contacts"), "" if content.contacts else _("Nobody is named"))


def _terms(season: Season) -> Iterator[Check]:
    for name in ("population_year", "billing_months", "late_joining"):
        missing = "" if getattr(season, name) else _("Not chosen")
        yield Check(Part.TERMS, str(TERMS[name]), missing)


def _swedish(content: SeasonContent) -> Iterator[Check]:
    """Name each part that has Finnish words without Swedish ones."""
    written = {Part.BASICS: [content.season], **content.rows}
    complete = True
    for part, rows in written.items():
        if missing := sum(_lacks_swedish(row, name) for row in rows for name in _texts_of(row)):
            complete = False
            label = _("Swedish words: %(part)s") % {"part": part.label}
            yield Check(part, label, _("%(count)d missing") % {"count": missing})
    if complete:
        yield Check(Part.BASICS, _("Swedish words"), "")


def _texts_of(row: Any) -> list[str]:
    names = (field.name for field in row._meta.concrete_fields)
    return [name.removesuffix("_sv") for name in names if name.endswith("_sv")]


def _lacks_swedish(row: Any, name: str) -> bool:
    return bool(getattr(row, f"{name}_fi")) and not getattr(row, f"{name}_sv")


def phase_faults(content: SeasonContent) -> list[str]:
    """Say which days of the season belong to no phase, and which phases are outside it."""
    season, phases = content.season, sorted(content.phases, key=lambda phase: phase.starts_on)
    if not phases:
        return [_("Not listed")]
    faults = [
        _("%(phase)s is outside the season %(years)s")
        % {"phase": phase.name, "years": season.years}
        for phase in phases
        if phase.starts_on < season.first_day or phase.ends_on > season.last_day
    ]
    free = season.first_day
    for phase in phases:
        if phase.starts_on > free:
            faults.append(_days_without(free, phase.starts_on - timedelta(days=1)))
        free = max(free, phase.ends_on + timedelta(days=1))
    if free <= season.last_day:
        faults.append(_days_without(free, season.last_day))
    return faults


def _days_without(first: date, last: date) -> str:
    return _("%(days)s belongs to no phase") % {"days": span(first, last, weekday=False)}


def name_gap(first: int, last: int | None) -> str:
    """Name the populations that no tier covers."""
    if last is None:
        return _("Above %(last)s inhabitants is missing") % {"last": number(first - 1)}
    return _("%(first)s–%(last)s inhabitants is missing") % {
        "first": number(first),
        "last": number(last),
    }
