"""Form fields that every app shares: text without traps, days, moments, money, addresses."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from uso.ground.lib.characters import is_seen
from uso.ground.lib.languages import LANGUAGES

# What spreadsheets and printed documents cannot hold; line breaks and tabs they can.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
# Names reach subjects, file names and calendars: no line breaks or other control characters.
LINE_CONTROLS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def no_controls(text: str) -> None:
    """Refuse a text with such characters, and one of which nothing is seen."""
    if CONTROLS.search(text) or not is_seen(text):
        raise ValidationError(_("Remove the invisible characters."))


def one_line(text: str) -> None:
    """Refuse a name with such characters, and one of which nothing is seen."""
    if LINE_CONTROLS.search(text) or not is_seen(text):
        raise ValidationError(_("Remove the line breaks and other invisible characters."))


def lines_only(form: forms.BaseForm, *names: str) -> None:
    """Let the named fields of a form of a model hold one line each."""
    for name in names:
        form.fields[name].validators.append(one_line)


def in_languages(*names: str) -> list[list[str]]:
    """Return the group of fields of each text, one for each language.

    >>> in_languages("title")
    [['title_fi', 'title_sv', 'title_en']]
    """
    return [[f"{name}_{language}" for language in LANGUAGES] for name in names]


def by_language(fields: Mapping[str, Any], name: str) -> dict[str, str]:
    """Gather a text by language out of the cleaned fields of its group.

    >>> by_language({"title_fi": "Talous", "place": "Kannus"}, "title")
    {'fi': 'Talous', 'sv': '', 'en': ''}
    """
    return {language: fields.get(f"{name}_{language}") or "" for language in LANGUAGES}


class TextField(forms.CharField):
    """A text of several lines in one language; one of which nothing is seen is empty."""

    default_validators: ClassVar = [no_controls]

    def __init__(self, *, language: str, rows: int, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "lang": language})
        super().__init__(widget=widget, **options)

    def to_python(self, value: Any) -> Any:
        """Take what has nothing to be seen as empty."""
        text = super().to_python(value) or ""
        return text if is_seen(text) else self.empty_value


class DayInput(forms.DateInput):
    """The browser's own choice of a day."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"type": "date", **attrs})


class MomentInput(forms.DateTimeInput):
    """The browser's own choice of a day and a time, in Helsinki."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", **attrs})


class DayField(forms.DateField):
    """A day."""

    widget = DayInput


class MomentField(forms.DateTimeField):
    """A day and a time in Helsinki."""

    widget = MomentInput

    def to_python(self, value: Any) -> Any:
        """Refuse the hours that do not exist, or exist twice, when clocks are turned."""
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code == "ambiguous_timezone":
                raise ValidationError(
                    _("Clocks are turned at that time: choose an hour earlier or later."),
                    code=error.code,
                ) from error
            raise


class EurosField(forms.DecimalField):
    """A sum in euros and cents, as people write it: `1 234,50`."""

    def __init__(self, *, min_value: Decimal = Decimal(0), **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(
            min_value=min_value, max_digits=10, decimal_places=2, widget=widget, **options
        )

    def to_python(self, value: Any) -> Any:
        """Read a comma, blanks between thousands and a euro sign."""
        text = re.sub(r"[\s€]", "", str(value or "")).replace(",", ".").replace("−", "-")
        return super().to_python(text)


class EmailField(forms.EmailField):
    """An address in one form, so that twins are seen."""

    def to_python(self, value: Any) -> str:
        """Write it small."""
        return str(super().to_python(value)).lower()


class PhoneField(forms.CharField):
    """A telephone number as people write it; stored as `+358401234567`."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
        super().__init__(max_length=24, widget=widget, **options)

    def clean(self, value: Any) -> str:
        """Take blanks, hyphens and brackets out; a number without its country is Finnish."""
        digits = re.sub(r"[\s()\-‐–]", "", str(super().clean(value)))
        if not digits:
            return ""
        number = re.sub(r"^00", "+", digits)
        number = re.sub(r"^0", "+358", number)
        if not re.fullmatch(r"\+\d{6,15}", number):
            raise ValidationError(
                _("Write the number with digits alone, such as 040 123 4567 or +358 40 123 4567.")
            )
        return number
