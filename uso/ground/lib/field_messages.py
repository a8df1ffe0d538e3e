"""What a field says of a value that cannot be: the step that mends it, in the place of the framework's words.

The defaults of the kinds of fields and of validators are replaced, so forms of libraries speak alike. Of empty
fields `required` speaks.
"""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.core import validators
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from uso.ground.lib.required import ELSEWHERE

_DAY: Final = _("Choose a day that is in the calendar.")
_MOMENT: Final = _("Choose a day that is in the calendar, and a time such as 9.30.")
_TIME: Final = _("Choose a time such as 9.30.")
_WHOLE: Final = _("Write a whole number with digits, such as 12.")
_NUMBER: Final = _("Write a number with digits, such as 12.5.")
_CHOICE: Final = _("Choose one of those on the list.")
_CHOICES: Final = _("Choose only of those on the list.")
_PARTS: Final = _("Fill in every part.")
_ADDRESS: Final = _("Write the whole address of the page, such as https://www.example.fi.")
_EMAIL: Final = _("Write an e-mail address such as name@example.fi.")
_FILE: Final = _("Choose the file again: it did not arrive.")
_SLUG: Final = _("Write it with the letters a–z, digits, hyphens and underscores alone.")
_NETWORK_ADDRESS: Final = _("Write a network address such as 192.0.2.1.")
_FORM: Final = _("Write this in another way: some of it does not belong here.")

#: By the kind of field; a kind below another has its words where it has none of its own.
OF_FIELDS: Final[Mapping[type[forms.Field], Mapping[str, Any]]] = {
    forms.IntegerField: {"invalid": _WHOLE},
    forms.FloatField: {"invalid": _NUMBER},
    forms.DecimalField: {"invalid": _NUMBER},
    forms.DateField: {"invalid": _DAY},
    forms.TimeField: {"invalid": _TIME},
    forms.DateTimeField: {"invalid": _MOMENT},
    forms.SplitDateTimeField: {"invalid_date": _DAY, "invalid_time": _TIME},
    forms.DurationField: {
        "invalid": _("Write a time such as 1:30:00."),
        "overflow": _("Write a shorter time."),
    },
    forms.URLField: {"invalid": _ADDRESS},
    forms.FileField: {
        "invalid": _FILE,
        "missing": _FILE,
        "empty": _("Choose another file: this one is empty."),
        "max_length": ngettext_lazy(
            "Give the file a shorter name: %(max)d sign fits, it has %(length)d.",
            "Give the file a shorter name: %(max)d signs fit, it has %(length)d.",
            "max",
        ),
        "contradiction": _("Choose a new file or remove the old one, not both."),
    },
    forms.ImageField: {"invalid_image": _("Choose a picture: this file is none, or is broken.")},
    forms.FilePathField: {"invalid_choice": _CHOICE},
    forms.ChoiceField: {"invalid_choice": _CHOICE},
    forms.MultipleChoiceField: {"invalid_choice": _CHOICES, "invalid_list": _CHOICES},
    forms.ModelChoiceField: {"invalid_choice": _CHOICE},
    forms.ModelMultipleChoiceField: {
        "invalid_choice": _CHOICES,
        "invalid_list": _CHOICES,
        "invalid_pk_value": _CHOICES,
    },
    forms.MultiValueField: {"invalid": _PARTS, "incomplete": _PARTS},
    forms.UUIDField: {"invalid": _("Copy the whole identifier here.")},
    forms.JSONField: {"invalid": _('Write it as JSON, such as {"name": "value"}.')},
}
#: By the kind of validator, or the one instance.
OF_VALIDATORS: Final[tuple[tuple[Any, Any], ...]] = (
    (validators.RegexValidator, _FORM),
    (validators.URLValidator, _ADDRESS),
    (validators.DomainNameValidator, _("Write the name of a site, such as example.fi.")),
    (validators.EmailValidator, _EMAIL),
    (validators.validate_slug, _SLUG),
    (validators.validate_unicode_slug, _("Write it with letters, digits and hyphens alone.")),
    (validators.validate_comma_separated_integer_list, _("Write whole numbers, commas between.")),
    (validators.BaseValidator, _FORM),
    (validators.MinValueValidator, _("Write %(limit_value)s or a larger number.")),
    (validators.MaxValueValidator, _("Write %(limit_value)s or a smaller number.")),
    (validators.StepValueValidator, _("Write a number that %(limit_value)s divides.")),
    (
        validators.MinLengthValidator,
        ngettext_lazy(
            "Write at least %(limit_value)d sign; there are %(show_value)d.",
            "Write at least %(limit_value)d signs; there are %(show_value)d.",
            "limit_value",
        ),
    ),
    (
        validators.MaxLengthValidator,
        ngettext_lazy(
            "Shorten this: %(limit_value)d sign fits, there are %(show_value)d.",
            "Shorten this: %(limit_value)d signs fit, there are %(show_value)d.",
            "limit_value",
        ),
    ),
    (validators.FileExtensionValidator, _("Choose a file that ends in: %(allowed_extensions)s.")),
    (validators.ProhibitNullCharactersValidator, _("Take out the signs that are not seen.")),
)
_OF_DECIMALS: Final[Mapping[str, Any]] = {
    "invalid": _NUMBER,
    "max_digits": ngettext_lazy(
        "Write at most %(max)s digit.", "Write at most %(max)s digits.", "max"
    ),
    "max_decimal_places": ngettext_lazy(
        "Write at most %(max)s decimal.", "Write at most %(max)s decimals.", "max"
    ),
    "max_whole_digits": ngettext_lazy(
        "Write at most %(max)s digit before the decimals.",
        "Write at most %(max)s digits before the decimals.",
        "max",
    ),
}
_OF_ROWS: Final[Mapping[str, Any]] = {
    "invalid_choice": _CHOICE,
    "null": ELSEWHERE,
    "blank": ELSEWHERE,
    "unique": _("Another one has this already: write another."),
}


def replace_defaults() -> None:
    """Put our words in the place of the framework's, for every field and validator."""
    for kind, messages in OF_FIELDS.items():
        kind.default_error_messages.update(messages)
    for validator, message in OF_VALIDATORS:
        validator.message = message
    validators.DecimalValidator.messages.update(_OF_DECIMALS)
    for network_kind in (forms.GenericIPAddressField, models.GenericIPAddressField):
        network_kind.default_error_messages = {"invalid": _NETWORK_ADDRESS}
    models.Field.default_error_messages.update(_OF_ROWS)
