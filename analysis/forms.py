"""Input of the analysis."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from analysis.enums import Audience, PeerGroup, Telling
from analysis.likeness import FACTOR_WORDS
from analysis.models import Indicator
from analysis.similarity import FACTORS, NORMAL
from analysis.sources import registry, sheets
from analysis.sources.mapping import is_year
from analysis.texts import LANGUAGES
from municipalities.forms import one_line
from municipalities.models import Municipality, User
from uso.lib.languages import current_language

# What spreadsheets and printed documents cannot hold; line breaks and tabs they can.
no_controls = RegexValidator(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\u202a-\u202e\u2066-\u2069]",
    _("Remove the invisible characters."),
    inverse_match=True,
)

_UNKNOWN = _("One of the municipalities is not on the list. Choose them from the list below.")

MOST_DECIMALS = 3
LONGEST_ID = 19
TOLD_IN_THREE_LANGUAGES = tuple(
    f"{name}_{language}" for name in ("name", "definition", "unit") for language in LANGUAGES
)


class WeightsForm(forms.Form):
    """How much each factor counts in the suggestion; a factor left out counts as usual."""

    LEVELS: ClassVar = [(0, _("Not counted")), (1, _("Normal")), (2, _("Double"))]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for factor in FACTORS:
            self.fields[factor.key] = forms.TypedChoiceField(
                label=FACTOR_WORDS[factor.key].name[current_language()],
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
        validators=[no_controls],
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
        typed = map(str, self["peers"].value() or ())
        return {int(value) for value in typed if value.isdecimal() and len(value) < LONGEST_ID}


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


class ImportForm(forms.Form):
    """Which source is read, and from where: the network, or the figures that come with the service."""

    source = forms.ChoiceField(
        choices=[(code, code) for code in (*registry.LIVE, *registry.COMPILED)]
    )
    origin = forms.ChoiceField(
        choices=[(registry.NETWORK, registry.NETWORK), (registry.BUNDLED, registry.BUNDLED)]
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        allowed = (
            registry.LIVE if given.get("origin") == registry.NETWORK else registry.BUNDLED_SOURCES
        )
        if given.get("source") not in allowed:
            raise forms.ValidationError(_("This source is not read from there."))
        return given


class FileForm(forms.Form):
    """A file of figures and how it is read."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "XLSX or CSV UTF-8, 10 MB at most. One table with a row for each municipality."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"empty": _("The file is empty: choose the one with the figures.")},
    )
    mapping = forms.CharField(
        label=_("Mapping"),
        help_text=_(
            "Which column tells what, as JSON: the heading of the municipalities (area), the headings of the figures and their codes (contents), and the year or the heading of the years. It is kept with the file and offered the next time."
        ),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > sheets.MAX_BYTES:
            raise forms.ValidationError(
                _("The file %(name)s is far too large: keep the one table that is wanted in it.")
                % {"name": file.name}
            )
        return file


class IndicatorForm(forms.ModelForm):
    """What is followed, where it stands in its source, and how it is told."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    selection = forms.CharField(
        label=_("Further variables"),
        help_text=_(
            "One on each row: the variable's text = the code of its value. An asterisk stands for whichever variable has the value; months = mean makes the mean of twelve months the year's figure."
        ),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    breaks = forms.CharField(
        label=_("Comparability breaks"),
        help_text=_(
            "Years from which figures cannot be compared with earlier ones, with commas between: 2023."
        ),
        required=False,
        max_length=200,
    )

    class Meta:
        model = Indicator
        fields: ClassVar = [
            "name_fi", "name_sv", "name_en",
            "definition_fi", "definition_sv", "definition_en",
            "unit_fi", "unit_sv", "unit_en",
            "group", "decimals", "direction",
            "source", "table", "content_code", "content_label", "selection", "is_read",
            "telling", "steady", "group_figure", "merge_rule", "weight",
            "breaks", "comparability_fi", "comparability_sv", "comparability_en",
            "influence_fi", "influence_sv", "influence_en",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.CharField):
                is_long = isinstance(field.widget, forms.Textarea)
                field.validators.append(no_controls if is_long else one_line)
            if name.startswith(("definition_", "comparability_", "influence_")):
                field.widget.attrs["rows"] = 2
        for name in TOLD_IN_THREE_LANGUAGES:
            self.fields[name].required = True
        self.fields["source"].label = _("Source")
        telling = self.fields["telling"]
        assert isinstance(telling, forms.ChoiceField)  # noqa: S101 -- for the types
        telling.choices = [("", _("Kept, not told")), *Telling.choices]
        self.fields["decimals"].widget.attrs["max"] = MOST_DECIMALS
        if not self.is_bound:
            self.initial["selection"] = "\n".join(
                f"{text} = {code}" for text, code in self.instance.selection.items()
            )
            self.initial["breaks"] = ", ".join(map(str, self.instance.breaks))
            self.initial["seen"] = self.instance.version

    def clean_decimals(self) -> int:
        decimals: int = self.cleaned_data["decimals"]
        if decimals > MOST_DECIMALS:
            raise forms.ValidationError(
                _("Give at most %(most)d decimals.") % {"most": MOST_DECIMALS}
            )
        return decimals

    def clean_selection(self) -> dict[str, str]:
        told: dict[str, str] = {}
        for line in filter(str.strip, self.cleaned_data["selection"].splitlines()):
            text, sign, code = (part.strip() for part in line.partition("="))
            if not (text and sign and code):
                raise forms.ValidationError(
                    _("“%(line)s” is not a variable = value: write one on each row.")
                    % {"line": line.strip()[:60]}
                )
            told[text] = code
        return told

    def clean_breaks(self) -> list[int]:
        years = [part.strip() for part in self.cleaned_data["breaks"].split(",") if part.strip()]
        wrong = [year for year in years if not (year.isdecimal() and is_year(int(year)))]
        if wrong:
            raise forms.ValidationError(
                _("“%(text)s” is not a year: write four digits.") % {"text": wrong[0][:40]}
            )
        return sorted({int(year) for year in years})
