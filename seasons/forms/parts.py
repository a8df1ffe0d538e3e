"""What coordinators write of a season, part by part."""

import copy
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from seasons.actions.editing import Reason, Tiers
from seasons.days import amendment_days
from seasons.enums import CHARGED_AT_ONCE, LateJoining, SeasonPart
from seasons.forms.limits import FIRST_YEAR, LAST_NUMBER, LAST_YEAR
from seasons.forms.rows import (
    HIGHEST_FEE,
    ContactRow,
    EntitlementRow,
    PhaseRow,
    ThemeRow,
    TierRow,
    WorkshopThemeRow,
    initial_of,
    repeated,
)
from seasons.models import Season
from seasons.pricing import bands, printed_limits
from seasons.queries import population_years
from uso.ground.lib.dates import day, span
from uso.ground.lib.fields import (
    CleansText,
    DayField,
    EurosField,
    Form,
    LinesField,
    ModelForm,
    TextField,
    by_language,
    in_languages,
    long_lines,
)
from uso.ground.lib.languages import LANGUAGES
from uso.ground.lib.money import cents_of, number
from uso.ground.lib.rows import RowsForm

(REASONS,) = in_languages("reason")
THEMES, BACKGROUNDS = in_languages("theme", "background")


class PartForm(CleansText, forms.BaseForm):
    """A part of a season; where it is published, with why it changes and from which day.

    Put before `Form` or its kin. `parts` names the fields that stand abreast, line by line.
    """

    parts: ClassVar[Sequence[Sequence[str]]] = ()

    def __init__(
        self,
        *args: Any,
        season: Season,
        part: SeasonPart,
        rows: Sequence[Any] = (),
        **kwargs: Any,
    ) -> None:
        self.season, self.part = season, part
        kwargs |= self.initial_rows(rows)
        super().__init__(*args, **kwargs)
        if self.amends:
            self._ask_for_the_reason()

    def initial_rows(self, rows: Sequence[Any]) -> dict[str, Any]:
        """Return what the form shows of the part's rows, as arguments of the form below it."""
        return {}

    @property
    def amends(self) -> bool:
        """Whether saving makes an amendment."""
        return not self.season.is_draft

    @property
    def lines(self) -> list[list[forms.BoundField]]:
        """The part's own fields as the page draws them."""
        return [[self[name] for name in names] for names in self.shown]

    @property
    def shown(self) -> Sequence[Sequence[str]]:
        """Names of the part's own fields, line by line."""
        return self.parts

    @property
    def reason_lines(self) -> list[list[forms.BoundField]]:
        """The fields of the amendment; none of a draft."""
        names = [REASONS, ["holds_from"]] if self.amends else []
        return [[self[name] for name in line] for line in names]

    @property
    def content(self) -> Any:
        """What to store of the part."""
        return {name: self.cleaned_data[name] for line in self.shown for name in line}

    def _ask_for_the_reason(self) -> None:
        labels = (_("Reason in Finnish"), _("Reason in Swedish"), _("Reason in English"))
        for language, label in zip(LANGUAGES, labels, strict=True):
            self.fields[f"reason_{language}"] = TextField(
                language=language, rows=2, label=label, max_length=2000, required=language == "fi"
            )
        self.fields["holds_from"] = DayField(
            label=_("The change holds from"), initial=timezone.localdate
        )
        days = amendment_days(self.season, self.part, today=timezone.localdate())
        days.limit(self.fields["holds_from"])
        if self.part in CHARGED_AT_ONCE:
            self.fields["holds_from"].help_text = _(
                "Today or earlier: who is confirmed from now on pays by what stands here."
            )

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors:
            return
        reason = None
        if self.amends:
            texts = by_language(self.cleaned_data, "reason")
            reason = Reason(texts, self.cleaned_data["holds_from"])
        self.cleaned_data = {"content": self.content, "reason": reason}


