"""A part of a season in words, as its readers see it, and what has changed between two states."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from django.forms.models import model_to_dict
from django.utils import translation
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from seasons.content import TABLES
from seasons.enums import SeasonPart
from seasons.models import Entitlement, FeeTier, Phase, Season, SeasonContact, Theme, WorkshopTheme
from uso.ground.lib.dates import span
from uso.ground.lib.drawn import Facts, fingerprint, in_words
from uso.ground.lib.languages import LANGUAGES
from uso.ground.lib.money import euros

NOTHING: Final = "–"
TERMS: Final[Mapping[str, Any]] = {
    "population_year": gettext_lazy("Year of the population that decides the fee"),
    "vat_on_top": gettext_lazy("VAT comes on top of the fee"),
    "travel_on_top": gettext_lazy("Experts' travel costs come on top, at actual cost"),
    "billing_months": gettext_lazy("Months in which the year's fee is billed"),
    "late_joining": gettext_lazy("The first year's fee of who joins late"),
}
"""What the terms of the fee are called. A stranger reads them as sentences (`brochure/content.py`)."""


@dataclass(frozen=True)
class Line:
    """One thing a part says: what it is about, and the words."""

    what: str
    words: str


Words: TypeAlias = Mapping[str, Line]
"""Lines by what stays the same when their words change: a field, or the key of a row and a field."""
Change: TypeAlias = list[str]
"""What it is about, as it was, as it is."""


def in_all_languages(season: Season, part: SeasonPart, rows: Iterable[Any]) -> dict[str, Words]:
    """Say a part with its rows in each language."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = words_of(season, part, rows)
    return found


def words_of(season: Season, part: SeasonPart, rows: Iterable[Any]) -> Words:
    """Say a part in the active language."""
    if part == SeasonPart.BASICS:
        return _basics(season)
    if part == SeasonPart.TERMS:
        return _terms(season)
    return {
        f"{row.pk}.{n}": line for row in rows for n, line in enumerate(_LINES_OF_ROW[part](row))
    }


def changes_between(before: Words, now: Words) -> list[Change]:
    """List what differs between two states of a part, in the order in which it is read."""
    changes = [
        [line.what, before[key].words if key in before else NOTHING, line.words]
        for key, line in now.items()
        if key not in before or before[key].words != line.words
    ]
    changes += [[line.what, line.words, NOTHING] for key, line in before.items() if key not in now]
    was = [key for key in before if key in now]
    order = [key for key in now if key in before]
    if was != order:
        changes.append([_("Order"), _first_lines(before, was), _first_lines(now, order)])
    return changes


def _first_lines(words: Words, keys: Iterable[str]) -> str:
    return "; ".join(words[key].words for key in keys if key.endswith(".0"))


def facts_of_part(season: Season, part: SeasonPart, rows: Iterable[Any]) -> Facts:
    """Return what a form of a part with its rows is drawn for: all it shows, in each language."""
    facts = {_("State"): str(season.get_state_display())}
    if part not in TABLES:
        lines = words_of(season, part, ())
        facts |= {line.what: in_words(line.words) for line in lines.values()}
    if part == SeasonPart.BASICS:
        names = ("theme_sv", "theme_en", "background_sv", "background_en")
        texts = [getattr(season, name) for name in names]
        facts[_("Words in Swedish and English")] = fingerprint(repr(texts))
        facts[_("Years")] = f"{season}, {season.years}"
    if part == SeasonPart.FEES:
        facts |= {line.what: line.words for row in rows for line in _tier(row)}
    elif part in TABLES:
        for n, row in enumerate(rows, start=1):
            facts[f"{n}. {row.name}"] = fingerprint(repr(sorted(model_to_dict(row).items())))
    return facts


def shared_by(row: Entitlement) -> str:
    """Say whether each municipality gets a line of the package for itself."""
    return _("for each municipality") if row.for_each_municipality else _("shared by all")


def amount(row: Entitlement) -> str:
    """Say how many a line of the package gives; empty where no number was promised."""
    if row.ongoing:
        return _("through the whole season")
    if row.quantity is None:
        return ""
    if row.yearly:
        return _("%(count)s a year") % {"count": row.quantity}
    return str(row.quantity)


def billing_months(season: Season) -> str:
    """Name the months in which a year's fee is billed."""
    return ", ".join(str(MONTHS[month]) for month in season.billing_months)


def _basics(season: Season) -> Words:
    return {
        "theme": Line(_("Lead theme"), season.theme or NOTHING),
        "background": Line(_("Why now"), "; ".join(season.background) or NOTHING),
    }


def _terms(season: Season) -> Words:
    late = season.get_late_joining_display() if season.late_joining else NOTHING
    words = {
        "population_year": in_words(season.population_year),
        "vat_on_top": in_words(season.vat_on_top),
        "travel_on_top": in_words(season.travel_on_top),
        "billing_months": billing_months(season) or NOTHING,
        "late_joining": str(late),
    }
    return {name: Line(str(TERMS[name]), words[name]) for name in TERMS}


def _theme(row: Theme) -> list[Line]:
    return [
        Line(_("Theme"), row.name),
        Line(_("Topics of “%(theme)s”") % {"theme": row.name}, "; ".join(row.topics) or NOTHING),
    ]


def _phase(row: Phase) -> list[Line]:
    dates = span(row.starts_on, row.ends_on, weekday=False)
    focus = "; ".join(row.focus.splitlines())
    return [
        Line(_("Phase"), f"{row.name}, {dates}"),
        Line(_("Focus of “%(phase)s”") % {"phase": row.name}, focus or NOTHING),
    ]


def _entitlement(row: Entitlement) -> list[Line]:
    parts = (row.name, amount(row), shared_by(row))
    return [Line(str(row.get_kind_display()), ", ".join(filter(None, parts)))]


def _tier(row: FeeTier) -> list[Line]:
    fee = _("not known") if row.annual_fee_eur is None else euros(row.annual_fee_eur)
    return [Line(row.limits, fee)]


def _workshop_theme(row: WorkshopTheme) -> list[Line]:
    return [Line(_("Subject offered for workshops"), row.name)]


def _contact(row: SeasonContact) -> list[Line]:
    parts = (row.name, row.title, row.organisation, row.email, row.phone)
    return [Line(_("Contact"), ", ".join(filter(None, parts)))]


_LINES_OF_ROW: Final[Mapping[SeasonPart, Callable[[Any], list[Line]]]] = {
    SeasonPart.THEMES: _theme,
    SeasonPart.PHASES: _phase,
    SeasonPart.PACKAGE: _entitlement,
    SeasonPart.FEES: _tier,
    SeasonPart.WORKSHOP_THEMES: _workshop_theme,
    SeasonPart.CONTACTS: _contact,
}
