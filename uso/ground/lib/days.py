"""Which days a date may have: a range with the reason of its ends, and days that want a second look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from uso.ground.lib.dates import day
from uso.ground.lib.errors import RuleViolation
from uso.ground.lib.languages import current_language

SUNDAY: Final = 6
SATURDAY: Final = 5
# Languages of the holidays' names, as the library calls them.
NAMES: Final = {"fi": "fi", "sv": "sv_FI", "en": "en_US"}


@dataclass(frozen=True)
class Days:
    """The days something may have.

    Parameters
    ----------
    first, last
        Ends of the range, both allowed.
    too_early, too_late
        What is said of a day outside it: why, and what to do.
    """

    first: date
    last: date
    too_early: str
    too_late: str

    def require(self, on: date, *, field: str) -> None:
        """Refuse a day outside the range.

        Raises
        ------
        RuleViolation
            At the field, with the reason.
        """
        if on > self.last:
            raise RuleViolation(self.too_late, field=field)
        if on < self.first:
            raise RuleViolation(self.too_early, field=field)

    def limit(self, field: forms.Field) -> None:
        """Let the browser offer these days alone."""
        field.widget.attrs |= {"min": self.first.isoformat(), "max": self.last.isoformat()}


def unusual(on: date) -> str:
    """Say why hardly anybody works on a day, in the active language; empty for a working day.

    Examples
    --------
    >>> from django.utils.translation import override
    >>> with override("en"):
    ...     unusual(date(2026, 12, 6)), unusual(date(2026, 6, 20)), unusual(date(2026, 11, 24))
    ('Independence Day', 'Midsummer Day', '')
    """
    if holiday := _holidays(current_language()).get(on):
        return str(holiday)
    return _weekend(on)


def _weekend(on: date) -> str:
    return {SATURDAY: _("Saturday"), SUNDAY: _("Sunday")}.get(on.weekday(), "")


@cache
def _holidays(language: str) -> Any:
    """Return Finland's public holidays by day; a year is worked out when first asked for."""
    from holidays import country_holidays  # noqa: PLC0415 -- slow import

    return country_holidays("FI", language=NAMES[language])


class AsksAboutDays(forms.BaseForm):
    """A form that asks once more about a weekend, a public holiday or another doubtful day.

    The day is refused at its field, and a box beside it can be ticked: that day, and no other, is
    taken when the form comes again with it.
    """

    asked_days: Sequence[str] = ()
    """Names of the fields that hold a day or a moment."""

    @property
    def day_questions(self) -> list[forms.BoundField]:
        """The boxes to tick, for pages that draw their fields one by one."""
        return [self[_box(name)] for name in self.asked_days if _box(name) in self.fields]

    def doubt(self, name: str, on: date) -> str:
        """Say what is doubtful about the day of a field; empty where nothing is."""
        return unusual(on)

    def clean(self) -> dict[str, Any] | None:
        """Ask once about each doubtful day that was typed and not ticked yet.

        A day that an unchanged field has was asked about when that one was saved.
        """
        cleaned = super().clean()
        typed = self.cleaned_data if cleaned is None else cleaned
        kept: set[tuple[date, str]] = set()
        first: dict[
            tuple[date, str], str
        ] = {}  # beginning and ending on one day is asked about once
        for name in self.asked_days:
            value = typed.get(name)
            if value:
                on = timezone.localdate(value) if isinstance(value, datetime) else value
                why = self.doubt(name, on)
                if name in self.changed_data:
                    first.setdefault((on, why), name)
                else:
                    kept.add((on, why))
        for (on, why), name in first.items():
            if why and (on, why) not in kept:
                self._ask(name, on, why)
        return cleaned

    def _ask(self, name: str, on: date, why: str) -> None:
        box = _box(name)
        label = _("%(day)s is right") % {"day": day(on)}
        self.fields[box] = forms.BooleanField(
            label=label, required=False, widget=forms.CheckboxInput({"value": on.isoformat()})
        )
        order = [each for each in self.fields if each != box]
        self.order_fields([*order[: order.index(name) + 1], box])
        if self.data.get(self.add_prefix(box)) != on.isoformat():
            self.add_error(
                name,
                _("%(day)s: %(why)s. Choose another day, or tick that this one is right.")
                % {"day": day(on, weekday=why != _weekend(on)), "why": why},
            )


def _box(name: str) -> str:
    return f"{name}_is_right"
