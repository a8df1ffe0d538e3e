"""One row of each part of a season that is rows."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from seasons.models import Entitlement, Phase, SeasonContact, Theme, WorkshopTheme
from uso.ground.lib.fields import (
    CountField,
    DayField,
    EmailField,
    EurosField,
    Form,
    LinesField,
    ModelForm,
    PhoneField,
    TextField,
    in_languages,
    long_lines,
)
from uso.ground.lib.rows import RowForm

NAMES, TOPICS, FOCUSES, TITLES = in_languages("name", "topics", "focus", "title")
LARGEST_POPULATION = 10_000_000  # more than Finland has
HIGHEST_FEE = 9_999_999  # what the column holds


class Span(models.TextChoices):
    """Over which time a line of the package is counted."""

    SEASON = "season", _("in the whole season")
    YEARLY = "yearly", _("each year")
    ONGOING = "ongoing", _("through the whole season, without a number")


class ThemeRow(RowForm, ModelForm):
    layout: ClassVar = [NAMES, TOPICS]

    topics_fi = LinesField(language="fi", label=_("Topics in Finnish"), required=False)
    topics_sv = LinesField(language="sv", label=_("Topics in Swedish"), required=False)
    topics_en = LinesField(language="en", label=_("Topics in English"), required=False)

    class Meta:
        model = Theme
        fields: ClassVar = NAMES
        widgets: ClassVar = long_lines(NAMES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics_fi"].help_text = _("One topic a line.")


class PhaseRow(RowForm, ModelForm):
    layout: ClassVar = [["starts_on", "ends_on"], NAMES, FOCUSES]

    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
    focus_fi = TextField(
        language="fi", rows=3, label=_("Focus in Finnish"), max_length=2000, required=False,
        help_text=_("One thing a line."),
    )  # fmt: skip
    focus_sv = TextField(
        language="sv", rows=3, label=_("Focus in Swedish"), max_length=2000, required=False
    )
    focus_en = TextField(
        language="en", rows=3, label=_("Focus in English"), max_length=2000, required=False
    )

    class Meta:
        model = Phase
        fields: ClassVar = NAMES
        widgets: ClassVar = long_lines(NAMES)

    def clean(self) -> dict[str, Any] | None:
        """Refuse reversed dates at the last day."""
        cleaned = super().clean()
        first, last = (self.cleaned_data.get(name) for name in ("starts_on", "ends_on"))
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first: change one of them."))
        return cleaned


class EntitlementRow(RowForm, ModelForm):
    layout: ClassVar = [["kind", "quantity", "span", "whose"], NAMES]

    quantity = CountField(label=_("How many"), required=False, min_value=1, max_value=99)
    span = forms.ChoiceField(label=_("Counted"), choices=Span, required=False)
    whose = forms.ChoiceField(
        label=_("For whom"),
        choices=[("", _("Shared by all")), ("own", _("For each municipality"))],
        required=False,
    )

    class Meta:
        model = Entitlement
        fields: ClassVar = ["kind", *NAMES]
        widgets: ClassVar = long_lines(NAMES)
        labels: ClassVar = {
            "name_fi": _("Own words in Finnish"),
            "name_sv": _("Own words in Swedish"),
            "name_en": _("Own words in English"),
        }

    def clean(self) -> dict[str, Any]:
        """Read what the choices mean; a number and “without a number” do not go together."""
        super().clean()
        typed = self.cleaned_data
        span = typed.pop("span", "") or Span.SEASON
        if span == Span.ONGOING and typed.get("quantity"):
            self.add_error(
                "quantity", _("What runs through the whole season has no number: leave it empty.")
            )
        if span == Span.YEARLY and "quantity" in typed and typed["quantity"] is None:
            self.add_error("quantity", _("Give how many there are each year."))
        typed["yearly"], typed["ongoing"] = span == Span.YEARLY, span == Span.ONGOING
        typed["for_each_municipality"] = typed.pop("whose", "") == "own"
        return typed


class TierRow(RowForm, Form):
    layout: ClassVar = [["limit", "annual_fee_eur"]]

    limit = CountField(label=_("Limit (inhabitants)"), min_value=1, max_value=LARGEST_POPULATION)
    annual_fee_eur = EurosField(label=_("Annual fee (€)"), required=False, max_value=HIGHEST_FEE)


class WorkshopThemeRow(RowForm, ModelForm):
    layout: ClassVar = [NAMES]

    class Meta:
        model = WorkshopTheme
        fields: ClassVar = NAMES
        widgets: ClassVar = long_lines(NAMES)


class ContactRow(RowForm, ModelForm):
    layout: ClassVar = [["name", "organisation"], TITLES, ["email", "phone"]]

    email = EmailField(label=_("E-mail"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)

    class Meta:
        model = SeasonContact
        fields: ClassVar = ["name", "organisation", *TITLES]
        widgets: ClassVar = long_lines(TITLES)
        labels: ClassVar = {
            "title_fi": _("Job title in Finnish"),
            "title_sv": _("Job title in Swedish"),
            "title_en": _("Job title in English"),
        }


def initial_of(form: type[RowForm], row: Any) -> Mapping[str, Any]:
    """Return what a row's form shows of a row."""
    shown = {name: getattr(row, name) for name in form.base_fields if hasattr(row, name)}
    if isinstance(row, Entitlement):
        shown["span"] = _span(row)
        shown["whose"] = "own" if row.for_each_municipality else ""
    return {**shown, "id": row.pk}


def _span(row: Entitlement) -> Span:
    if row.ongoing:
        return Span.ONGOING
    return Span.YEARLY if row.yearly else Span.SEASON


def repeated(rows: Sequence[RowForm], name: str) -> list[RowForm]:
    """Return the rows that give a field what an earlier one has given it."""
    seen: set[Any] = set()
    found = []
    for row in rows:
        value = row.cleaned_data[name]
        if value in seen:
            found.append(row)
        seen.add(value)
    return found
