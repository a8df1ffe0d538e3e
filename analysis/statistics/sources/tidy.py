"""From datasets to the tidy frame: one row for one indicator, area, year and breakdown."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _

from analysis.statistics.enums import RejectReason
from analysis.statistics.sources import numbers, variables
from analysis.statistics.sources.base import (
    TIDY_COLUMNS,
    ParsedTable,
    RejectedRows,
    Series,
    SourceError,
    TablePlan,
)
from analysis.statistics.sources.jsonstat import REASONS, Dataset, Dimension, unreadable_answer
from analysis.statistics.sources.mapping import FIRST_YEAR, LAST_YEAR

MONTHS_OF_A_YEAR = 12
#: No municipality of Finland comes near; a larger figure is a mistake of the file.
MOST_INHABITANTS = 2_000_000
#: Indicators whose figure is how many people live in a municipality.
_POPULATIONS = ("population", "key_figures_population")


def parse_table(datasets: Sequence[Dataset], plan: TablePlan) -> ParsedTable:
    """Return the figures of one table from the datasets in which it came.

    Parameters
    ----------
    datasets : sequence of Dataset
        Parts of one table, in any order, with any order of dimensions.
    plan : TablePlan
        The series wanted; other contents of the table are counted as rejected.

    Raises
    ------
    SourceError
        When it is another table, has none of the series, or has one figure twice.
    """
    _check_table(datasets, plan)
    parts = [_part(dataset, plan) for dataset in datasets]
    frame = average_months(_concatenate([part.frame for part in parts]), plan)
    _check_lone_values(datasets, plan, parts)
    if frame.empty:
        raise SourceError(
            _("The answer has none of the figures asked for. The figures read before stay in use.")
        )
    first = datasets[0]
    return ParsedTable(
        frame=frame,
        label=first.label,
        source=first.source,
        updated=max((d.updated for d in datasets if d.updated), default=None),
        rows_read=sum(len(dataset.values) for dataset in datasets),
        rejected=_sum_rejected([one for part in parts for one in part.rejected])
        + _missing_series(plan, parts),
    )


def average_months(frame: pd.DataFrame, plan: TablePlan) -> pd.DataFrame:
    """Make the mean of twelve months the figure of a year, for the series that want it.

    A year with fewer months has no figure yet; with a month missing the year is missing for that reason.
    """
    means = [
        one.indicator
        for one in plan.series
        if one.selection.get(variables.MONTHS) == variables.MEAN
    ]
    if not means or frame.empty:
        return frame
    mine = frame["indicator"].isin(means)
    months = frame[mine & frame["breakdown"].astype(str).str.startswith("M")]
    groups = months.astype({"missing": object}).groupby(
        ["indicator", "area", "year"], observed=True, sort=False
    )
    years = groups.agg(
        months=("breakdown", "size"),
        value=("value", lambda values: values.mean(skipna=False)),
        missing=("missing", "max"),
        preliminary=("preliminary", "any"),
    ).reset_index()
    years = years[years["months"] == MONTHS_OF_A_YEAR].assign(breakdown="")
    years["preliminary"] = years["preliminary"] & years["value"].notna()
    kinds = dict.fromkeys(("indicator", "area", "breakdown", "missing"), "category")
    joined = pd.concat([frame[~mine], years[TIDY_COLUMNS]], ignore_index=True)
    return joined.astype({**kinds, "preliminary": bool})


class Figure(NamedTuple):
    """One row of the tidy frame; `value` is NaN exactly where `missing` gives the reason."""

    indicator: str
    area: str
    year: int
    value: float
    missing: str = ""
    preliminary: bool = False


def frame_of_figures(figures: Sequence[Figure]) -> pd.DataFrame:
    """Return figures of whole years as a tidy frame.

    Raises
    ------
    SourceError
        When one figure is there twice.
    """
    frame = pd.DataFrame.from_records(figures, columns=Figure._fields)
    frame["breakdown"] = ""
    if frame.duplicated(["indicator", "area", "year"]).any():
        raise unreadable_answer(_("it tells the same figure twice."))
    kinds = dict.fromkeys(("indicator", "area", "breakdown", "missing"), "category")
    return frame.astype({**kinds, "value": "float64", "preliminary": bool})[TIDY_COLUMNS]


@dataclass(frozen=True)
class _Part:
    frame: pd.DataFrame
    rejected: list[RejectedRows]
    indicators: frozenset[str]


def _concatenate(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    if not frames[1:]:
        return frames[0]
    frame = pd.concat([one for one in frames if len(one)] or frames, ignore_index=True)
    if frame.duplicated(["indicator", "area", "year", "breakdown"]).any():
        raise unreadable_answer(_("it tells the same figure twice."))
    return frame


def _missing_series(plan: TablePlan, parts: Sequence[_Part]) -> tuple[RejectedRows, ...]:
    found = frozenset[str]().union(*(part.indicators for part in parts))
    return tuple(
        RejectedRows(RejectReason.NO_CONTENT, 0, one.content or one.label)
        for one in plan.series
        if one.indicator not in found
    )


def _check_lone_values(
    datasets: Sequence[Dataset], plan: TablePlan, parts: Sequence[_Part]
) -> None:
    """Refuse one value of a further variable, such as women, in the place of its total."""
    found = frozenset[str]().union(*(part.indicators for part in parts))
    for series in plan.series:
        if series.indicator in found:
            continue
        for dimension in (
            d for one in datasets for d in variables.find_variables(one.dimensions).others
        ):
            if value := variables.lone_value(dimension, series):
                raise unreadable_answer(
                    _(
                        "of the variable “%(variable)s” it has only “%(value)s”, which is not the total: ask for the total, or name the value among the indicator's further variables."
                    )
                    % {"variable": dimension.text, "value": value}
                )


def _check_table(datasets: Sequence[Dataset], plan: TablePlan) -> None:
    for dataset in datasets:
        if dataset.table_id and dataset.table_id != plan.table_id:
            raise SourceError(
                _(
                    "The answer is of table %(got)s and not of %(wanted)s: it is the wrong table. The figures read before stay in use."
                )
                % {"got": dataset.table_id, "wanted": plan.table_id}
            )


def _sum_rejected(rejected: Sequence[RejectedRows]) -> tuple[RejectedRows, ...]:
    rows: dict[tuple[RejectReason, str], int] = {}
    for one in rejected:
        rows[one.reason, one.detail] = rows.get((one.reason, one.detail), 0) + one.rows
    return tuple(RejectedRows(reason, count, detail) for (reason, detail), count in rows.items())


def _part(dataset: Dataset, plan: TablePlan) -> _Part:
    table = variables.find_variables(dataset.dimensions)
    positions = {
        series.indicator: position
        for series in plan.series
        if (position := _position(dataset, table, series)) is not None
    }
    areas, skipped_areas = _areas(table.geo)
    periods, skipped_periods = _periods(table.time)
    rejected = _unused(dataset, table, positions) + _skipped(skipped_areas, skipped_periods)
    _check_single(areas, periods)
    if not positions or not areas or not periods:
        return _Part(pd.DataFrame(columns=TIDY_COLUMNS), rejected, frozenset())
    return _Part(_frame(dataset, table, positions, areas, periods), rejected, frozenset(positions))


def _check_single(*axes: Mapping[int, object]) -> None:
    if any(len(set(axis.values())) != len(axis) for axis in axes):
        raise unreadable_answer(_("it tells the same figure twice."))


def _position(
    dataset: Dataset, table: variables.TableVariables, series: Series
) -> dict[str, int] | None:
    """Return where a series is in the dimensions other than area and time."""
    position: dict[str, int | None] = {
        d.code: variables.selected_position(d, series) for d in table.others
    }
    if table.metric is not None:
        position[table.metric.code] = variables.content_position(table.metric, series)
    known = {code: at for code, at in position.items() if at is not None}
    return known if len(known) == len(position) else None


def _unused(
    dataset: Dataset, table: variables.TableVariables, positions: dict[str, dict[str, int]]
) -> list[RejectedRows]:
    cells = len(table.geo.codes) * len(table.time.codes)
    rows = len(dataset.values) - cells * len(
        {tuple(position.items()) for position in positions.values()}
    )
    return [RejectedRows(RejectReason.UNUSED, rows)] if rows else []


def _areas(geo: Dimension) -> tuple[dict[int, str], list[str]]:
    codes = {at: variables.area_code(code) for at, code in enumerate(geo.codes)}
    return {at: code for at, code in codes.items() if code}, [
        geo.codes[at] for at, code in codes.items() if not code
    ]


def _periods(time: Dimension) -> tuple[dict[int, tuple[int, str]], list[str]]:
    periods = {at: variables.parse_period(code) for at, code in enumerate(time.codes)}
    return {at: found for at, found in periods.items() if found}, [
        time.codes[at] for at, found in periods.items() if not found
    ]


def _skipped(areas: list[str], periods: list[str]) -> list[RejectedRows]:
    skipped = ((RejectReason.OTHER_AREA, areas), (RejectReason.OTHER_PERIOD, periods))
    return [
        RejectedRows(reason, len(codes), first_few(codes)) for reason, codes in skipped if codes
    ]


def drop_absurd(frame: pd.DataFrame) -> tuple[pd.DataFrame, tuple[RejectedRows, ...]]:
    """Leave out figures larger than any there is (`numbers.MOST`), naming indicator, area and year."""
    absurd = frame["value"].abs() > numbers.MAX_FIGURE
    if not absurd.any():
        return frame, ()
    rows = frame[absurd].itertuples()
    named = first_few([f"{row.indicator} {row.area} {row.year}" for row in rows])
    return frame[~absurd], (RejectedRows(RejectReason.TOO_LARGE, int(absurd.sum()), named),)


def drop_impossible_years(
    frame: pd.DataFrame, *, projections: Collection[str], this_year: int
) -> tuple[pd.DataFrame, tuple[RejectedRows, ...]]:
    """Leave out years that have not been, but of projections, and those no statistics are of."""
    ahead = (frame["year"] > this_year) & ~frame["indicator"].isin(list(projections))
    impossible = ahead | ~frame["year"].between(FIRST_YEAR, LAST_YEAR)
    if not impossible.any():
        return frame, ()
    years = [f"{year:04}" for year in sorted(frame.loc[impossible, "year"].unique())]
    rejected = RejectedRows(RejectReason.IMPOSSIBLE_YEAR, int(impossible.sum()), first_few(years))
    return frame[~impossible], (rejected,)


def inhabitants(value: float, place: str) -> int:
    """Return a figure as people, or raise `SourceError` where it is none, is not whole or is larger than any."""
    if not (0 < value <= MOST_INHABITANTS and float(value).is_integer()):
        raise SourceError(
            _("%(place)s: “%(text)s” is not a number of inhabitants that can be right.")
            % {"place": place, "text": f"{value:g}"}
        )
    return int(value)


def check_inhabitants(frame: pd.DataFrame) -> None:
    """Refuse a municipality's population that cannot be right, as the fee's populations are refused."""
    known = frame[frame["indicator"].isin(_POPULATIONS) & frame["value"].notna()]
    whole = known[
        (known["breakdown"] == "") & (known["area"].astype(str).str.fullmatch("[0-9]{3}"))
    ]
    for area, year, value in zip(whole["area"], whole["year"], whole["value"], strict=True):
        inhabitants(value, f"{area} {year}")


def first_few(codes: Sequence[str], between: str = ", ") -> str:
    """Return the first codes of a list, for a report."""
    return between.join(codes[:5]) + (" …" if codes[5:] else "")


def _frame(
    dataset: Dataset,
    table: variables.TableVariables,
    positions: dict[str, dict[str, int]],
    areas: dict[int, str],
    periods: dict[int, tuple[int, str]],
) -> pd.DataFrame:
    """Lay the chosen series out as indicator × area × period and name the rows."""
    cut = _block_cutter(dataset, table, positions, list(areas), list(periods))
    starred = np.array([table.time.labels[at].endswith("*") for at in periods])
    shape = (len(positions), len(areas), len(periods))
    preliminary = (cut(dataset.preliminary) | starred) & (cut(dataset.missing) == 0)
    years = np.array([year for year, _part in periods.values()], dtype=np.int16)
    return pd.DataFrame(
        {
            "indicator": _categories(list(positions), shape, 0),
            "area": _categories(list(areas.values()), shape, 1),
            "year": np.broadcast_to(years, shape).ravel(),
            "breakdown": _categories([part for _year, part in periods.values()], shape, 2),
            "value": cut(dataset.values).ravel(),
            "missing": pd.Categorical.from_codes(cut(dataset.missing).ravel(), REASONS),
            "preliminary": preliminary.ravel(),
        }
    )


def _block_cutter(
    dataset: Dataset,
    table: variables.TableVariables,
    positions: dict[str, dict[str, int]],
    areas: list[int],
    periods: list[int],
) -> Callable[[np.ndarray], np.ndarray]:
    """Return a function that cuts a flat array to series × area × period, whatever the order of dimensions."""
    order = [dimension.code for dimension in dataset.dimensions]
    turn = order.index(table.geo.code) > order.index(table.time.code)

    def block(cells: np.ndarray, position: dict[str, int]) -> np.ndarray:
        plane = cells[tuple(position.get(code, slice(None)) for code in order)]
        return (plane.T if turn else plane)[np.ix_(areas, periods)]

    def cut(flat: np.ndarray) -> np.ndarray:
        cells = flat.reshape(dataset.shape)
        return np.stack([block(cells, position) for position in positions.values()])

    return cut


def _categories(names: list[str], shape: tuple[int, ...], axis: int) -> pd.Categorical:
    """Return a column that repeats the names along one axis of the shape."""
    unique = list(dict.fromkeys(names))
    codes = np.array([unique.index(name) for name in names], dtype=np.int16)
    aligned = codes.reshape([-1 if at == axis else 1 for at in range(len(shape))])
    return pd.Categorical.from_codes(np.broadcast_to(aligned, shape).ravel(), unique)
