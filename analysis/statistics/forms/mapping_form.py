"""How a file is read, as fields: which column tells what, and of which year the figures are."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analysis.statistics.enums import MissingReason
from analysis.statistics.forms.columns import Columns
from analysis.statistics.forms.table_form import LayoutForm
from analysis.statistics.queries.uploaded_file import Upload
from analysis.statistics.sources import guesses, layout, mapping
from analysis.statistics.sources.base import SourceError

#: Where the years stand, besides a column that tells them.
IN_HEADINGS, ONE_YEAR = "headings", "one"


class MappingForm(forms.Form):
    """Which column tells what; each field begins as the last time, or with a guess that says so."""

    area = forms.ChoiceField(label=gettext_lazy("Municipality, by code or name"))
    year_from = forms.ChoiceField(label=gettext_lazy("Where the year stands"))
    year = forms.IntegerField(
        label=gettext_lazy("Year"),
        help_text=gettext_lazy("Where all figures of the file are of one year."),
        required=False,
        min_value=1900,
        max_value=2100,
    )
    decimal = forms.ChoiceField(
        label=gettext_lazy("Before decimals in figures written as text"),
        choices=[(",", gettext_lazy("Comma: 82,05")), (".", gettext_lazy("Point: 82.05"))],
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        told: LayoutForm,
        upload: Upload,
    ) -> None:
        super().__init__(data)
        self.told, self.before = told, told.before
        self.wanted = upload.wanted[told.cleaned_data["table"]]
        self.columns = Columns(told.grid, told.cleaned_data["rows"], told.areas)
        self._add_figures()
        self._add_marks()
        self._begin(upload)

    # -- Fields

    def _add_figures(self) -> None:
        choices = [("", _("Not in this file")), *self.columns.of_figures()]
        for one in self.wanted:
            self.fields[f"figures_{one.name}"] = forms.ChoiceField(
                label=one.label, choices=choices, required=False
            )
            self.fields[f"factor_{one.name}"] = forms.FloatField(
                label=_("%(name)s multiplied by") % {"name": one.label},
                help_text=_("1000 where the file tells thousands; otherwise empty."),
                required=False,
                localize=True,
                min_value=-mapping.MOST_FACTOR,
                max_value=mapping.MOST_FACTOR,
                initial=self.before.factors.get(one.key) if self.before else None,
            )

    def _add_marks(self) -> None:
        known = self.before.marks if self.before else {}
        self.marks = {
            f"mark_{text.encode().hex()}": text
            for text in guesses.marks(self.columns.near_figures())
        }
        meanings = [("", _("Choose")), (mapping.ZERO, _("Zero")), *MissingReason.choices]
        for name, text in self.marks.items():
            self.fields[name] = forms.ChoiceField(
                label=_("“%(mark)s” means") % {"mark": text},
                choices=meanings,
                required=False,
                initial=known.get(text, ""),
            )

    def _begin(self, upload: Upload) -> None:
        """Give the fields what they begin with."""
        before, columns = self.before, self.columns
        self._field("area", [("", _("Choose")), *columns.of_any()])
        self._start("area", before.area if before else None, columns.area())
        if not columns.area() and (letter := columns.bare_area()):
            self.fields["area"].help_text = _(
                "Column %(column)s names municipalities but has no heading: type one in the file and bring it again."
            ) % {"column": letter}
        last = {content: name for name, content in before.contents.items()} if before else {}
        guessed = columns.figures({one.key: one.texts for one in self.wanted})
        for one in self.wanted:
            self._start(f"figures_{one.name}", last.get(one.key), guessed.get(one.key))
        self._field("year_from", self._year_choices())
        self._start("year_from", self._year_before(), self._year_guess(guessed.values()), sign="")
        again = upload.file.mapping is not None and before is upload.file.mapping
        self.initial["year"] = (
            before.year if again and before else columns.year_told(upload.file.name)
        )
        self.initial["decimal"] = before.decimal if before else columns.decimal()

    def _field(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the types
        field.choices = choices

    def _start(self, name: str, before: str | None, guess: str | None, sign: str = "=") -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the types
        values = {str(value).casefold(): value for value, _label in field.choices}
        for text, hint in (
            (before, _("As the last time.")),
            (guess, _("A guess from the file: check it.")),
        ):
            value = None if text is None else values.get(f"{sign}{text}".casefold())
            if value:
                self.initial[name], field.help_text = value, hint
                return

    def _year_choices(self) -> list[tuple[str, str]]:
        years = self.columns.years
        told = ", ".join(map(str, years[:4])) + (" …" if years[4:] else "")
        headed = [(IN_HEADINGS, _("In the headings: %(years)s") % {"years": told})] if years else []
        columns = [
            (value, _("In column %(column)s") % {"column": label})
            for value, label in self.columns.of_any()
        ]
        return [("", _("Choose")), *headed, (ONE_YEAR, _("One year for all figures")), *columns]

    def _year_before(self) -> str | None:
        """Return where the year stood the last time; years in these headings are looked at anew."""
        if self.before is None or (self.before.year and self.columns.years):
            return None
        if self.before.year_column:
            return f"={self.before.year_column}"
        return ONE_YEAR if self.before.year else IN_HEADINGS

    def _year_guess(self, names: Any) -> str:
        if any(head.year for name in names for head in self.columns.named(name)):
            return IN_HEADINGS
        column = self.columns.year_column()
        return f"={column}" if column else ONE_YEAR

    # -- Parts of the page

    @property
    def figure_fields(self) -> list[BoundField]:
        """The fields of the columns of figures."""
        return [self[f"figures_{one.name}"] for one in self.wanted]

    @property
    def mark_fields(self) -> list[BoundField]:
        """The fields of the marks that stand among the figures."""
        return [self[name] for name in self.marks]

    @property
    def rare_fields(self) -> list[BoundField]:
        """The fields that most files do without."""
        return [*(self[f"factor_{one.name}"] for one in self.wanted), self["decimal"]]

    @property
    def rare_told(self) -> bool:
        """Whether one of those is told or wrong."""
        return any(one.errors or one.value() for one in self.rare_fields[:-1]) or bool(
            self["decimal"].errors
        )

    # -- Answers

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        self._check_figures(told)
        self._check_year(told)
        self._check_area(told)
        if self.errors:
            return told
        try:
            told["mapping"] = mapping.of_json(self._as_json(told))
            layout.layout(self.told.grid, told["mapping"])
        except SourceError as error:
            raise forms.ValidationError(error.message) from error
        return told

    def _check_figures(self, told: Mapping[str, Any]) -> None:
        taken = {told.get("area"): _("Municipality, by code or name")}
        taken[told.get("year_from")] = _("Where the year stands")
        for one in self.wanted:
            value = told.get(f"figures_{one.name}")
            if value and value in taken:
                self.add_error(
                    f"figures_{one.name}",
                    _("This column is chosen for “%(other)s” too: choose another.")
                    % {"other": taken[value]},
                )
            elif value:
                taken[value] = one.label
        if not any(told.get(f"figures_{one.name}") for one in self.wanted):
            self.add_error(
                f"figures_{self.wanted[0].name}", _("Choose the column with the figures.")
            )

    def _check_year(self, told: Mapping[str, Any]) -> None:
        where = told.get("year_from")
        if where == ONE_YEAR and told.get("year") is None and "year" not in self.errors:
            self.add_error("year", _("Give the year of the figures."))
        if where and where == told.get("area"):
            self.add_error("year_from", _("This column tells the municipality: choose another."))
        if where != IN_HEADINGS:
            return
        chosen = [told.get(f"figures_{one.name}") or "" for one in self.wanted]
        bare = [
            head
            for value in filter(None, chosen)
            for head in self.columns.named(value[1:])
            if not head.year
        ]
        if bare:
            self.add_error(
                "year_from",
                _("The heading “%(heading)s” tells no year: choose where it stands.")
                % {"heading": bare[0].whole},
            )

    def _check_area(self, told: Mapping[str, Any]) -> None:
        value = told.get("area") or ""
        if value and not self.columns.told_as(value[1:]):
            self.add_error(
                "area",
                _(
                    "This column does not tell municipalities that are known: choose the one with their codes or names, or mend them in the file."
                ),
            )

    def _as_json(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was told in the form in which a mapping is kept."""
        where, area = told["year_from"], told["area"][1:]
        marks = {text: told[name] for name, text in self.marks.items() if told[name]}
        return {
            "table": self.told.cleaned_data["table"],
            "area": area,
            "area_as": self.columns.told_as(area),
            "contents": {
                value[1:]: one.key for one in self.wanted if (value := told[f"figures_{one.name}"])
            },
            "year": told["year"] if where == ONE_YEAR else None,
            "year_column": where[1:] if where.startswith("=") else "",
            "sheet": self.told.data["sheet"] if len(self.told.sheets) > 1 else "",
            "head_rows": list(self.told.cleaned_data["rows"]),
            "factors": {
                one.key: factor
                for one in self.wanted
                if (factor := told[f"factor_{one.name}"]) and told[f"figures_{one.name}"]
            },
            "marks": {**(self.before.marks if self.before else {}), **marks},
            "decimal": told["decimal"],
            "separator": self.told.data["separator"],
        }
