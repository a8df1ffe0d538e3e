"""Two seasons side by side: what is the same, what has changed, what is not known. Pure.

Changes are read from the earlier season to the later. What a season's documents leave open is not
known, which is no change.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeVar

from django.db.backends.postgresql.psycopg_any import NumericRange
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from seasons.content import SeasonContent
from seasons.enums import SeasonPart
from seasons.facts import made_up_terms
from seasons.models import Entitlement, FeeTier, Phase, Season, Theme
from seasons.moving import moved_day, moved_words
from seasons.pricing import tier_for
from seasons.wording import TERMS, amount, billing_months, shared_by
from uso.ground.lib.dates import span
from uso.ground.lib.money import cents_of, euros, euros_between

T = TypeVar("T")
Part = SeasonPart


class Mark(StrEnum):
    """How a row differs; its look is that of a tag."""

    SAME = "same"
    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"
    UNKNOWN = "unknown"

    @property
    def kind(self) -> str:
        """Look of its tag."""
        return {Mark.NEW: "good", Mark.GONE: "bad", Mark.CHANGED: "wait"}.get(self, "")

    @property
    def icon(self) -> str:
        """Icon of its tag, where the look's own says another thing."""
        return "arrow" if self == Mark.CHANGED else ""


@dataclass(frozen=True)
class ComparedRow:
    """One thing in two seasons.

    Parameters
    ----------
    earlier, later
        Its lines; none where the season does not have it.
    words
        Of the mark: `5 → 6`.
    """

    label: str
    earlier: Sequence[str]
    later: Sequence[str]
    mark: Mark
    words: str


@dataclass(frozen=True)
class Topic:
    """The rows of one part of the seasons; `remark` says what no row does where none differs."""

    title: str
    rows: Sequence[ComparedRow] = field(default_factory=list)
    remark: str = ""

    @property
    def differing(self) -> list[ComparedRow]:
        """The rows that are not the same."""
        return [row for row in self.rows if row.mark != Mark.SAME]


def compare(earlier: SeasonContent, later: SeasonContent) -> list[Topic]:
    """Lay the parts of two seasons side by side."""
    return [
        Topic(_title(part), rows(earlier, later), _remark(part, earlier.season, later.season))
        for part, rows in _ROWS_OF_PART.items()
    ]


def _title(part: SeasonPart) -> str:
    return _("Why now") if part == Part.BASICS else str(part.label)  # the lead theme is a theme


def _remark(part: SeasonPart, earlier: Season, later: Season) -> str:
    return _moved(earlier, later) if part == Part.PHASES else ""


def _row(
    label: str,
    earlier: Sequence[str],
    later: Sequence[str],
    *,
    same: bool,
    words: str = "",
    known: bool = True,
    unknown: str = "",
) -> ComparedRow:
    """Mark a row: of what is not known nothing is said, of what one side lacks that it is new or gone."""
    if not known:
        mark, said = Mark.UNKNOWN, unknown or _("not known")
    elif earlier and later:
        mark = Mark.SAME if same else Mark.CHANGED
        said = _("the same") if same else words or _("changed")
    else:
        mark, said = (Mark.NEW, _("new")) if later else (Mark.GONE, _("gone"))
    return ComparedRow(label, earlier, later, mark, said)


# -- The package -----------------------------------------------------------------------------------


def _package(earlier: SeasonContent, later: SeasonContent) -> list[ComparedRow]:
    ours, theirs = ({row.kind: row for row in each.package} for each in (earlier, later))
    kinds = dict.fromkeys([*theirs, *ours])
    known = bool(ours and theirs)
    return [_line(ours.get(kind), theirs.get(kind), known=known) for kind in kinds]


def _line(earlier: Entitlement | None, later: Entitlement | None, *, known: bool) -> ComparedRow:
    either = later or earlier
    assert either is not None  # noqa: S101 -- the kind is of one of them
    words = ""
    if earlier and later:
        words = _change_of_line(earlier, later)
    return _row(
        str(either.get_kind_display()),
        _lines_of(earlier),
        _lines_of(later),
        same=not words,
        words=words,
        known=known,
    )


def _change_of_line(earlier: Entitlement, later: Entitlement) -> str:
    if earlier.in_all != later.in_all:
        counts = [_("no number") if n is None else str(n) for n in (earlier.in_all, later.in_all)]
        return " → ".join(counts)
    if earlier.for_each_municipality != later.for_each_municipality:
        return _("for whom")
    if (earlier.name_fi, earlier.yearly) != (later.name_fi, later.yearly):
        return _("other words")
    return ""


def _lines_of(line: Entitlement | None) -> list[str]:
    if line is None:
        return []
    return [line.name, ", ".join(filter(None, (_count(line), shared_by(line))))]


