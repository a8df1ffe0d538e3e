"""Small pieces of HTML that stand in every row of long lists: a link, a state, a row of dots.

Drawn in Python: in a template each costs a hundred times more, and a list of all members has
hundreds of them. The components `c-icon`, `c-tag`, `c-dots` and `c-todo` draw these same marks.
"""

import html
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from uso.ground.lib.templatetags.uso_format import dots_in_words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Words: TypeAlias = "str | int | _StrPromise"

ICON_OF_KIND: Final = {"good": "check", "wait": "clock", "bad": "alert", "strong": "arrow"}
ICON_OF_OTHERS: Final = "minus"
DOT: Final = '<svg viewBox="0 0 16 16" class="{}"><circle cx="8" cy="8" r="7" />{}</svg>'
HALF: Final = SafeString('<path d="M8 1a7 7 0 0 0 0 14z" />')


def escaped(words: object) -> str:
    """Return words as HTML; what is HTML already stays as it is."""
    if isinstance(words, SafeString):
        return words
    text = str(words)  # of words translated late it may be HTML
    return text if isinstance(text, SafeString) else html.escape(text)


def fill(template: str, *parts: object) -> SafeString:
    """Put parts into HTML, escaped: a `format_html` for the cells of lists, four times as fast."""
    return SafeString(template.format(*map(escaped, parts)))


@cache  # the sprite's address does not change while a process lives
def icon(name: str) -> SafeString:
    """Draw an icon of the sprite; it is decoration, the word beside it says the same."""
    address = static("img/icons.svg")
    return fill(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', address, name
    )


def tag(kind: str, words: Words, icon_name: str = "") -> SafeString:
    """Draw a state as a word with an icon: kind is empty, strong, wait, good or bad."""
    return _tag(kind, escaped(words), icon_name)


@lru_cache(maxsize=1_024)  # rows have the same few states
def _tag(kind: str, words: str, icon_name: str) -> SafeString:
    mark = icon(icon_name or ICON_OF_KIND.get(kind, ICON_OF_OTHERS))
    return fill('<span class="tag {}">{}{}</span>', kind, mark, SafeString(words))


def made_up() -> SafeString:
    """Draw beside a thing that the demonstration made it up; nothing in a service of its own."""
    if not settings.DEMO:
        return SafeString("")
    return fill('<small class="made-up">{}</small>', gettext("made up"))


def dots(states: Sequence[str]) -> SafeString:
    """Draw one dot a workshop, and say the same in words: done, agreed, asked, free."""
    drawn = SafeString("".join(_dot(each) for each in states))
    words = dots_in_words(states)
    return fill('<span class="dots" role="img" aria-label="{}">{}</span>', words, drawn)


@cache  # four states
def _dot(state: str) -> SafeString:
    return fill(DOT, state, HALF if state == "agreed" else "")


def todo(
    sentence: Words, *, age: str, late: bool = False, href: str = "", action: str = ""
) -> SafeString:
    """Draw one thing that waits: a sentence, how long it has waited or may wait, and one press."""
    look = "age late" if late else "age"
    press = fill('<a class="button plain small" href="{}">{}</a>', href, action) if href else ""
    return fill(
        '<li><span class="what">{}</span><span class="{}">{}</span>{}</li>',
        sentence,
        look,
        age,
        press,
    )


def link(address: str, words: Words) -> SafeString:
    """Draw words that lead somewhere."""
    return fill('<a href="{}">{}</a>', address, words)


@lru_cache(maxsize=8_192)
def address(name: str, *parts: str | int) -> str:
    """Return the address of a view, as `reverse` does: a list asks for the same ones each time."""
    return reverse(name, args=parts)


def quiet(words: Words) -> SafeString:
    """Draw words in grey: what is missing, or beside the point."""
    return fill('<span class="quiet">{}</span>', words)


def amber(words: Words) -> SafeString:
    """Draw what waits for somebody."""
    return fill('<span class="amber">{}</span>', words)


def nowrap(words: Words) -> SafeString:
    """Draw words that stay on one line."""
    return fill('<span class="nowrap">{}</span>', words)


def with_notes(words: Words, notes: Iterable[Words], *, look: str = "") -> SafeString:
    """Draw words with small lines under them; empty lines are left out."""
    lines = (_line(str(note), look) for note in notes if note)
    return SafeString(escaped(words) + "".join(lines))


# Ninety rows have the same three fee tiers and one rate of VAT. Typed: HTML is equal to the same
# words as somebody wrote them.
@lru_cache(maxsize=1_024, typed=True)
def _line(note: str, look: str) -> SafeString:
    return fill('<small class="{}">{}</small>', look, note)


def attributes(given: Mapping[str, Any]) -> SafeString:
    """Draw the attributes of an element, each after a blank: `True` is its name alone, `False` nothing."""
    drawn = (
        f" {name}" if value is True else fill(' {}="{}"', name, value)
        for name, value in given.items()
        if value is not False
    )
    return SafeString("".join(drawn))


def options(groups: Iterable[tuple[str | None, list[dict[str, Any]], int]]) -> SafeString:
    """Draw the options of a choice, as `ChoiceWidget.optgroups` gives them: hundreds in some."""
    drawn = []
    for name, choices, _index in groups:
        inner = SafeString("".join(map(_option, choices)))
        drawn.append(fill('<optgroup label="{}">{}</optgroup>', name, inner) if name else inner)
    return SafeString("".join(drawn))


class Choosable(Protocol):
    """One choice of a list's filter."""

    @property
    def key(self) -> str:
        """Its value in the address."""

    @property
    def label(self) -> Any:
        """Its words."""

    @property
    def current(self) -> bool:
        """Whether it is chosen."""


def filter_choices(of_filter: Iterable[Choosable]) -> SafeString:
    """Draw the choices of a list's filter: a season's list has sixty."""
    return SafeString(
        "".join(
            fill(
                '<option value="{}"{}>{}</option>',
                each.key,
                SafeString(" selected" if each.current else ""),
                each.label,
            )
            for each in of_filter
        )
    )


def _option(choice: dict[str, Any]) -> str:
    attrs, value, label = attributes(choice["attrs"]), choice["value"], choice["label"]
    return f'<option value="{escaped(value)}"{attrs}>{escaped(label)}</option>'
