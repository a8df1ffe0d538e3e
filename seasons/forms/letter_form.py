"""What coordinators write in a letter."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from seasons.letters.placeholders import unknown
from seasons.models import Letter
from uso.ground.lib.fields import ModelForm, in_languages

SUBJECTS, TEXTS = in_languages("subject", "text")


class LetterForm(ModelForm):
    """Subject and text in each language, with placeholders."""

    class Meta:
        model = Letter
        fields = [name for pair in zip(SUBJECTS, TEXTS, strict=True) for name in pair]
        widgets = {name: forms.Textarea({"rows": 12}) for name in TEXTS}
        help_texts = {
            "text_en": gettext_lazy(
                "May be left empty: who reads English then gets the Finnish letter."
            )
        }

    def clean(self) -> dict[str, Any]:
        """Refuse what is no placeholder, naming it, and an English letter without its subject."""
        data = super().clean() or {}
        for name in [*SUBJECTS, *TEXTS]:
            if wrong := unknown(data.get(name) or ""):
                self.add_error(name, _no_placeholder(wrong))
        for here, other in (("subject_en", "text_en"), ("text_en", "subject_en")):
            if data.get(other) and not data.get(here) and here not in self.errors:
                self.add_error(here, _("A letter in English needs both subject and text."))
        return data


def _no_placeholder(wrong: list[str]) -> str:
    return _(
        "No placeholder: %(wrong)s. Use those of the list, each in braces, such as {kunta}."
    ) % {"wrong": ", ".join(dict.fromkeys(wrong))}
