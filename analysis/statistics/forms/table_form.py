"""Where the table stands in a file: which sheet, and which rows are its headings."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analysis.statistics.queries.uploaded_file import Upload
from analysis.statistics.sources import cells, guesses, layout, mapping, sheets
from analysis.statistics.sources.base import SourceError
from analysis.statistics.sources.sheets import Sheet

_ROWS = re.compile(r"([1-9][0-9]{0,3})(?:\s*[-–]\s*([1-9][0-9]{0,3}))?")
#: Rows of the sheet shown above the fields, and columns of them.
SHOWN_ROWS, SHOWN_COLUMNS = 8, 12
#: Headings a choice of columns can offer; each field of the next form has all of them.
MOST_HEADINGS = 1_000
SEPARATORS = [
    (";", gettext_lazy("Semicolon")),
    (",", gettext_lazy("Comma")),
    ("\t", gettext_lazy("Tab")),
    ("|", gettext_lazy("Vertical bar")),
]


class LayoutForm(forms.Form):
    """Where the table stands in the file; what nobody has told is as the last time, or guessed."""

    table = forms.ChoiceField(label=gettext_lazy("Read as"))
    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"))
    separator = forms.ChoiceField(label=gettext_lazy("Between the cells"), choices=SEPARATORS)
    rows = forms.CharField(
        label=gettext_lazy("Rows of the headings"),
        help_text=gettext_lazy("One row, such as 1, or several, such as 3–4."),
        max_length=9,
    )
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, asked: Mapping[str, str], *, upload: Upload) -> None:
        self.areas = cells.areas()
        self.problem = ""
        file = upload.file
        self.file_name = file.name
        separator = asked.get("separator", "")
        if separator not in mapping.SEPARATORS:
            separator = guesses.separator(file.content)
        try:
            self.sheets = sheets.glanced(file.name, file.content, separator)
        except SourceError as error:
            self.sheets, self.problem = {}, error.message
        table = asked.get("table") or self._table(upload)
        self.before = before = upload.before(table)
        name = self._sheet(asked.get("sheet") or (before.sheet if before else ""))
        begun = "rows" in asked and asked.get("was", "") == name
        super().__init__(
            {
                "table": table,
                "sheet": name,
                "separator": separator,
                "rows": asked["rows"] if begun else self._rows(name),
                "was": name,
            }
        )
        labels = {key: [one.label for one in all_] for key, all_ in upload.wanted.items()}
        self._offer("table", [(key, ", ".join(told)) for key, told in labels.items()])
        self._offer("sheet", [(one, one) for one in self.sheets])
        self.fields["sheet"].required = not file.is_text
        if not file.is_text:
            self.fields["separator"].widget = forms.HiddenInput()

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the types
        field.choices = choices
        if len(choices) < 2:
            field.widget = forms.HiddenInput()

    def _table(self, upload: Upload) -> str:
        """Return the table this file was read as, else the one its headings tell, else the last file's."""
        sheet = self.sheets.get(self._sheet(""), Sheet([]))
        rows = guesses.head_rows(sheet, self.areas) or (1,)
        names = [head.name for head in layout.heads(sheet, rows)] if sheet.rows else []
        told = (
            table_id
            for table_id, wanted in upload.wanted.items()
            if guesses.figures(names, {one.key: one.texts for one in wanted})
        )
        own, last = upload.file.mapping, upload.before()
        found = own.table if own else next(told, last.table if last else "")
        return upload.plan(found).table_id

    def _sheet(self, wanted: str) -> str:
        """Return the sheet asked for, else the first that names municipalities, else the first."""
        with_areas = (
            name for name, one in self.sheets.items() if guesses.head_rows(one, self.areas)
        )
        if wanted in self.sheets:
            return wanted
        return next(with_areas, next(iter(self.sheets), ""))

    def _rows(self, name: str) -> str:
        """Write the rows of the headings: those of the last time where they fit, else a guess."""
        sheet, before = self.sheets.get(name, Sheet([])), self.before
        rows = before.head_rows if before else ()
        if not (before and _fits(sheet, rows, before.area)):
            rows = guesses.head_rows(sheet, self.areas) or (1,)
        return str(rows[0]) if len(rows) == 1 else f"{rows[0]}–{rows[-1]}"

    def clean_rows(self) -> tuple[int, ...]:
        found = _ROWS.fullmatch(self.cleaned_data["rows"].strip())
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
        if not first <= last < first + 10:
            raise forms.ValidationError(_("Write a row such as 1, or rows such as 3–4."))
        return tuple(range(first, last + 1))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if self.problem:
            raise forms.ValidationError(self.problem)
        rows = told.get("rows")
        if rows and rows[-1] >= len(self.grid.rows):
            self.add_error(
                "rows",
                _("The sheet ends at row %(row)s: the headings stand above that.")
                % {"row": len(self.grid.rows)},
            )
        elif rows and self._heading_count(rows) > MOST_HEADINGS:
            raise forms.ValidationError(sheets.too_large(self.file_name).message)
        return told

    def _heading_count(self, rows: Sequence[int]) -> int:
        return sum(bool(head.whole) for head in layout.heads(self.grid, rows))

    @property
    def grid(self) -> Sheet:
        """The sheet asked for."""
        return self.sheets.get(self.data["sheet"], Sheet([]))

    @property
    def address(self) -> str:
        """What is told here, as the query of an address."""
        return urlencode(self.data)

    @property
    def begins(self) -> list[tuple[int, list[object]]]:
        """First rows of the sheet with their numbers."""
        rows = self.grid.rows[:SHOWN_ROWS]
        return [(at, list(row[:SHOWN_COLUMNS])) for at, row in enumerate(rows, start=1)]


def _fits(sheet: Sheet, rows: Sequence[int], area: str) -> bool:
    """Tell whether the headings of the last time stand in the same rows."""
    if rows[-1] > len(sheet.rows):
        return False
    return any(layout.same(head.whole, area) for head in layout.heads(sheet, rows))
