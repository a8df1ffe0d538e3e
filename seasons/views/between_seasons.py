"""From season to season: who stayed, came back, joined anew and left."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from municipalities.access import requires
from municipalities.columns import municipality_column
from municipalities.requests import Request
from seasons import queries, rules
from seasons.enums import Move
from seasons.models import Season
from seasons.queries import Mover, SeasonStep
from seasons.transitions import SIZES_FROM, size_in_words
from uso.ground.lib.marks import address, made_up, quiet, tag, with_notes
from uso.ground.lib.money import number
from uso.ground.lib.order import finnish
from uso.ground.lib.tables import Column, Filter, arrange

KINDS = {
    Move.STAYED: "good", Move.RETURNED: "good", Move.JOINED: "good", Move.LEFT: "bad",
    Move.UNDECIDED: "wait",
}  # fmt: skip
# What every step is asked for; the others are named where there are any.
COUNTED = (Move.STAYED, Move.RETURNED, Move.JOINED, Move.LEFT)


@dataclass(frozen=True)
class Part:
    """The municipalities of one move: in words, and as a part of the step's bar, in per cent."""

    move: Move
    words: str
    start: float
    width: float


@dataclass(frozen=True)
class Bar:
    """A step from season to season with its parts.

    Parameters
    ----------
    parts
        Those every step is asked for, and the others where there are any.
    gap
        Names of seasons between the two.
    """

    step: SeasonStep
    parts: Sequence[Part]
    others: Sequence[Part]
    gap: str

    @property
    def drawn(self) -> Sequence[Part]:
        """Parts of the bar; none where not all is known, for it would look whole."""
        return [*self.parts, *self.others] if self.step.transition.is_whole else []


@dataclass(frozen=True)
class Group:
    """Municipalities of one size or region: how many made each move."""

    label: str
    counts: Sequence[int]


@requires(rules.can_see_seasons)
def transitions(request: Request) -> HttpResponse:
    """Show all steps, and the municipalities of the one that ends in `?to=`; files may hold `?every=`."""
    found = queries.movers(on=timezone.localdate())
    chosen = _chosen(found.steps, request.GET.get("to", ""))
    rows = chosen.movers if chosen else ()
    name = "seasons"
    if "every" in request.GET and request.GET.get("export"):
        rows = [each for step in found.steps for each in step.movers]
    elif chosen:
        name = f"seasons-{chosen.earlier.number}-{chosen.later.number}"
    table = arrange(
        COLUMNS,
        rows,
        request,
        name=name,
        filters=_filters(rows),
        title=_("Municipalities from season to season"),
    )
    if table.export:
        return table.response()
    shown = [move for move in Move if chosen and chosen.counts[move]]
    context = {
        "movers": found,
        "bars": _bars(found.steps),
        "counted": COUNTED,
        "chosen": chosen,
        "shown": shown,
        "groups": [
            (_("By size"), _("Population"), _by_size(rows, shown)),
            (_("By region"), _("Region"), _by_region(rows, shown)),
        ],
        "reasons": _reasons(rows),
        "table": table,
    }
    return render(request, "seasons/transitions.html", context)


def _chosen(steps: Sequence[SeasonStep], asked: str) -> SeasonStep | None:
    """Return the step asked for, otherwise the latest of which everything is known."""
    named = (step for step in steps if str(step.later.number) == asked)
    whole = (step for step in steps if step.transition.is_whole and step.movers)
    return next(named, None) or next(whole, None) or next(iter(steps), None)


def _bars(steps: Sequence[SeasonStep]) -> list[Bar]:
    most = max((each.counts.total() for each in steps if each.transition.is_whole), default=0)
    bars = []
    for step in steps:
        parts = list(_parts(step, most))
        asked = [part for part in parts if part.move in COUNTED]
        others = [part for part in parts if part not in asked and step.counts[part.move]]
        bars.append(Bar(step, asked, others, _gap(step)))
    return bars