def _count(line: Entitlement) -> str:
    """Say how many the whole season holds, so that a number a year can be compared with one in all."""
    if line.quantity is None:
        return amount(line)
    if line.yearly:
        words = _("%(yearly)s a year = %(in_all)s in all")
        return words % {"yearly": line.quantity, "in_all": line.in_all}
    return _("%(in_all)s in all") % {"in_all": line.quantity}


# -- Fees ------------------------------------------------------------------------------------------


def _fees(earlier: SeasonContent, later: SeasonContent) -> list[ComparedRow]:
    tiers = [*earlier.tiers, *later.tiers]
    starts = sorted({tier.lower for tier in tiers} | {tier.upper for tier in tiers if tier.upper})
    rows = []
    for lower, upper in zip(starts, [*starts[1:], None], strict=False):
        found = [tier_for(lower, each.tiers) for each in (earlier, later)]
        if any(found):
            rows.append(_fee(FeeTier(population=NumericRange(lower, upper)).limits, *found))
    return rows + _fee_range(earlier.season, later.season)


def _fee(limits: str, earlier: FeeTier | None, later: FeeTier | None) -> ComparedRow:
    fees = [tier.annual_fee_eur if tier else None for tier in (earlier, later)]
    shown = [[] if fee is None else [_euros(fee)] for fee in fees]
    known = None not in fees
    return _row(
        limits,
        *shown,
        same=fees[0] == fees[1],
        words=_change_of_fee(*fees) if known else "",  # type: ignore[arg-type]
        known=known,
    )


def _change_of_fee(earlier: Decimal, later: Decimal) -> str:
    change = later - earlier
    sign = "+" if change > 0 else "−"
    return f"{_euros(earlier)} → {_euros(later)} ({sign}{_euros(abs(change))})"


def _euros(sum_eur: Decimal) -> str:
    """Write whole euros without their cents."""
    return euros(sum_eur, cents_of(sum_eur))


def _fee_range(earlier: Season, later: Season) -> list[ComparedRow]:
    """Show the lowest and highest fee of a season whose limits of tiers are not known."""
    if earlier.fee_low_eur is None and later.fee_low_eur is None:
        return []
    shown = [
        []
        if season.fee_low_eur is None or season.fee_high_eur is None
        else [euros_between(season.fee_low_eur, season.fee_high_eur)]
        for season in (earlier, later)
    ]
    both = all(shown)
    return [_row(_("By size, without limits"), *shown, same=shown[0] == shown[1], known=both)]


# -- Themes, phases, lists ---------------------------------------------------------------------------


def _themes(earlier: SeasonContent, later: SeasonContent) -> list[ComparedRow]:
    seasons = (earlier.season, later.season)
    rows = [
        _row(
            _("Lead theme"),
            *(_lead_theme(season) for season in seasons),
            same=earlier.season.theme_fi == later.season.theme_fi,
            known=all(season.theme_fi for season in seasons),
            unknown=_("cannot be compared") if any(map(_awaits_theme, seasons)) else "",
        )
    ]
    return rows + _matched(earlier.themes, later.themes, lambda theme: theme.name_fi, _theme)


def _lead_theme(season: Season) -> list[str]:
    if _awaits_theme(season):
        return [_("not named yet")]
    return [season.theme] if season.theme_fi else []


def _awaits_theme(season: Season) -> bool:
    return season.is_draft and not season.theme_fi


def _theme(earlier: Theme | None, later: Theme | None, *, known: bool) -> ComparedRow:
    either = later or earlier
    assert either is not None  # noqa: S101 -- one of them is there
    shown = [[theme.name, *theme.topics] if theme else [] for theme in (earlier, later)]
    topics = [theme.topics_fi if theme else [] for theme in (earlier, later)]
    if earlier and later and not all(topics) and any(topics):
        known = False  # of one the documents name no topics
    return _row(
        either.name,
        *shown,
        same=topics[0] == topics[1],
        words=_("topics") + ": " + _of_lists(*topics),
        known=known,
    )


def _of_lists(earlier: Sequence[str], later: Sequence[str]) -> str:
    new, gone = len(set(later) - set(earlier)), len(set(earlier) - set(later))
    if not new and not gone:
        return _("another order")
    parts = (new and f"+{new}", gone and f"−{gone}")
    return ", ".join(str(part) for part in parts if part)


def _phases(earlier: SeasonContent, later: SeasonContent) -> list[ComparedRow]:
    years = later.season.first_year - earlier.season.first_year

    def row(ours: Phase | None, theirs: Phase | None, *, known: bool) -> ComparedRow:
        either = theirs or ours
        assert either is not None  # noqa: S101 -- one of them is there
        words = _change_of_phase(ours, theirs, years, earlier.season) if ours and theirs else ""
        return _row(
            _("Phase %(position)s") % {"position": either.position},
            _phase_lines(ours),
            _phase_lines(theirs),
            same=not words,
            words=words,
            known=known,
        )

    return _matched(earlier.phases, later.phases, lambda phase: phase.position, row)


