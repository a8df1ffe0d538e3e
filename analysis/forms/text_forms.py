"""The texts of an analysis, and the expert it is given to."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from analysis.enums import Audience
from municipalities.models import User
from uso.ground.lib.fields import Form, TextField, by_language


class SentenceForm(Form):
    """A finding in the three languages of an analysis, and what its writer saw."""

    text_fi = TextField(language="fi", rows=3, label=_("In Finnish"), max_length=600)
    text_sv = TextField(language="sv", rows=3, label=_("In Swedish"), max_length=600)
    text_en = TextField(language="en", rows=3, label=_("In English"), max_length=600)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    mark = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Put the sentence of each language on one line; its no-break spaces stay."""
        data = super().clean() or {}
        typed = by_language(data, "text")
        text = {key: re.sub(r"[ \t\r\n]+", " ", sentence) for key, sentence in typed.items()}
        return {"text": text, "seen": data["seen"], "seen_mark": data["mark"]}


def _comment(language: str, label: Any) -> TextField:
    return TextField(language=language, rows=4, label=label, max_length=2000, required=False)


class CommentForm(Form):
    """An expert's comment in one language or more, for the report or for the coordinator."""

    audience = forms.ChoiceField(
        label=_("For whom"),
        choices=Audience.choices,
        widget=forms.RadioSelect,
        initial=Audience.REPORT,
    )
    text_fi = _comment("fi", _("In Finnish"))
    text_sv = _comment("sv", _("In Swedish"))
    text_en = _comment("en", _("In English"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Give the text in the languages that were written in."""
        data = super().clean() or {}
        typed = by_language(data, "text").items()
        text = {key: text.strip().replace("\r\n", "\n") for key, text in typed if text.strip()}
        return {"audience": data.get("audience"), "text": text, "seen": data["seen"]}


NO_EXPERT = _("Choose somebody who is an expert today.")


class AssignForm(Form):
    """Which expert is given the analysis."""

    expert = forms.ModelChoiceField(
        label=_("Expert"),
        queryset=User.objects.none(),
        empty_label=None,
        error_messages={"required": NO_EXPERT, "invalid_choice": NO_EXPERT},
    )

    def __init__(self, *args: Any, experts: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["expert"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- for the types
        field.queryset = User.objects.filter(pk__in=[each.pk for each in experts])
        field.label_from_instance = lambda user: user.name  # type: ignore[method-assign,assignment]
