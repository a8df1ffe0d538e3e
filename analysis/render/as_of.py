"""An edition as its figures stood in an earlier year: pure, from the frozen content alone.

Sentences are written of the newest figures, so an earlier year has none.
"""

from collections.abc import Mapping
from typing import Any

from analysis.content.reading import Json, by_year, group_pairs, measures_of
from analysis.engine.arithmetic import Values, change_pct
from analysis.engine.group_figures import MOST_KEPT
from analysis.wording.moments import of_change, of_mean, of_year
from uso.ground.lib.texts import text

#: The first content that keeps the series of each peer, and the first that keeps the quartiles of a
#: group too large for that.
SCHEMA_WITH_MEMBERS, SCHEMA_WITH_QUARTILES = 3, 4
#: From the lowest to the highest, as `series` and `chart` name them.
FIVE = ("low", "lower", "median", "upper", "high")
#: A change in per cent is an index less the figure of its first year.
INDEX_BASE = 100
Made = dict[str, Any]


def years(content: Json) -> list[int]:
    """List the years an edition can be looked at in, the latest first; projections are left out.

    None where nothing of the peers' earlier years is kept: in editions before schema 3, and in large
    groups before schema 4.
    """
    is_large = len(content["peers"]["members"]) > MOST_KEPT
    if content["schema"] < (SCHEMA_WITH_QUARTILES if is_large else SCHEMA_WITH_MEMBERS):
        return []
    told = measures_of(content)
    found = {int(year) for each in told if not each["outlook"] for year, _ in each["series"]["own"]}
    return sorted(found, reverse=True)


def as_of(content: Json, year: int) -> Made:
    """Show each measure by its latest figure of the year or before; projections stay as they are."""
    return {
        **content,
        "highlights": [],
        "groups": [_group(each, year) for each in content["groups"]],
    }


def _group(group: Json, year: int) -> Made:
    measures = [_measure(each, year) for each in group["measures"]]
    return {**group, "measures": measures, "ages": None}


def _measure(measure: Json, year: int) -> Made:
    if measure["outlook"] or measure["latest"] is None:
        return dict(measure)
    series = {key: _until(pairs, year) for key, pairs in measure["series"].items()}
    told = {**measure, "series": series, "findings": [], "trend": None}
    if not series["own"]:
        return {**told, "latest": None, "position": None, "limits": [_nothing_yet(year)]}
    value, last = series["own"][-1][1], int(series["own"][-1][0])
    first = last - (measure["latest"]["last"] - measure["latest"]["first"])
    return {
        **told,
        "latest": {"value": value, "first": first, "last": last},
        "moment": of_year(last) if measure["moment"] else None,
        "position": _position(measure, last),
    }


def _until(pairs: list[list[float]], year: int) -> list[list[float]]:
    return [pair for pair in pairs if pair[0] <= year]


def _nothing_yet(year: int) -> Made:
    return dict(
        text(
            fi=f"Lukua ei ole vuodelta {year} eikä sitä ennen.",
            sv=f"Det finns ingen siffra för {year} eller tidigare.",
            en=f"There is no figure for {year} or before.",
        )
    )


def _position(measure: Json, last: int) -> Made | None:
    own, country = by_year(measure["series"]["own"]), by_year(measure["series"]["country"])
    members = {code: by_year(pairs) for code, pairs in measure["members"].items()}
    if measure["kind"] == "count":
        return _place_of_change(measure, own, country, members, last)
    peers = {code: values[last] for code, values in members.items() if last in values}
    what = of_mean(last) if measure["kind"] == "rate" else of_year(last)
    return {
        **measure["position"], "own": own[last], "peers": peers, "what": what,
        "group": by_year(group_pairs(measure["series"])).get(last),
        "five": _five(measure["series"], last),
        "country": _country(measure, country, last),
    }  # fmt: skip


def _five(figures: Json, year: int, *, less: float = 0) -> list[float] | None:
    """Take the five figures of a large group; None where each peer's own series is kept."""
    if "lower" not in figures:
        return None
    found = [by_year(figures[name]).get(year) for name in FIVE]
    return [value - less for value in found if value is not None] or None


def _country(measure: Json, country: Values, last: int) -> float | None:
    """Give the country's figure; moves inside it are zero in each year."""
    told: float | None = measure["position"]["country"]
    return told if told == 0 and measure["kind"] == "rate" else country.get(last)


def _place_of_change(
    measure: Json, own: Values, country: Values, members: Mapping[str, Values], last: int
) -> Made | None:
    first = min(own)
    change = change_pct(own, first, last)
    if measure["position"] is None or change is None or first == last:
        return None
    changes = {code: change_pct(values, first, last) for code, values in members.items()}
    group = by_year(group_pairs(measure["chart"])).get(last)
    return {
        **measure["position"],
        "own": change,
        "peers": {code: told for code, told in changes.items() if told is not None},
        "group": None if group is None else group - INDEX_BASE,
        "five": _five(measure["chart"], last, less=INDEX_BASE),
        "country": change_pct(country, first, last),
        "what": of_change(first, last),
    }
