"""What a form was drawn for: the facts its words rest on, and what has become of them since.

A form carries its facts in a hidden field. When it comes back they are read anew, and where they
differ the form is refused with the difference, drawn for what holds now, and asks again.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeAlias

from django.db import models
from django.utils.translation import gettext as _

from uso.ground.lib.dates import day, moment
from uso.ground.lib.errors import RuleViolation

Facts: TypeAlias = Mapping[str, str]
"""Words of each thing, and what it was; a value that begins with `#` is a fingerprint, never shown."""

FIELD: Final = "drawn"
LONGEST_SHOWN: Final = 60  # characters; of a longer text it is said that it has changed
MOST_NAMED: Final = 12  # differences told one by one
LONGEST_SENT: Final = 100_000  # characters; no form carries nearly as much


class ChangedMeanwhile(RuleViolation):
    """What the form was drawn for has changed since; `now` is what holds."""

    def __init__(self, message: str, *, now: Facts) -> None:
        super().__init__(message)
        self.now = now


@dataclass(frozen=True)
class Drawn:
    """What a form is drawn for.

    Parameters
    ----------
    facts
        As the page shows them.
    read
        Reads them anew, in the transaction of the action; it should lock what it reads.
    author
        Says who changed these things last and when; empty where nobody knows.
    """

    facts: Facts
    read: Callable[[], Facts]
    author: Callable[[AbstractSet[str]], str] = lambda _changed: ""

    @property
    def field(self) -> str:
        """The facts as a hidden field holds them."""
        return write(self.facts)

    def require_same(self, before: Facts) -> None:
        """Refuse what was drawn for other facts.

        Raises
        ------
        ChangedMeanwhile
            With the difference.
        """
        now = self.read()
        if told := differences(before, now):
            changed = {name for name in {*before, *now} if before.get(name) != now.get(name)}
            raise ChangedMeanwhile(_say(told, self.author(changed)), now=now)


def _say(told: list[str], author: str) -> str:
    left = len(told) - MOST_NAMED
    listed = "; ".join(told[:MOST_NAMED]) + (_(" and %(count)d more") % {"count": left}) * (
        left > 0
    )
    words = (
        _("This has changed meanwhile (%(author)s): %(differences)s.")
        if author
        else _("This has changed meanwhile: %(differences)s.")
    )
    said = words % {"author": author, "differences": listed}
    what_next = _("Nothing was done. Look again, and press again if you still want it.")
    return f"{said} {what_next}"


def differences(before: Facts, now: Facts) -> list[str]:
    """Say each difference between two states of the same things.

    Examples
    --------
    >>> from django.utils.translation import override
    >>> with override("en"):
    ...     differences({"Fee": "9 000 €", "Kannus": "#1"}, {"Fee": "12 000 €", "Jämsä": "#2"})
    ['Fee: 9 000 € → 12 000 €', 'no longer Kannus', 'new: Jämsä']
    """
    changed = [_change(name, was, now[name]) for name, was in before.items() if name in now]
    gone = [_("no longer %(name)s") % {"name": name} for name in before if name not in now]
    new = [_("new: %(name)s") % {"name": name} for name in now if name not in before]
    return [*filter(None, changed), *gone, *new]


def _change(name: str, was: str, now: str) -> str:
    if was == now:
        return ""
    if was.startswith("#") or now.startswith("#"):
        return _("%(name)s: changed") % {"name": name}
    return f"{name}: {was} → {now}"


def fingerprint(text: str) -> str:
    """Return what stands for a text too long to be shown."""
    return f"#{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def in_words(value: object) -> str:
    """Say a value of a row; a long text is told by its fingerprint.

    Examples
    --------
    >>> in_words(None), in_words("140")
    ('–', '140')
    """
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value, weekday=False)
    text = str(value)
    return text if len(text) <= LONGEST_SHOWN and text[0] != "#" else fingerprint(text)


def facts_of(row: models.Model, names: Iterable[str]) -> Facts:
    """Return the named fields of a row by their words."""
    return {label(row, name): in_words(_value(row, name)) for name in names}


def label(row: models.Model, name: str) -> str:
    """Return what a field of a row is called among its facts."""
    words = str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return words[:1].upper() + words[1:]


def _value(row: models.Model, name: str) -> object:
    shown = getattr(row, f"get_{name}_display", None)
    return shown() if shown else getattr(row, name)


def write(facts: Facts) -> str:
    """Write facts as a hidden field holds them."""
    return json.dumps(dict(facts), ensure_ascii=False)


def parse(text: str | None) -> dict[str, str] | None:
    """Read a hidden field; None where it is missing, too long or holds anything else.

    Anybody can send anything in it, such as lists within lists deeper than can be read.
    """
    if not text or len(text) > LONGEST_SENT:
        return None
    try:
        facts = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(facts, dict) or not all(isinstance(each, str) for each in facts.values()):
        return None
    return facts