class BasicsForm(PartForm, ModelForm):
    parts: ClassVar = [["number", "first_year", "last_year"], THEMES, BACKGROUNDS]

    background_fi = LinesField(
        language="fi", label=_("Why now, in Finnish"), required=False,
        help_text=_("One reason a line."),
    )  # fmt: skip
    background_sv = LinesField(language="sv", label=_("Why now, in Swedish"), required=False)
    background_en = LinesField(language="en", label=_("Why now, in English"), required=False)

    class Meta:
        model = Season
        fields: ClassVar = ["number", "first_year", "last_year", *THEMES, *BACKGROUNDS]
        widgets: ClassVar = long_lines(THEMES)
        labels: ClassVar = {"number": _("Number of the season")}

    def __init__(self, *args: Any, season: Season, **kwargs: Any) -> None:
        super().__init__(*args, season=season, instance=copy.copy(season), **kwargs)
        if self.amends:
            for name in self.parts[0]:
                del self.fields[name]
        else:
            limit_years(self)

    @property
    def shown(self) -> Sequence[Sequence[str]]:
        """A published season keeps its number and years."""
        return self.parts[1:] if self.amends else self.parts

    def clean(self) -> dict[str, Any] | None:
        """Refuse a number or years that another season has."""
        cleaned = super().clean()
        check_years(self, besides=self.season)
        return cleaned


