"""Experts' comments as page, PDF and annex show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.content.edition import Comment, EditionContent
from analysis.render.chart_words import written_day
from uso.ground.lib.texts import text


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """A comment in the reader's language, or in the one it was written in, and its signature."""

    text: str
    language: str
    signature: str


def remarks(content: EditionContent, language: str) -> tuple[RemarkLine, ...]:
    """Write the comments on the whole."""
    return remark_lines(content.comments, language)


def remark_lines(comments: Iterable[Comment], language: str) -> tuple[RemarkLine, ...]:
    """Write comments in their order."""
    return tuple(_line(each, language) for each in comments)


def _line(comment: Comment, language: str) -> RemarkLine:
    spoken = language if language in comment.text else next(iter(comment.text))
    return RemarkLine(comment.text[spoken], spoken, _signature(comment, language))


def _signature(comment: Comment, language: str) -> str:
    name, day = comment.by, written_day(comment.at)
    return text(
        fi=f"Asiantuntijan kommentti, {name} {day}",
        sv=f"Den sakkunnigas kommentar, {name} {day}",
        en=f"Expert's comment, {name} {day}",
    )[language]
