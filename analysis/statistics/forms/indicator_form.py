"""What is followed, where it is in its source, and how it is displayed."""

from collections.abc import Sequence
from itertools import chain
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analysis.statistics.enums import DisplayMode, GroupFigure, MergeRule
from analysis.statistics.models import Indicator
from analysis.statistics.sources.mapping import is_year
from uso.ground.lib.fields import ModelForm, in_languages

MAX_DECIMALS = 3
REQUIRED_TEXTS = tuple(chain(*in_languages("name", "definition", "unit")))


class Part(NamedTuple):
    """A part of the form: its rows of fields side by side; one rarely needed is folded."""

    title: Promise
    rows: Sequence[Sequence[Any]]
    folded: bool = False
    #: Whether a folded part is open: something in it is filled in or wrong.
    is_open: bool = False


PARTS = (
    Part(
        _("Name, unit and definition"),
        [*in_languages("name", "unit", "definition"), ["group", "direction", "decimals"]],
    ),
    Part(
        _("Where it is read from"),
        [["source", "table"], ["content_code", "content_label"], ["is_read", "is_projection"]],
    ),
    Part(_("Further variables of the table"), [["selection"]], folded=True),
    Part(
        _("How it is told and compared"),
        [["display_mode", "stable_below"], ["group_figure", "merge_rule", "weight"]],
    ),
    Part(_("Breaks of comparability"), [["breaks"], *in_languages("comparability")], folded=True),
    Part(_("What the municipality decides"), in_languages("influence"), folded=True),
)


class IndicatorForm(ModelForm):
    """What is followed, where it is in its source, and how it is displayed."""

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
            "source", "table", "content_code", "content_label", "selection", "is_read", "is_projection",
            "display_mode", "stable_below", "group_figure", "merge_rule", "weight",
            "breaks", "comparability_fi", "comparability_sv", "comparability_en",
            "influence_fi", "influence_sv", "influence_en",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name.startswith(("definition_", "comparability_", "influence_")):
                field.widget.attrs["rows"] = 2
        for name in REQUIRED_TEXTS:
            self.fields[name].required = True
        self.fields["source"].label = _("Source")
        for name, nothing in (("source", _("Choose")), ("weight", _("No weight"))):
            choice = self.fields[name]
            assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 -- for the types
            choice.empty_label = nothing
        display_mode = self.fields["display_mode"]
        assert isinstance(display_mode, forms.ChoiceField)  # noqa: S101 -- for the types
        display_mode.choices = [("", _("Kept, not told")), *DisplayMode.choices]
        self.fields["decimals"].widget.attrs["max"] = MAX_DECIMALS
        if not self.is_bound:
            self.initial["selection"] = "\n".join(
                f"{text} = {code}" for text, code in self.instance.selection.items()
            )
            self.initial["breaks"] = ", ".join(map(str, self.instance.breaks))

    def clean(self) -> dict[str, Any]:
        """Ask for the weight at its own field; the constraint would ask beside the whole form."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        averaged = (
            data.get("merge_rule") == MergeRule.WEIGHTED
            or data.get("group_figure") == GroupFigure.WEIGHTED_MEAN
        )
        if averaged and data.get("weight") is None and "weight" not in self.errors:
            self.add_error("weight", _("Name the indicator that is the weight."))
        return data

    @property
    def parts(self) -> list[Part]:
        """The parts of the form with their fields."""
        return [self._part(part) for part in PARTS]

    def _part(self, part: Part) -> Part:
        rows = [[self[name] for name in row] for row in part.rows]
        is_open = any(field.errors or field.value() for row in rows for field in row)
        return part._replace(rows=rows, is_open=is_open)

    def clean_decimals(self) -> int:
        decimals: int = self.cleaned_data["decimals"]
        if decimals > MAX_DECIMALS:
            raise forms.ValidationError(
                _("Give at most %(most)d decimals.") % {"most": MAX_DECIMALS}
            )
        return decimals

    def clean_selection(self) -> dict[str, str]:
        selection: dict[str, str] = {}
        for line in filter(str.strip, self.cleaned_data["selection"].splitlines()):
            text, sign, code = (part.strip() for part in line.partition("="))
            if not (text and sign and code):
                raise forms.ValidationError(
                    _("“%(line)s” is not a variable = value: write one on each row.")
                    % {"line": line.strip()[:60]}
                )
            selection[text] = code
        return selection

    def clean_breaks(self) -> list[int]:
        years = [part.strip() for part in self.cleaned_data["breaks"].split(",") if part.strip()]
        wrong = [year for year in years if not (year.isdecimal() and is_year(int(year)))]
        if wrong:
            raise forms.ValidationError(
                _("“%(text)s” is not a year: write four digits.") % {"text": wrong[0][:40]}
            )
        return sorted({int(year) for year in years})
