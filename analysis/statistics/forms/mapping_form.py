"""How a file is read, as fields: which column holds what, and of which year the figures are."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analysis.statistics.enums import MissingReason
from analysis.statistics.forms.layout_form import LayoutForm
from analysis.statistics.forms.sheet_columns import SheetColumns
from analysis.statistics.queries.uploaded_file import Upload
from analysis.statistics.sources import guesses, layout, mapping, tidy
from uso.ground.lib.errors import RuleViolation
from uso.ground.lib.fields import Form

#: Where the years are, besides a column of them.
IN_HEADINGS, ONE_YEAR = "headings", "one"


class MappingForm(Form):
    """Which column holds what; each field begins as the last time, or with a guess that says so."""

    area = forms.ChoiceField(label=gettext_lazy("Municipality, by code or name"))
    year_from = forms.ChoiceField(label=gettext_lazy("Where the year stands"))
    year = forms.IntegerField(
        label=gettext_lazy("Year"),
        help_text=gettext_lazy("Where all figures of the file are of one year."),
        required=False,
        min_value=mapping.FIRST_YEAR,
        max_value=mapping.LAST_YEAR,
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
        layout_form: LayoutForm,
        upload: Upload,
    ) -> None:
        super().__init__(data)
        table, rows = layout_form.cleaned_data["table"], layout_form.cleaned_data["rows"]
        self.layout_form, self.previous = layout_form, layout_form.previous
        self.table, self.contents = upload.plan(table).table, upload.contents[table]
        self.columns = SheetColumns(layout_form.shown_sheet, rows, layout_form.areas)
        self._add_figures()
        self._add_marks()
        self._add_hidden()
        self._set_initial(upload)

    # -- Fields

    def _add_figures(self) -> None:
        choices = [("", _("Not in this file")), *self.columns.figure_choices()]
        for one in self.contents:
            self.fields[f"figures_{one.name}"] = forms.ChoiceField(
                label=one.label, choices=choices, required=False
            )
            self.fields[f"factor_{one.name}"] = forms.FloatField(
                label=_("%(name)s multiplied by") % {"name": one.label},
                help_text=_("1000 where the file tells thousands; otherwise empty."),
                required=False,
                localize=True,
                min_value=-mapping.MAX_FACTOR,
                max_value=mapping.MAX_FACTOR,
                initial=self.previous.factors.get(one.key) if self.previous else None,
            )

    def _add_marks(self) -> None:
        known = self.previous.marks if self.previous else {}
        self.marks = {
            f"mark_{text.encode().hex()}": text
            for text in guesses.unknown_marks(self.columns.figure_cells())
        }
        meanings = [("", _("Choose")), (mapping.ZERO, _("Zero")), *MissingReason.choices]
        for name, text in self.marks.items():
            self.fields[name] = forms.ChoiceField(
                label=_("“%(mark)s” means") % {"mark": text},
                choices=meanings,
                required=False,
                initial=known.get(text, ""),
            )

    def _add_hidden(self) -> None:
        """Ask what becomes of hidden rows and columns, each time anew: who hid them had a reason."""
        hidden = self.columns.hidden_names()
        if not hidden:
            return
        self.fields["hidden"] = forms.ChoiceField(
            label=_("Hidden in the file: %(hidden)s") % {"hidden": tidy.first_few(hidden)},
            help_text=_("A spreadsheet program does not display these rows and columns."),
            choices=[
                ("", _("Choose")),
                (mapping.LEAVE_OUT, _("Leave them out")),
                (mapping.READ, _("Read them like the others")),
            ],
            error_messages={"required": _("Choose what becomes of what is hidden.")},
        )

    def _set_initial(self, upload: Upload) -> None:
        """Give the fields their choices and initial values."""
        previous, columns = self.previous, self.columns
        area = columns.guess_area()
        self._choice_field("area").choices = [("", _("Choose")), *columns.heading_choices()]
        self._set_initial_choice("area", previous.area if previous else None, area)
        if not area and (letter := columns.guess_area_without_heading()):
            self.fields["area"].help_text = _(
                "Column %(column)s names municipalities but has no heading: type one in the file and bring it again."
            ) % {"column": letter}
        headings = {key: text for text, key in previous.contents.items()} if previous else {}
        guessed = columns.guess_figures({one.key: one.texts for one in self.contents})
        for one in self.contents:
            name = f"figures_{one.name}"
            self._set_initial_choice(name, headings.get(one.key), guessed.get(one.key))
        self._choice_field("year_from").choices = self._year_choices()
        year_guess = self._guess_year_choice(guessed.values())
        self._set_initial_choice("year_from", self._previous_year_choice(), year_guess, sign="")
        is_own = previous is not None and previous is upload.file.mapping
        self.initial["year"] = (
            previous.year if previous and is_own else columns.guess_year(upload.file.name)
        )
        self.initial["decimal"] = previous.decimal if previous else columns.guess_decimal()

    def _choice_field(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the types
        return field

    def _set_initial_choice(
        self, name: str, previous: str | None, guess: str | None, sign: str = "="
    ) -> None:
        """Choose what was chosen the last time, else the guess, where the field offers it."""
        field = self._choice_field(name)
        values = {str(value).casefold(): value for value, _label in field.choices}
        for text, hint in (
            (previous, _("As the last time.")),
            (guess, _("A guess from the file: check it.")),
        ):
            value = None if text is None else values.get(f"{sign}{text}".casefold())
            if value:
                self.initial[name], field.help_text = value, hint
                return

    def _year_choices(self) -> list[tuple[str, str]]:
        years = self.columns.years
        first = ", ".join(map(str, years[:4])) + (" …" if years[4:] else "")
        headed = (
            [(IN_HEADINGS, _("In the headings: %(years)s") % {"years": first})] if years else []
        )
        columns = [
            (value, _("In column %(column)s") % {"column": label})
            for value, label in self.columns.heading_choices()
        ]
        return [("", _("Choose")), *headed, (ONE_YEAR, _("One year for all figures")), *columns]

    def _previous_year_choice(self) -> str | None:
        """Return where the year was the last time; None where these headings have years of their own."""
        if self.previous is None or (self.previous.year and self.columns.years):
            return None
        if self.previous.year_column:
            return f"={self.previous.year_column}"
        return ONE_YEAR if self.previous.year else IN_HEADINGS

    def _guess_year_choice(self, names: Iterable[str]) -> str:
        if any(heading.year for name in names for heading in self.columns.with_heading(name)):
            return IN_HEADINGS
        column = self.columns.guess_year_column()
        return f"={column}" if column else ONE_YEAR

    # -- Parts of the page

    @property
    def figure_fields(self) -> list[BoundField]:
        """The fields of the columns of figures."""
        return [self[f"figures_{one.name}"] for one in self.contents]

    @property
    def mark_fields(self) -> list[BoundField]:
        """The fields of the marks among the figures."""
        return [self[name] for name in self.marks]

    @property
    def hidden_fields_asked(self) -> list[BoundField]:
        """The field of what is hidden in the file, where something is."""
        return [self["hidden"]] if "hidden" in self.fields else []

    @property
    def rare_fields(self) -> list[BoundField]:
        """The fields that most files do without."""
        return [*(self[f"factor_{one.name}"] for one in self.contents), self["decimal"]]

    @property
    def is_rare_open(self) -> bool:
        """Whether one of those is filled in or wrong."""
        *factors, decimal = self.rare_fields
        return any(one.errors or one.value() for one in factors) or bool(decimal.errors)

    # -- Answers

    def clean(self) -> dict[str, Any]:
        """Return the path of the table and the mapping that the fields make."""
        data = super().clean() or {}
        self._check_figures(data)
        self._check_year(data)
        self._check_area(data)
        if self.errors:
            return data
        try:
            file_mapping = mapping.mapping_from_json(self._as_json(data))
            layout.find_layout(self.layout_form.shown_sheet, file_mapping)
        except RuleViolation as error:
            raise forms.ValidationError(error.message) from error
        return {"table": self.table, "mapping": file_mapping}

    def _check_figures(self, data: Mapping[str, Any]) -> None:
        used = {data.get("area"): _("Municipality, by code or name")}
        used[data.get("year_from")] = _("Where the year stands")
        for one in self.contents:
            value = data.get(f"figures_{one.name}")
            if value and value in used:
                self.add_error(
                    f"figures_{one.name}",
                    _("This column is chosen for “%(other)s” too: choose another.")
                    % {"other": used[value]},
                )
            elif value:
                used[value] = one.label
        if not any(data.get(f"figures_{one.name}") for one in self.contents):
            self.add_error(
                f"figures_{self.contents[0].name}", _("Choose the column with the figures.")
            )

    def _check_year(self, data: Mapping[str, Any]) -> None:
        where = data.get("year_from")
        if where == ONE_YEAR and data.get("year") is None and "year" not in self.errors:
            self.add_error("year", _("Give the year of the figures."))
        if where == ONE_YEAR and (year := data.get("year")) and not self._may_be_of(year, data):
            self.add_error(
                "year",
                _(
                    "The year %(year)s has not been: only an indicator that is a projection has such."
                )
                % {"year": year},
            )
        if where and where == data.get("area"):
            self.add_error("year_from", _("This column tells the municipality: choose another."))
        if where != IN_HEADINGS:
            return
        chosen = [data.get(f"figures_{one.name}") or "" for one in self.contents]
        without_year = [
            heading
            for value in filter(None, chosen)
            for heading in self.columns.with_heading(value[1:])
            if not heading.year
        ]
        if without_year:
            self.add_error(
                "year_from",
                _("The heading “%(heading)s” tells no year: choose where it stands.")
                % {"heading": without_year[0].text},
            )

    def _may_be_of(self, year: int, data: Mapping[str, Any]) -> bool:
        chosen = [one for one in self.contents if data.get(f"figures_{one.name}")]
        return year <= timezone.localdate().year or all(
            indicator.is_projection for one in chosen for indicator in one.indicators
        )

    def _check_area(self, data: Mapping[str, Any]) -> None:
        value = data.get("area") or ""
        if value and not self.columns.identifier_kind(value[1:]):
            self.add_error(
                "area",
                _(
                    "This column does not tell municipalities that are known: choose the one with their codes or names, or mend them in the file."
                ),
            )

    def _as_json(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the mapping as JSON has it."""
        where, area = data["year_from"], data["area"][1:]
        marks = {text: data[name] for name, text in self.marks.items() if data[name]}
        return {
            "table": self.layout_form.cleaned_data["table"],
            "area": area,
            "area_as": self.columns.identifier_kind(area),
            "contents": {
                value[1:]: one.key
                for one in self.contents
                if (value := data[f"figures_{one.name}"])
            },
            "year": data["year"] if where == ONE_YEAR else None,
            "year_column": where[1:] if where.startswith("=") else "",
            "sheet": self.layout_form.data["sheet"] if len(self.layout_form.sheets) > 1 else "",
            "head_rows": list(self.layout_form.cleaned_data["rows"]),
            "factors": {
                one.key: factor
                for one in self.contents
                if (factor := data[f"factor_{one.name}"]) and data[f"figures_{one.name}"]
            },
            "marks": {**(self.previous.marks if self.previous else {}), **marks},
            "decimal": data["decimal"],
            "separator": self.layout_form.data["separator"],
            "hidden": data.get("hidden", ""),
        }