def _parts(step: SeasonStep, most: int) -> Iterable[Part]:
    start = 0.0
    for move in Move:
        width = 100 * step.counts[move] / most if most else 0.0
        yield Part(move, _in_words(step, move), round(start, 2), round(width, 2))
        start += width


def _in_words(step: SeasonStep, move: Move) -> str:
    """Write a count as exactly as it is known."""
    count = step.counts[move]
    if step.transition.is_whole:
        return str(count)
    return _("at least %(count)s") % {"count": count} if count else _("not known")


def _gap(step: SeasonStep) -> str:
    missing = step.transition.missing_numbers
    return ", ".join(str(Season(number=each)) for each in missing)


def _by_size(rows: Sequence[Mover], shown: Sequence[Move]) -> list[Group]:
    known = [(start, size_in_words(start)) for start in SIZES_FROM]
    return _groups(rows, lambda row: row.size, [*known, (None, _("not known"))], shown)


def _by_region(rows: Sequence[Mover], shown: Sequence[Move]) -> list[Group]:
    return _groups(rows, lambda row: row.municipality.region_code, _regions(rows), shown)


def _groups(
    rows: Sequence[Mover],
    group_of: Callable[[Mover], object],
    groups: Iterable[tuple[object, str]],
    shown: Sequence[Move],
) -> list[Group]:
    counts = Counter((group_of(row), row.move) for row in rows)
    found = (Group(label, [counts[key, move] for move in shown]) for key, label in groups)
    return [group for group in found if any(group.counts)]


def _reasons(rows: Iterable[Mover]) -> list[tuple[str, int]]:
    """Count why municipalities left, the most usual reason first."""
    left = (row.reason or _("not known") for row in rows if row.move == Move.LEFT)
    return Counter(left).most_common()


def _regions(rows: Iterable[Mover]) -> list[tuple[str, str]]:
    names = {row.municipality.region_code: row.municipality.region for row in rows}
    return sorted(names.items(), key=lambda each: finnish(each[1]))


def _page(row: Mover) -> str:
    return address("seasons_network:member", row.page, row.municipality.slug)


def _move(row: Mover) -> str:
    drawn = tag(KINDS.get(row.move, ""), row.move.label)
    return drawn + made_up() if row.is_made_up else drawn


def _size(row: Mover) -> str:
    return "" if row.size is None else size_in_words(row.size)


COLUMNS: list[Column[Mover]] = [
    municipality_column(_page),
    Column("from", gettext_lazy("From season"), lambda row: str(row.earlier), on_page=False),
    Column("into", gettext_lazy("To season"), lambda row: str(row.later), on_page=False),
    Column("move", gettext_lazy("What happened"), lambda row: str(row.move.label), drawn=_move),
    Column("seasons", gettext_lazy("Earlier seasons"), lambda row: ", ".join(row.seasons)),
    Column("region", gettext_lazy("Region"), lambda row: row.municipality.region, sought=True),
    Column(
        "population",
        gettext_lazy("Population"),
        lambda row: row.population,
        numeric=True,
        drawn=lambda row: (
            quiet(_("not known")) if row.population is None else number(row.population)
        ),
    ),
    Column("size", gettext_lazy("Size class"), _size, on_page=False),
    Column(
        "reason",
        gettext_lazy("Reason"),
        lambda row: row.reason,
        drawn=lambda row: with_notes(row.reason, [row.note] if row.note else []),
    ),
    Column("note", gettext_lazy("In their own words"), lambda row: row.note, on_page=False),
]


def _filters(rows: Sequence[Mover]) -> list[Filter[Mover]]:
    return [
        Filter("move", gettext_lazy("What happened"), lambda row: row.move.value, Move.choices),
        Filter(
            "size",
            gettext_lazy("Size class"),
            lambda row: "" if row.size is None else str(row.size),
            [(str(start), size_in_words(start)) for start in SIZES_FROM],
        ),
        Filter(
            "region",
            gettext_lazy("Region"),
            lambda row: row.municipality.region_code,
            _regions(rows),
        ),
    ]
