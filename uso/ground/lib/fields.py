"""Texts of several lines: which characters they may have, and when they are empty."""

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from uso.ground.lib.characters import is_seen

# What spreadsheets and printed documents cannot hold; line breaks and tabs they can.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


def no_controls(text: str) -> None:
    """Refuse a text with such characters, and one of which nothing is seen."""
    if CONTROLS.search(text) or not is_seen(text):
        raise ValidationError(_("Remove the invisible characters."))


class TextField(forms.CharField):
    """A text in one language; one of which nothing is seen is empty."""

    default_validators: ClassVar = [no_controls]

    def __init__(self, *, language: str, rows: int, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "lang": language})
        super().__init__(widget=widget, **options)

    def to_python(self, value: Any) -> Any:
        """Take what has nothing to be seen as empty."""
        text = super().to_python(value) or ""
        return text if is_seen(text) else self.empty_value
