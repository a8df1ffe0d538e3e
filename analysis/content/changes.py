"""What an edition changes in the one published before it: pure, from two contents."""

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.content.reading import measures_of
from uso.ground.lib.numerals import rounded

Json = dict[str, Any]
Content = Mapping[str, Any]


def changes(former: Content, now: Content) -> Json:
    """List what is new or other in a content.

    Parameters
    ----------
    former, now
        Contents of the edition published before and of the new one, each of its own schema.

    Returns
    -------
    dict
        `since` (season, edition, made_on of the former); `revised`: `key`, `name`, `year`, `old`,
        `new`, `origins` (`table`, `version`) of each value of the municipality that is written
        otherwise now, `new` null where it is missing now; `new_years`: `key`, `name`, `years`;
        `peers`: `joined` and `left` as municipalities of a content; `measures`: `added` and
        `retired`, each `key` and `name`.
    """
    before, after = _measures(former), _measures(now)
    both = [(before[key], measure) for key, measure in after.items() if key in before]
    return {
        "since": {key: former[key] for key in ("season", "edition", "made_on")},
        "revised": [each for old, new in both for each in _revised(old, new)],
        "new_years": [each for old, new in both for each in _new_years(old, new)],
        "peers": {
            "joined": _others(now, former),
            "left": _others(former, now),
        },
        "measures": {
            "added": [_named(after[key]) for key in after if key not in before],
            "retired": [_named(before[key]) for key in before if key not in after],
        },
    }


def _measures(content: Content) -> dict[str, Content]:
    return {each["key"]: each for each in measures_of(content)}


def _named(measure: Content) -> Json:
    return {"key": measure["key"], "name": measure["name"]}


def _revised(old: Content, new: Content) -> Iterator[Json]:
    """Give the values that are written otherwise; a change too small to be seen is none."""
    was, known = dict(old["series"]["own"]), dict(new["series"]["own"])
    for year in sorted(was):
        value = known.get(year)
        if value is not None and _written(new, was[year]) == _written(new, value):
            continue
        yield _named(new) | {
            "year": int(year),
            "old": was[year],
            "new": value,
            "origins": [
                {"table": each["table"], "version": each["version"]} for each in new["origins"]
            ],
        }


def _written(measure: Content, value: float) -> Any:
    return rounded(value, measure["decimals"])


def _new_years(old: Content, new: Content) -> Iterator[Json]:
    known = {year for year, _value in old["series"]["own"]}
    years = [int(year) for year, _value in new["series"]["own"] if year not in known]
    if years:
        yield _named(new) | {"years": years}


def _others(these: Content, those: Content) -> list[Json]:
    codes = {peer["code"] for peer in those["peers"]["members"]}
    return [dict(peer) for peer in these["peers"]["members"] if peer["code"] not in codes]
