"""Experts' sentences and comments in the content of an analysis: pure, no database, no clock.

The rules' own sentences stay in the content beside the edited ones, so that it can be taken apart
again: `unedited(with_texts(content, …)) == content`.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import msgspec
from msgspec.structs import replace

from analysis.content.edition import (
    Comment,
    Edited,
    EditionContent,
    EditionFinding,
    EditionMeasure,
)
from analysis.engine.arithmetic import Number
from analysis.engine.record import Record
from uso.ground.lib.texts import Text


class Basis(Record):
    """What a rule says: its sentence and the figures it is based on."""

    text: Text
    figures: dict[str, Number | None]


@dataclass(frozen=True, slots=True)
class Edit:
    """A sentence in the place of a rule's; `original` is what that rule said.

    `text` holds the languages that were edited; `by` is a name.
    """

    measure: str
    rule: str
    text: Text
    original: Basis
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Remark:
    """An expert's comment on a measure, or on the whole where `measure` is empty."""

    measure: str
    text: Text
    by: str
    on: date


def with_texts(
    content: EditionContent, edits: Iterable[Edit], remarks: Iterable[Remark]
) -> EditionContent:
    """Put experts' sentences and comments into a content as the rules made it.

    Parameters
    ----------
    content
        As :func:`analysis.content.compose.compose` gives it.
    edits
        Those whose sentence is the same as when they were written (:func:`is_current`).
    remarks
        Comments for the report, in the order they are shown.
    """
    by_sentence = {(edit.measure, edit.rule): edit for edit in edits}
    comments: dict[str, tuple[Comment, ...]] = {}
    for each in remarks:
        comment = Comment(each.text, each.by, each.on)
        comments[each.measure] = (*comments.get(each.measure, ()), comment)

    def with_edits(measure: EditionMeasure) -> EditionMeasure:
        found = tuple(_edited(each, by_sentence, measure.key) for each in measure.findings)
        return replace(measure, findings=found, comments=comments.get(measure.key, ()))

    return replace(_each_measure(content, with_edits), comments=comments.get("", ()))


def _edited(
    finding: EditionFinding, edits: Mapping[tuple[str, str], Edit], measure: str
) -> EditionFinding:
    edit = edits.get((measure, finding.rule))
    if edit is None:
        return finding
    edited = Edited(edit.by, edit.on, original=finding.text)
    return replace(finding, text={**finding.text, **edit.text}, edited=edited)


def unedited(content: EditionContent) -> EditionContent:
    """Take experts' sentences and comments out again."""

    def as_written(measure: EditionMeasure) -> EditionMeasure:
        return replace(measure, findings=tuple(map(_original, measure.findings)), comments=())

    return replace(_each_measure(content, as_written), comments=())


def _original(finding: EditionFinding) -> EditionFinding:
    if finding.edited is None:
        return finding
    return replace(finding, text=finding.edited.original, edited=None)


def _each_measure(
    content: EditionContent, change: Callable[[EditionMeasure], EditionMeasure]
) -> EditionContent:
    groups = (
        replace(group, measures=tuple(map(change, group.measures))) for group in content.groups
    )
    return replace(content, groups=tuple(groups))


def basis(content: EditionContent, measure: str, rule: str) -> Basis | None:
    """Give what a rule says in an unedited content; None where it says nothing."""
    found = content.measure(measure)
    finding = found.finding(rule) if found else None
    return Basis(finding.text, finding.figures) if finding else None


def is_current(content: EditionContent, edit: Edit) -> bool:
    """Say whether the rule still says what an edit was written from, figures included."""
    return basis(content, edit.measure, edit.rule) == edit.original


def mark(basis: Basis) -> str:
    """Give a short mark of a basis; another sentence or figure has another mark."""
    return hashlib.sha256(msgspec.json.encode(basis, order="sorted")).hexdigest()[:16]
