"""The rows of the indicator catalogue, as they stand in analysis/statistics/data/catalogue: pure, read once.

A file for each group of the invitation; `shared.toml` holds the sources, the units and the remarks that
several indicators share.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from analysis.statistics.enums import Direction, GroupFigure, IndicatorGroup, MergeRule
from uso.ground.lib.texts import LANGUAGES, Text

FOLDER = Path(__file__).parent / "data" / "catalogue"
#: Remarks that an analysis gives by itself, as the reason of a gap.
OF_MERGERS = "before_merger"


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator: where it comes from, what it says, and how an analysis tells it.

    `remark` is what an analysis says of the comparability. `years` are those of the figures that come with the service, in words. `kind` is empty for an
    indicator that is kept and not told as it is, `absent` for one without figures yet. `key` and
    `told_in` name its page and its group where they are not its own. `steady` is the change over
    about five years below which it is called stable. `calendar` holds the years in which there is a
    figure at all, empty when in each. An `outlook` is a projection; a `superseded` one is told
    without conclusions. `source`, `table`, content and `selection` are those of the live source;
    `bundled` names source and table of the file that comes with the service and holds an earlier
    answer, empty where that is the same table. `breaks` are the years from which figures cannot be
    compared with earlier ones, `weight` the indicator by which figures are averaged: the parts of a
    merger where `merge_rule` says so, the municipalities of a group where `group_figure` does.
    """

    code: str
    group: str
    source: str
    table: str
    unit: Text
    name: Text
    definition: Text
    comparability: Text
    remark: Text
    influence: Text
    content_code: str = ""
    content_label: str = ""
    years: str = ""
    decimals: int = 0
    direction: str = Direction.NEUTRAL
    merge_rule: str = MergeRule.NOT_COMPARABLE
    kind: str = ""
    key: str = ""
    told_in: str = ""
    steady: float = 0.0
    calendar: tuple[int, ...] = field(default=())
    outlook: bool = False
    superseded: bool = False
    selection: Mapping[str, str] = field(default_factory=dict)
    bundled: str = ""
    breaks: tuple[int, ...] = ()
    weight: str = ""
    group_figure: str = GroupFigure.MEDIAN

    @property
    def active(self) -> bool:
        """Whether there are figures of it, or a source it can be read from already."""
        return self.kind != "absent"

    @property
    def upcoming(self) -> bool:
        """Whether it is told only once there are figures: it follows another that is told meanwhile."""
        return self.active and not any(self.bundle)

    @property
    def bundle(self) -> tuple[str, str]:
        """Source and table of the file that comes with the service; empty where there is none."""
        if self.bundled:
            source, _slash, table = self.bundled.partition("/")
            return source, table
        return (self.source, self.table) if self.years else ("", "")


@cache
def rows() -> tuple[Row, ...]:
    """Read every indicator, in the order of the groups and of their files."""
    return tuple(
        _row(group, code, told)
        for group in IndicatorGroup.values
        for code, told in _read(group).items()
    )


@cache
def sources() -> Mapping[str, Mapping[str, str]]:
    """Read the sources by their code: names, publisher, address, licence."""
    return dict(_read("shared")["sources"])


def _read(name: str) -> dict[str, Any]:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _shared() -> dict[str, Any]:
    return _read("shared")


def _row(group: str, code: str, told: dict[str, Any]) -> Row:
    told = dict(told)
    words = {language: told.pop(language) for language in LANGUAGES}
    remarks = {key: _shared()["remarks"][key] for key in told.pop("comparability", ())}
    return Row(
        code=code,
        group=group,
        unit=_shared()["units"][told.pop("unit")],
        name=_words(words, "name"),
        definition=_words(words, "definition"),
        influence=_words(words, "influence"),
        comparability=_joined(remarks.values()),
        remark=_joined(each for key, each in remarks.items() if not key.endswith(OF_MERGERS)),
        calendar=tuple(told.pop("calendar", ())),
        breaks=tuple(told.pop("breaks", ())),
        **told,
    )


def _words(words: Mapping[str, Text], what: str) -> Text:
    return {language: words[language].get(what, "") for language in LANGUAGES}


def _joined(told: Iterable[Text]) -> Text:
    remarks = list(told)
    return {language: " ".join(each[language] for each in remarks) for language in LANGUAGES}