def _moved(earlier: Season, later: Season) -> str:
    """Say of phases of which none differs that their days move with the seasons' years."""
    years = later.first_year - earlier.first_year
    if not years:
        return ""
    return ngettext(
        "The phases are the same, the days %(years)d year later",
        "The phases are the same, the days %(years)d years later",
        years,
    ) % {"years": years}


def _change_of_phase(earlier: Phase, later: Phase, years: int, season: Season) -> str:
    """Name what differs beside the years themselves."""
    days = [moved_day(on, years=years) for on in (earlier.starts_on, earlier.ends_on)]
    name = moved_words(earlier.name_fi, years=years, of=season.each_year)
    changes = {
        _("name"): name != later.name_fi,
        _("days"): days != [later.starts_on, later.ends_on],
        _("focus"): earlier.focus_fi != later.focus_fi,
    }
    return ", ".join(what for what, changed in changes.items() if changed)


def _phase_lines(phase: Phase | None) -> list[str]:
    if phase is None:
        return []
    days = span(phase.starts_on, phase.ends_on, weekday=False)
    return [phase.name, days, *phase.focus.splitlines()]


def _matched(
    earlier: Sequence[T],
    later: Sequence[T],
    key: Callable[[T], object],
    row: Callable[..., ComparedRow],
) -> list[ComparedRow]:
    """Pair what two seasons list by a key; where one lists nothing, nothing is known of it."""
    ours, theirs = ({key(each): each for each in rows} for rows in (earlier, later))
    known = bool(ours and theirs)
    return [
        row(ours.get(each), theirs.get(each), known=known)
        for each in dict.fromkeys([*theirs, *ours])
    ]


def _background(earlier: SeasonContent, later: SeasonContent) -> list[ComparedRow]:
    return _list_row(
        _("Why now"),
        *((each.season.background, each.season.background_fi) for each in (earlier, later)),
    )


def _workshop_themes(earlier: SeasonContent, later: SeasonContent) -> list[ComparedRow]:
    return _list_row(
        _("Subjects offered for workshops"),
        *(
            ([t.name for t in each.workshop_themes], [t.name_fi for t in each.workshop_themes])
            for each in (earlier, later)
        ),
    )


def _list_row(label: str, *sides: tuple[Sequence[str], Sequence[str]]) -> list[ComparedRow]:
    (shown, finnish), (shown_later, finnish_later) = sides
    if not shown and not shown_later:
        return []
    same = list(finnish) == list(finnish_later)
    words = _of_lists(finnish, finnish_later)
    known = bool(shown and shown_later)
    return [_row(label, shown, shown_later, same=same, words=words, known=known)]


# -- Terms -----------------------------------------------------------------------------------------


def _terms(earlier: SeasonContent, later: SeasonContent) -> list[ComparedRow]:
    """Compare what is billed; what a season does not say is open, also where the other says it."""
    ours, theirs = _terms_of(earlier.season), _terms_of(later.season)
    return [
        _row(
            label,
            _shown_term(earlier.season, label, ours[label]),
            _shown_term(later.season, label, theirs[label]),
            same=ours[label] == theirs[label],
            known=bool(ours[label] and theirs[label]),
        )
        for label in ours
        if ours[label] or theirs[label]
    ]


def _shown_term(season: Season, label: str, words: str) -> list[str]:
    """Show what a season says of a term, and say where the demonstration chose it."""
    labels = {
        "population_year": str(TERMS["population_year"]),
        "vat_on_top": _("Value-added tax"),
    }
    if any(labels[name] == label for name in made_up_terms(season)):
        return [f"{words} ({_('made up')})"]
    return [words] if words else []


def _terms_of(season: Season) -> dict[str, str]:
    """Say each term in the words of a table whose cells say all, so that an empty one is open."""
    return {
        str(TERMS["population_year"]): str(season.population_year or ""),
        _("Value-added tax"): _("comes on top of the fee") if season.vat_on_top else "",
        _("Experts' travel costs"): _("on top, at actual cost") if season.travel_on_top else "",
        _("Months of billing"): billing_months(season),
        _("First year's fee of who joins late"): (
            str(season.get_late_joining_display()) if season.late_joining else ""
        ),
    }


_ROWS_OF_PART: Final[
    Mapping[SeasonPart, Callable[[SeasonContent, SeasonContent], list[ComparedRow]]]
] = {
    Part.PACKAGE: _package,
    Part.FEES: _fees,
    Part.THEMES: _themes,
    Part.PHASES: _phases,
    Part.TERMS: _terms,
    Part.BASICS: _background,
    Part.WORKSHOP_THEMES: _workshop_themes,
}
COMPARED: Final = tuple(_ROWS_OF_PART)
"""All parts but the contacts, who are nothing that a season offers."""
