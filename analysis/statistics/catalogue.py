"""The rows of the indicator catalogue, as analysis/statistics/data/catalogue has them: pure, read once.

A file for each group of the invitation; `shared.toml` holds the sources, the units and the remarks that
several indicators share.
"""

import dataclasses
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from analysis.statistics.enums import Direction, GroupFigure, IndicatorGroup, MergeRule
from uso.ground.lib.texts import LANGUAGES, Text

FOLDER = Path(__file__).parent / "data" / "catalogue"
#: Keys of remarks on mergers end so; an analysis gives them as the reason of a gap.
MERGER_REMARK_SUFFIX = "before_merger"


@dataclass(frozen=True, slots=True)
class Words:
    """How sentences speak of a measure where its name alone reads badly; each may be empty.

    They are patterns: `{whose}`, `{where}` and `{origin}` are forms of the municipality's name, `{number}` the
    figure and `{value}` the figure with its unit. `subject` begins a sentence, `told` tells the
    latest figure of what is counted by the head; `rises` and `falls` tell a figure that is itself
    a change.
    """

    subject: Text = field(default_factory=dict)
    told: Text = field(default_factory=dict)
    rises: Text = field(default_factory=dict)
    falls: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """An indicator: where it comes from, what it says, and how an analysis displays it.

    Attributes
    ----------
    remark
        What an analysis says of the comparability; a remark on mergers is given as the reason of a gap instead.
    years
        Years of the figures that come with the service, in words; empty where none do.
    display_mode
        `DisplayMode`; empty for an indicator whose figures are stored but not displayed as they are, `absent` for one
        without figures yet.
    key, display_group
        Key of its measure and group in which it is displayed, where they are not its own code and group.
    stable_below
        Change over about five years below which it is called stable.
    calendar
        Years in which there is a figure at all; empty when in each.
    outlook
        Whether it is a projection.
    month
        The month its figures are of; 0 where they are of the whole year or of its end.
    exact
        Whether the figure is decided and not rounded.
    words
        Patterns of sentences, for where the name alone reads badly.
    bundled
        Source and table of the file that comes with the service, where it is an earlier answer of another table than
        the live `table` of `source`.
    breaks
        Years from which figures cannot be compared with earlier ones.
    weight
        Indicator by which figures are averaged: the parts of a merger where `merge_rule` says so, the municipalities of
        a group where `group_figure` does.
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
    display_mode: str = ""
    key: str = ""
    display_group: str = ""
    stable_below: float = 0.0
    calendar: tuple[int, ...] = field(default=())
    outlook: bool = False
    month: int = 0
    exact: bool = False
    words: Words = field(default_factory=Words)
    selection: Mapping[str, str] = field(default_factory=dict)
    bundled: str = ""
    breaks: tuple[int, ...] = ()
    weight: str = ""
    group_figure: str = GroupFigure.MEDIAN

    @property
    def measure_key(self) -> str:
        """Key of its measure in an analysis."""
        return self.key or measure_key(self.code)

    @property
    def active(self) -> bool:
        """Whether there are figures of it, or a source it can be read from already."""
        return self.display_mode != "absent"

    @property
    def bundled_table(self) -> tuple[str, str]:
        """Source and table of the file that comes with the service; empty where there is none."""
        if self.bundled:
            source, _slash, table = self.bundled.partition("/")
            return source, table
        return (self.source, self.table) if self.years else ("", "")


def measure_key(code: str) -> str:
    """Make the key of the measure that displays an indicator, where the catalogue gives it none."""
    return code.replace("_", "-")


@cache
def catalogue_entries() -> tuple[CatalogueEntry, ...]:
    """Read every indicator, in the order of the groups and of their files."""
    return tuple(
        _entry(group, code, fields)
        for group in IndicatorGroup.values
        for code, fields in _read(group).items()
    )


@cache
def catalogue_sources() -> Mapping[str, Mapping[str, str]]:
    """Read the sources by their code: names, publisher, address, licence."""
    return dict(_read("shared")["sources"])


def _read(name: str) -> dict[str, Any]:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _shared() -> dict[str, Any]:
    return _read("shared")


def _entry(group: str, code: str, fields: dict[str, Any]) -> CatalogueEntry:
    fields = dict(fields)
    texts = {language: fields.pop(language) for language in LANGUAGES}
    remarks = {key: _shared()["remarks"][key] for key in fields.pop("comparability", ())}
    return CatalogueEntry(
        code=code,
        group=group,
        unit=_shared()["units"][fields.pop("unit")],
        name=_text(texts, "name"),
        definition=_text(texts, "definition"),
        influence=_text(texts, "influence"),
        words=Words(*(_pattern(texts, each.name) for each in dataclasses.fields(Words))),
        comparability=_join(remarks.values()),
        remark=_join(
            remark for key, remark in remarks.items() if not key.endswith(MERGER_REMARK_SUFFIX)
        ),
        calendar=tuple(fields.pop("calendar", ())),
        breaks=tuple(fields.pop("breaks", ())),
        **fields,
    )


def _text(texts: Mapping[str, Text], name: str) -> Text:
    return {language: texts[language].get(name, "") for language in LANGUAGES}


def _pattern(texts: Mapping[str, Text], name: str) -> Text:
    """Take a pattern of sentences, which is there in all languages or in none."""
    return _text(texts, name) if any(name in each for each in texts.values()) else {}


def _join(texts: Iterable[Text]) -> Text:
    remarks = list(texts)
    return {language: " ".join(each[language] for each in remarks) for language in LANGUAGES}
