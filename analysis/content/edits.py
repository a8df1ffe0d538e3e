"""Experts' sentences and comments in the content of an analysis: pure, no database, no clock.

The rules' own sentences stay in the content beside the edited ones, so that it can be taken apart
again: `unedited(with_texts(content, …)) == content`.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.content.reading import measures_of

Json = dict[str, Any]
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Edit:
    """A sentence in the place of a rule's; `original` is that sentence with its figures.

    `text` holds the languages that were edited; `by` is a name and `on` an ISO date.
    """

    measure: str
    rule: str
    text: Texts
    original: Json
    by: str
    on: str


@dataclass(frozen=True, slots=True)
class Remark:
    """An expert's comment on a measure, or on the whole where `measure` is empty."""

    measure: str
    text: Texts
    by: str
    on: str


def with_texts(content: Json, edits: Iterable[Edit], remarks: Iterable[Remark]) -> Json:
    """Put experts' sentences and comments into a content as the rules made it.

    Parameters
    ----------
    content
        As :func:`analysis.content.compose.compose` gives it; left as it is.
    edits
        Those that hold (:func:`holds`); others must not be given.
    remarks
        Comments for the report, in the order they are shown.

    Returns
    -------
    dict
        A copy: each edited finding has `edited` (`by`, `at`, `original` text), the whole and each
        measure have `comments` (`text`, `by`, `at`).
    """
    made = _copied(content)
    by_place = {(edit.measure, edit.rule): edit for edit in edits}
    told: dict[str, list[Json]] = {}
    for each in remarks:
        told.setdefault(each.measure, []).append(
            {"text": dict(each.text), "by": each.by, "at": each.on}
        )
    made["comments"] = told.get("", [])
    for measure in measures_of(made):
        measure["comments"] = told.get(measure["key"], [])
        for finding in measure["findings"]:
            if edit := by_place.get((measure["key"], finding["rule"])):
                original = finding["text"]
                finding["text"] = original | dict(edit.text)
                finding["edited"] = {"by": edit.by, "at": edit.on, "original": original}
    return made


def unedited(content: Mapping[str, Any]) -> Json:
    """Take experts' sentences and comments out again."""
    made = _copied(content)
    made.pop("comments", None)
    for measure in measures_of(made):
        measure.pop("comments", None)
        for finding in measure["findings"]:
            if edited := finding.pop("edited", None):
                finding["text"] = edited["original"]
    return made


def _copied(content: Mapping[str, Any]) -> Json:
    """Copy what texts change, down to the findings; figures, which nothing changes, are shared."""
    groups = [
        {**group, "measures": [_measure_copied(each) for each in group["measures"]]}
        for group in content["groups"]
    ]
    return {**content, "groups": groups}


def _measure_copied(measure: Mapping[str, Any]) -> Json:
    return {**measure, "findings": [dict(finding) for finding in measure["findings"]]}


def basis(content: Json, measure: str, rule: str) -> Json | None:
    """Give what a rule says now: its sentence and figures; None where it says nothing.

    Parameters
    ----------
    content
        Unedited.
    """
    for each in measures_of(content):
        for finding in each["findings"] if each["key"] == measure else ():
            if finding["rule"] == rule:
                return {"text": finding["text"], "figures": finding["figures"]}
    return None


def holds(content: Json, edit: Edit) -> bool:
    """Tell whether the sentence an edit was written from stands as it did, figures included."""
    return basis(content, edit.measure, edit.rule) == edit.original


def mark(told: Json | None) -> str:
    """Give a short mark of a basis; another sentence or figure has another mark."""
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]
