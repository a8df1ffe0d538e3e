"""Form fields that every app shares: text without traps, days, moments, money, addresses."""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from decimal import Decimal
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import validate_email
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.translation import gettext_lazy as _

from uso.ground.lib.characters import clean, clean_line
from uso.ground.lib.languages import LANGUAGES
from uso.ground.lib.required import say_what_to_do

DASHES = BLANK_CHOICE_DASH[0][1]
LONGEST_DOMAIN = 253  # RFC 1035


def one_address(text: str) -> str:
    """Return an e-mail address in the one form in which it is stored: small, its domain in letters.

    >>> one_address(" Kirjaamo@Xn--krkl-load8j.fi"), one_address("kirjaamo@kärkölä.fi")
    ('kirjaamo@kärkölä.fi', 'kirjaamo@kärkölä.fi')
    """
    local, at, domain = clean_line(text).lower().rpartition("@")
    if len(domain) <= LONGEST_DOMAIN:  # converting takes a time that grows with the square
        with suppress(UnicodeError):  # of what is no domain `EmailField` says so
            domain = domain.encode("idna").decode("idna")
    return f"{local}{at}{domain}"


class CleansText(forms.BaseForm):
    """A form that cleans what is typed before it looks at it, and shows it cleaned.

    Letters are composed and signs that are not seen are taken out (`characters.clean`); a field of one line
    has plain single blanks. Every form of the project is one: `Form`, `ModelForm`, or a form of a library
    with this before it. Passwords and hidden fields stay as they came.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        """Say in words what an empty choice is."""
        super().__init__(*args, **options)
        self._name_empty_choices()

    def _name_empty_choices(self) -> None:
        for field in self.fields.values():
            name_empty_choice(field)

    def full_clean(self) -> None:
        """Clean the texts, then do what every form does; an empty field says what to do."""
        if self.is_bound:
            self.data = self._cleaned_data_sent()
            for name, field in self.fields.items():
                say_what_to_do(field, str(self[name].label))
        super().full_clean()

    def _cleaned_data_sent(self) -> Any:
        data = self.data.copy()
        for name, field in self.fields.items():
            clean_typed, key = _cleaner(field), self.add_prefix(name)
            if clean_typed is None or not isinstance(typed := data.get(key), str):
                continue
            data[key] = clean_typed(typed)
        return data


def name_empty_choice(field: forms.Field) -> None:
    """Put words in the place of the dashes of the framework; a form may have its own."""
    words = _("Choose") if field.required else _("Not chosen")
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == DASHES:
            field.empty_label = words
            field.widget.choices = field.choices
    elif isinstance(field, forms.ChoiceField) and not callable(field.choices):
        choices = list(field.choices)
        if choices[:1] == [("", DASHES)]:
            field.choices = [("", words), *choices[1:]]


def _cleaner(field: forms.Field) -> Callable[[str], str] | None:
    if not isinstance(field, forms.CharField):
        return None
    if isinstance(field.widget, forms.PasswordInput | forms.HiddenInput):
        return None
    if isinstance(field, forms.EmailField):
        return one_address
    has_lines = isinstance(field.widget, forms.Textarea) and not isinstance(field.widget, LongLine)
    return clean if has_lines else clean_line


class Form(CleansText, forms.Form):
    """A form."""


class ModelForm(CleansText, forms.ModelForm):
    """A form of a row; a constraint's refusal stands at the field that its code names."""

    def _update_errors(self, errors: ValidationError) -> None:
        for refusal in errors.error_dict.pop(NON_FIELD_ERRORS, []):
            self.add_error(refusal.code if refusal.code in self.fields else None, refusal)
        super()._update_errors(errors)


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


class LongLine(forms.Textarea):
    """Input of one line that may be long: it grows until all is seen, and breaks become blanks."""

    def __init__(self, *, language: str) -> None:
        super().__init__({"rows": 2, "lang": language, "class": "long-line"})


def long_lines(*groups: Iterable[str]) -> dict[str, LongLine]:
    """Return widgets for texts of one line by field; each name ends in its language."""
    names = [name for group in groups for name in group]
    return {name: LongLine(language=name.rpartition("_")[2]) for name in names}


class TextField(forms.CharField):
    """A text of several lines in one language."""

    def __init__(self, *, language: str, rows: int, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "lang": language})
        super().__init__(widget=widget, **options)


class LinesField(forms.CharField):
    """A list of short texts in one language, one a line."""

    def __init__(
        self, *, language: str, most: int = 30, longest: int = 200, rows: int = 5, **options: Any
    ) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "lang": language})
        super().__init__(widget=widget, **options)
        self.most, self.longest = most, longest

    def prepare_value(self, value: Any) -> Any:
        """Put each text on a line of its own."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Split into lines; empty ones go, and a sign of a list before a text goes too."""
        lines = (re.sub(r"^[-•–*]\s+", "", line.strip()) for line in str(value or "").splitlines())
        return [" ".join(line.split()) for line in lines if line]

    def validate(self, value: Any) -> None:
        """Name the line that is too long, or say how many there may be."""
        super().validate(value)
        if len(value) > self.most:
            raise ValidationError(
                _("There are %(count)d lines: leave at most %(most)d."),
                params={"count": len(value), "most": self.most},
            )
        for n, line in enumerate(value, start=1):
            if len(line) > self.longest:
                raise ValidationError(
                    _(
                        "Line %(n)d has %(length)d characters: shorten it to %(longest)d, "
                        "or divide it into lines."
                    ),
                    params={"n": n, "length": len(line), "longest": self.longest},
                )

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the texts, whatever blanks stand around them."""
        return self.to_python(data) != list(initial or [])


class CountField(forms.IntegerField):
    """A whole number as people write it: `45 000`."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric"})
        super().__init__(widget=widget, **options)

    def to_python(self, value: Any) -> Any:
        """Read blanks between thousands."""
        return super().to_python(re.sub(r"\s", "", clean(str(value))) if value else value)


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
        self.error_messages["max_decimal_places"] = _(
            "Give the sum in euros and cents, for example 9 000,50."
        )

    def to_python(self, value: Any) -> Any:
        """Read a comma, blanks between thousands and a euro sign."""
        text = re.sub(r"[\s€]", "", clean(str(value or ""))).replace(",", ".").replace("−", "-")
        return super().to_python(text)


def require_mailable(address: str) -> None:
    """Refuse an address that no mail program can write to, though its parts look like one."""
    local, _at, domain = address.rpartition("@")
    try:
        local.encode("ascii")
        domain.encode("idna")
    except UnicodeError as error:
        raise ValidationError(validate_email.message, code=validate_email.code) from error


LONGEST_EMAIL: Final = 254  # as every column of addresses; Django's own field would take 320


class EmailField(forms.EmailField):
    """An address in one form, so that twins are seen."""

    default_validators: ClassVar = [validate_email, require_mailable]

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": LONGEST_EMAIL} | options)

    def to_python(self, value: Any) -> str:
        """Write it in its one form."""
        return one_address(str(super().to_python(value)))


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
        if not re.fullmatch(r"\+[0-9]{6,15}", number):
            raise ValidationError(
                _("Write the number with digits alone, such as 040 123 4567 or +358 40 123 4567.")
            )
        return number
