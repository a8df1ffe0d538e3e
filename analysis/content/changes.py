"""What an edition changes in the one published before it: pure, from two contents."""

from collections.abc import Iterator
from decimal import Decimal

from analysis.content.edition import (
    Area,
    EditionChanges,
    EditionContent,
    EditionMeasure,
    MeasureChanges,
    NamedMeasure,
    NewYears,
    PeerChanges,
    RevisedValue,
    TableVersion,
)
from uso.ground.lib.numerals import rounded


def changes(former: EditionContent, now: EditionContent) -> EditionChanges:
    """List what is new or other in a content.

    Parameters
    ----------
    former, now
        Contents of the edition published before and of the new one.
    """
    before, after = _by_key(former), _by_key(now)
    both = [(before[key], measure) for key, measure in after.items() if key in before]
    return EditionChanges(
        since=former.edition,
        revised=tuple(each for old, new in both for each in _revised(old, new)),
        new_years=tuple(each for old, new in both for each in _new_years(old, new)),
        peers=PeerChanges(joined=_others(now, former), left=_others(former, now)),
        measures=MeasureChanges(
            added=_named(after[key] for key in after if key not in before),
            retired=_named(before[key] for key in before if key not in after),
        ),
    )


def _by_key(content: EditionContent) -> dict[str, EditionMeasure]:
    return {each.key: each for each in content.measures}


def _named(measures: Iterator[EditionMeasure]) -> tuple[NamedMeasure, ...]:
    return tuple(NamedMeasure(each.key, each.name) for each in measures)


def _revised(old: EditionMeasure, new: EditionMeasure) -> Iterator[RevisedValue]:
    """Give the values that are written otherwise; a change too small to be seen is none."""
    before, after = old.series.own, new.series.own
    later = [each for each in new.origins if each not in old.origins] or new.origins
    origins = tuple(TableVersion(each.table, each.version) for each in later)
    for year in sorted(before):
        value = after.get(year)
        if value is None or _written(new, before[year]) != _written(new, value):
            yield RevisedValue(new.key, new.name, year, before[year], value, origins)


def _written(measure: EditionMeasure, value: float) -> Decimal:
    return rounded(value, measure.decimals)


def _new_years(old: EditionMeasure, new: EditionMeasure) -> Iterator[NewYears]:
    years = tuple(year for year in new.series.own if year not in old.series.own)
    if years:
        yield NewYears(new.key, new.name, years)


def _others(these: EditionContent, those: EditionContent) -> tuple[Area, ...]:
    codes = {peer.code for peer in those.peers.members}
    return tuple(
        Area(peer.code, peer.name, peer.population)
        for peer in these.peers.members
        if peer.code not in codes
    )
