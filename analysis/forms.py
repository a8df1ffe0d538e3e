"""Input of the analysis."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from analysis.enums import Audience, PeerGroup
from analysis.measures import LANGUAGES
from analysis.similarity import FACTORS, NORMAL
from municipalities.models import Municipality, User

_UNKNOWN = _("One of the municipalities is not on the list. Choose them from the list below.")


class WeightsForm(forms.Form):
    """How much each factor counts in the suggestion; a factor left out counts as usual."""

    LEVELS: ClassVar = [(0, _("Not counted")), (1, _("Normal")), (2, _("Double"))]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for factor in FACTORS:
            self.fields[factor.key] = forms.TypedChoiceField(
                choices=self.LEVELS,
                coerce=int,
                required=False,
                initial=factor.weight,
                error_messages={
                    "invalid_choice": _(
                        "A weight in the address is not known: 0 is not counted, 1 normal, 2 double."
                    )
                },
            )

    def clean(self) -> dict[str, Any]:
        """Take the usual weight where none is given, and ask that something counts."""
        typed = super().clean() or {}
        cleaned = {key: NORMAL[key] if value == "" else value for key, value in typed.items()}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(
                _("Let at least one factor count: with none there is no likeness to measure.")
            )
        return cleaned

    def weights(self) -> dict[str, int]:
        """Give the weights chosen; the usual ones where what was asked for will not do."""
        if self.is_bound and self.is_valid():
            return dict(self.cleaned_data)
        given = {} if self.is_bound else self.initial
        return {factor.key: given.get(factor.key, factor.weight) for factor in FACTORS}


class PeersForm(forms.Form):
    """The municipalities to be compared with, and why."""

    peers = forms.ModelMultipleChoiceField(
        label=_("Peers"),
        queryset=Municipality.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _UNKNOWN, "invalid_pk_value": _UNKNOWN},
    )
    group = forms.ChoiceField(
        label=_("Whom are you compared with?"),
        choices=PeerGroup,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("There is no such group. Choose one from the list.")},
    )
    reason = forms.CharField(
        label=_("Why these?"),
        help_text=_("One or two sentences. They are printed in the analysis."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["peers"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 -- for the types
        field.queryset = Municipality.objects.exclude(pk=municipality.pk)

    def clean_group(self) -> str:
        """Take the own choice where no group is named."""
        return str(self.cleaned_data["group"] or PeerGroup.OWN)

    def chosen_group(self) -> str:
        """Tell which group is marked, as typed or as stored."""
        value = self["group"].value()
        return value if value in PeerGroup.values else PeerGroup.OWN

    def chosen_ids(self) -> set[int]:
        """Tell what is ticked, as typed or as stored."""
        return {int(value) for value in self["peers"].value() or () if str(value).isdecimal()}


class ImportForm(forms.Form):
    """Which source is read, and from where."""

    source = forms.ChoiceField(choices=[("pxweb", "pxweb")])
    origin = forms.ChoiceField(choices=[("network", "network"), ("bundled", "bundled")])


# What spreadsheets and printed documents cannot hold; line breaks and tabs they can.
no_controls = RegexValidator(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\u202a-\u202e\u2066-\u2069]",
    _("Remove the invisible characters."),
    inverse_match=True,
)


class SentenceForm(forms.Form):
    """A finding in the three languages of an analysis, and what its writer saw."""

    text_fi = forms.CharField(label=_("In Finnish"), max_length=600)
    text_sv = forms.CharField(label=_("In Swedish"), max_length=600)
    text_en = forms.CharField(label=_("In English"), max_length=600)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    mark = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            field = self.fields[f"text_{language}"]
            field.widget = forms.Textarea(attrs={"rows": 3, "lang": language})
            field.validators.append(no_controls)

    def texts(self) -> dict[str, str]:
        """Return the sentence in each language, on one line; its no-break spaces stay."""
        typed = {key: self.cleaned_data[f"text_{key}"] for key in LANGUAGES}
        return {key: re.sub(r"[ \t\r\n]+", " ", text) for key, text in typed.items()}


class CommentForm(forms.Form):
    """An expert's comment in one language or more, for the report or for the coordinator."""

    audience = forms.ChoiceField(
        label=_("For whom"),
        choices=Audience.choices,
        widget=forms.RadioSelect,
        initial=Audience.REPORT,
    )
    text_fi = forms.CharField(label=_("In Finnish"), max_length=2000, required=False)
    text_sv = forms.CharField(label=_("In Swedish"), max_length=2000, required=False)
    text_en = forms.CharField(label=_("In English"), max_length=2000, required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            field = self.fields[f"text_{language}"]
            field.widget = forms.Textarea(attrs={"rows": 4, "lang": language})
            field.validators.append(no_controls)

    def texts(self) -> dict[str, str]:
        """Return the languages that were written in."""
        told = {key: self.cleaned_data.get(f"text_{key}", "").strip() for key in LANGUAGES}
        return {key: text.replace("\r\n", "\n") for key, text in told.items() if text}


class AssignForm(forms.Form):
    """Which expert is given the analysis."""

    expert = forms.ModelChoiceField(
        label=_("Expert"), queryset=User.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, experts: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["expert"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- for the types
        field.queryset = User.objects.filter(pk__in=[each.pk for each in experts])
        field.label_from_instance = lambda user: user.name  # type: ignore[method-assign,assignment]
