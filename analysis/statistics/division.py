"""The area division of today: figures of municipalities that have ended go to their successors. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from analysis.statistics.enums import MissingReason, RejectReason
from analysis.statistics.sources.base import RejectedRows
from analysis.statistics.sources.tidy import first_few
from municipalities.facts import Merger

_KEY = ["indicator", "area", "year", "breakdown"]


class FitResult(NamedTuple):
    """The frame on today's division and what was left out of it."""

    frame: pd.DataFrame
    rejected: list[RejectedRows]


def fit_to_division(
    frame: pd.DataFrame,
    *,
    known: Collection[str],
    mergers: Sequence[Merger],
    summed: Collection[str],
    weights: Mapping[str, str] | None = None,
) -> FitResult:
    """Bring a tidy frame to the division of today.

    Parameters
    ----------
    frame : DataFrame
        Tidy (`TIDY_COLUMNS`), on the division its table uses.
    known : collection of str
        Codes of the areas of today.
    mergers : sequence of Merger
        Mergers, the earliest first.
    summed : collection of str
        Indicators whose figures are counts that may be added up.
    weights : mapping of str to str, optional
        Indicators whose figures may be averaged, each to the indicator that is the weight. The weights of
        the parts must stand in the same frame: only there are they on the same division.

    Returns
    -------
    Fitted
        Counts of an ended municipality are added to its successor's for the years before the merger; a
        weighted figure is the mean of the parts by their weights, missing as not comparable where a weight is
        missing; other figures of the successor before the merger are missing as not comparable, because a share or a rate of
        a part is not that of the whole. Areas that are neither known nor merged are rejected.

    Notes
    -----
    A year is before a merger when it is less than the year the merger took effect: figures are of 31 December
    or of the whole year, and mergers take effect on 1 January. A table that has no ended municipality, or
    of which none of its figures was published, is on today's division already and is left as it is.
    """
    rejected = []
    rules = _Rules(frozenset(summed), weights or {})
    for merger in mergers:
        if merger.old_code in frame["area"].array.categories:
            old = frame["area"] == merger.old_code
            rows = int(old.sum())
            if (frame.loc[old, "missing"] == MissingReason.NOT_PUBLISHED.value).all():
                frame = frame[~old]
            else:
                frame = _merge(frame, merger, rules)
            rejected.append(RejectedRows(RejectReason.MERGED, rows, merger.old_code))
    unknown = [code for code in frame["area"].unique() if code not in known]
    if unknown:
        gone = frame["area"].isin(unknown)
        rejected.append(
            RejectedRows(RejectReason.UNKNOWN_AREA, int(gone.sum()), first_few(unknown))
        )
        frame = frame[~gone]
    return FitResult(frame, rejected)


@dataclass(frozen=True)
class _Rules:
    """What becomes of an indicator's figures; one that is named nowhere is not comparable."""

    summed: frozenset[str]
    weights: Mapping[str, str] = field(default_factory=dict)


def _merge(frame: pd.DataFrame, merger: Merger, rules: _Rules) -> pd.DataFrame:
    old = frame["area"] == merger.old_code
    before = frame["year"] < merger.effective_on.year
    touched = before & (old | (frame["area"] == merger.new_code))
    rest = frame[~touched & ~old]
    parts = frame[touched].astype(
        dict.fromkeys(("indicator", "area", "breakdown", "missing"), object)
    )
    parts["weight"] = _weight_of(parts, rules.weights)
    parts["area"] = merger.new_code
    counts = parts["indicator"].isin(rules.summed)
    averaged = parts["indicator"].isin(rules.weights) & ~counts
    rest_of_parts = parts[~counts & ~averaged].drop(columns="weight")
    joined = pd.concat(
        [
            rest,
            _sum(parts[counts].drop(columns="weight")),
            _mean(parts[averaged]),
            _not_comparable(rest_of_parts),
        ],
        ignore_index=True,
    )
    return joined.astype(dict.fromkeys(("indicator", "area", "breakdown", "missing"), "category"))


def _sum(parts: pd.DataFrame) -> pd.DataFrame:
    """Add up the parts of each figure; with a part missing the whole is missing, for that part's reason."""
    groups = parts.groupby(_KEY, sort=False)
    return groups.agg(
        value=("value", lambda values: values.sum(skipna=False)),
        missing=("missing", "max"),
        preliminary=("preliminary", "any"),
    ).reset_index()


def _weight_of(parts: pd.DataFrame, weights: Mapping[str, str]) -> pd.Series:
    """Return the weight of each figure: the value of its weight in the same area, year and part of a year."""
    known = {
        (row.indicator, row.area, row.year, row.breakdown): row.value
        for row in parts[parts["indicator"].isin(set(weights.values()))].itertuples(index=False)
    }
    found = [
        known.get((weights.get(row.indicator, ""), row.area, row.year, row.breakdown), float("nan"))
        for row in parts.itertuples(index=False)
    ]
    return pd.Series(found, index=parts.index, dtype="float64")


def _mean(parts: pd.DataFrame) -> pd.DataFrame:
    """Average the parts of each figure by their weights; without all weights it is not comparable."""
    weighed = parts.assign(product=parts["value"] * parts["weight"])
    groups = weighed.groupby(_KEY, sort=False)
    rows = groups.agg(
        product=("product", lambda values: values.sum(skipna=False)),
        weight=("weight", lambda values: values.sum(skipna=False)),
        missing=("missing", "max"),
        preliminary=("preliminary", "any"),
    ).reset_index()
    available = rows["missing"] == ""
    weightless = available & ~(rows["weight"] > 0)
    rows["value"] = (rows["product"] / rows["weight"]).where(available & ~weightless)
    rows.loc[weightless, "missing"] = MissingReason.NOT_COMPARABLE.value
    rows["preliminary"] = rows["preliminary"] & rows["value"].notna()
    return rows.drop(columns=["product", "weight"])


def _not_comparable(parts: pd.DataFrame) -> pd.DataFrame:
    """Leave one row of each figure, missing because the area has changed."""
    rows = parts.drop_duplicates(_KEY).copy()
    rows["value"] = float("nan")
    rows["missing"] = MissingReason.NOT_COMPARABLE.value
    rows["preliminary"] = False
    return rows