class EmptySeasonForm(ModelForm):
    """A new, empty season."""

    class Meta:
        model = Season
        fields: ClassVar = ["number", "first_year", "last_year"]
        labels: ClassVar = {"number": _("Number of the season")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit_years(self)

    def clean(self) -> dict[str, Any] | None:
        """Refuse a number or years that another season has."""
        cleaned = super().clean()
        check_years(self)
        return cleaned


def limit_years(form: forms.BaseForm) -> None:
    """Let the number and the years of a season be such as the network can have."""
    for name, first, last in (
        ("number", 1, LAST_NUMBER),
        ("first_year", FIRST_YEAR, LAST_YEAR),
        ("last_year", FIRST_YEAR, LAST_YEAR),
    ):
        label = form.fields[name].label
        form.fields[name] = forms.IntegerField(label=label, min_value=first, max_value=last)


def check_years(form: forms.BaseForm, besides: Season | None = None) -> None:
    """Put on a form's fields what is wrong with a season's number and years."""
    typed = form.cleaned_data
    others = Season.objects.exclude(pk=besides.pk if besides else None)
    if taken := others.filter(number=typed.get("number")).first():
        form.add_error(
            "number",
            gettext("%(season)s has the years %(years)s: choose another number.")
            % {"season": taken, "years": taken.years},
        )
    first, last = typed.get("first_year"), typed.get("last_year")
    if first is None or last is None:
        return
    if last < first:
        form.add_error("last_year", _("The last year is before the first: change one of them."))
    elif taken := others.filter(first_year__lte=last, last_year__gte=first).first():
        form.add_error(
            "first_year",
            gettext("%(season)s has the years %(years)s: choose years that no other season has.")
            % {"season": taken, "years": taken.years},
        )


class TermsForm(PartForm, Form):
    parts: ClassVar = [
        ["population_year"], ["vat_on_top"], ["travel_on_top"],
        ["first_month", "second_month"], ["late_joining"],
    ]  # fmt: skip

    vat_on_top = forms.BooleanField(required=False)
    travel_on_top = forms.BooleanField(required=False)

    def __init__(self, *args: Any, season: Season, **kwargs: Any) -> None:
        months = [*season.billing_months, "", ""]
        names = ("population_year", "vat_on_top", "travel_on_top", "late_joining")
        initial = {name: getattr(season, name) for name in names}
        initial |= {"first_month": months[0], "second_month": months[1]}
        super().__init__(*args, season=season, initial=initial, **kwargs)
        for name in ("vat_on_top", "travel_on_top"):
            self.fields[name].label = capfirst(Season._meta.get_field(name).verbose_name)
        years = _years_offered(season)
        self.fields["population_year"] = _choice(
            _("Population at the end of the year"),
            years,
            help_text=_("It decides the fee tier. Confirmed fees stay as they are."),
        )
        every_month = [(n, capfirst(name)) for n, name in MONTHS.items()]
        self.fields["first_month"] = _choice(_("First month of billing"), every_month)
        self.fields["second_month"] = _choice(
            _("Second month of billing"),
            every_month,
            help_text=_("Where the year's fee is billed in two parts."),
        )
        self.fields["late_joining"] = forms.ChoiceField(
            label=_("The first year's fee of who joins late"),
            choices=[("", _("Not chosen")), *LateJoining.choices],
            required=False,
        )

    def clean(self) -> dict[str, Any] | None:
        """Gather the months of billing."""
        cleaned = super().clean()
        first, second = (self.cleaned_data.get(name) for name in self.parts[3])
        if second and second == first:
            self.add_error("second_month", _("Choose another month, or leave this empty."))
        if second and not first:
            self.add_error("first_month", _("Choose the first month here, and the second beside."))
        return cleaned

    @property
    def content(self) -> Any:
        """Fields of the season; a billing month that is not chosen is left out."""
        typed = {name: value for name, value in super().content.items() if "month" not in name}
        months = (self.cleaned_data[name] for name in self.parts[3])
        return {**typed, "billing_months": sorted(filter(None, months))}


def _years_offered(season: Season) -> list[tuple[int, str]]:
    """Offer the years whose populations are known, and the season's own though its are not yet."""
    years = [(year, str(year)) for year in population_years()]
    stored = season.population_year
    if stored is None or (stored, str(stored)) in years:
        return years
    unknown = gettext("%(year)s (not known yet)") % {"year": stored}
    return sorted([*years, (stored, unknown)], reverse=True)


def _choice(label: Any, choices: Sequence[tuple[int, Any]], **options: Any) -> forms.Field:
    return forms.TypedChoiceField(
        label=label,
        choices=[("", _("Not chosen")), *choices],
        coerce=int,
        empty_value=None,
        required=False,
        **options,
    )


class RowsPartForm(PartForm, RowsForm):
    """A part that is rows."""

    def initial_rows(self, rows: Sequence[Any]) -> dict[str, Any]:
        """Show each row in a form of its own."""
        return {"rows": [initial_of(self.row_form, row) for row in rows]}

    @property
    def content(self) -> Any:
        """The rows in order."""
        return self.answer


class ThemesForm(RowsPartForm):
    row_form, row_name, add_row = ThemeRow, _("Theme"), _("Add a theme")
    row_hint = _("The Finnish name is needed; the rest may stay empty.")


class PhasesForm(RowsPartForm):
    row_form, row_name, add_row = PhaseRow, _("Phase"), _("Add a phase")
    row_hint = _(
        "The days and the Finnish name are needed. The phases stand in the order of their days."
    )
    is_ordered = False  # by their days

    def check_rows(self, rows: Sequence[Any]) -> None:
        """Let each phase lie in the season, and apart from the others."""
        before: tuple[str, date] | None = None
        found = [(row.cleaned_data["starts_on"], row.cleaned_data["ends_on"], row) for row in rows]
        for first, last, row in sorted(found, key=lambda each: each[0]):
            name = row.cleaned_data["name_fi"]
            self._require_in_season(row, starts_on=first, ends_on=last)
            if before and first <= before[1]:
                row.add_error(
                    "starts_on",
                    gettext("“%(phase)s” ends on %(day)s: begin after it.")
                    % {"phase": before[0], "day": day(before[1], weekday=False)},
                )
            before = (name, last)

    def _require_in_season(self, row: Any, **days: date) -> None:
        whole = span(self.season.first_day, self.season.last_day, weekday=False)
        outside = gettext("The season is %(days)s: choose a day within it.") % {"days": whole}
        for name, on in days.items():
            if not self.season.first_day <= on <= self.season.last_day:
                row.add_error(name, outside)


class PackageForm(RowsPartForm):
    row_form, row_name, add_row = EntitlementRow, _("Line"), _("Add a line")
    row_hint = _(
        "The kind is needed. Leave the number empty where none is promised, and the own words where the kind says it."
    )

    def check_rows(self, rows: Sequence[Any]) -> None:
        """Let each kind have one line."""
        for row in repeated(rows, "kind"):
            row.add_error("kind", _("The package has a line of this kind already: use that one."))


class FeesForm(PartForm, RowsForm):
    """Tiers by their limits as a brochure prints them: what lies between belongs to one of them."""

    parts: ClassVar = [["top_fee_eur"]]

    row_form, row_name, add_row = TierRow, _("Tier"), _("Add a tier")
    row_hint = _(
        "The first limit belongs to the tier above it (below 9 000), the others to the tier below (9 000–45 000)."
    )
    is_ordered = False  # by their limits

    top_fee_eur = EurosField(
        label=_("Annual fee above the last limit (€)"), required=False, max_value=HIGHEST_FEE
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["top_fee_eur"].required = self.amends

    def initial_rows(self, rows: Sequence[Any]) -> dict[str, Any]:
        """Show each tier by its limit as printed; the one above all limits has a field of its own."""
        limits = printed_limits(rows)
        fees = {tier.upper: _typed(tier.annual_fee_eur) for tier in rows}
        shown = [
            {"limit": number(limit), "annual_fee_eur": fees.get(upper, "")}
            for limit, (_lower, upper) in zip(limits, bands(limits), strict=False)
        ]
        return {"rows": shown, "initial": {"top_fee_eur": fees.get(None, "")}}

    def check_rows(self, rows: Sequence[Any]) -> None:
        """Let no two tiers end at one limit, and price all of a published season."""
        for row in repeated(rows, "limit"):
            row.add_error(
                "limit",
                gettext(
                    "Another tier ends at %(limit)s inhabitants: give this one a limit of its own."
                )
                % {"limit": number(row.cleaned_data["limit"])},
            )
        for row in rows:
            if self.amends and row.cleaned_data.get("annual_fee_eur") is None:
                row.add_error("annual_fee_eur", _("Give the fee: the season is published."))

    @property
    def content(self) -> Any:
        """The tiers; none where nothing was given."""
        fees = {
            row.cleaned_data["limit"]: row.cleaned_data["annual_fee_eur"] for row in self.filled
        }
        top = self.cleaned_data["top_fee_eur"]
        if not fees and top is None:
            return Tiers({})
        in_order = [fees[limit] for limit in sorted(fees)]
        return Tiers(dict(zip(bands(fees), [*in_order, top], strict=True)))


def _typed(fee: Any) -> str:
    if fee is None:
        return ""
    return number(fee, cents_of(fee))


class WorkshopThemesForm(RowsPartForm):
    row_form, row_name, add_row = WorkshopThemeRow, _("Subject"), _("Add a subject")
    row_hint = _("The Finnish name is needed; the rest may stay empty.")


class ContactsForm(RowsPartForm):
    row_form, row_name, add_row = ContactRow, _("Contact"), _("Add a contact")
    row_hint = _("The name is needed; the rest may stay empty. It is printed in the invitation.")


FORMS: Final[Mapping[SeasonPart, Any]] = {
    SeasonPart.BASICS: BasicsForm,
    SeasonPart.THEMES: ThemesForm,
    SeasonPart.PHASES: PhasesForm,
    SeasonPart.PACKAGE: PackageForm,
    SeasonPart.FEES: FeesForm,
    SeasonPart.TERMS: TermsForm,
    SeasonPart.WORKSHOP_THEMES: WorkshopThemesForm,
    SeasonPart.CONTACTS: ContactsForm,
}


def part_form(season: Season, part: SeasonPart, rows: Sequence[Any], sent: QueryDict | None) -> Any:
    """Return the form of a part with its rows, and with what was sent."""
    return FORMS[part](sent, season=season, part=part, rows=rows)
