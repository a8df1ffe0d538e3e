"""Where the table is in a file: which sheet, and which rows are its headings."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from analysis.statistics.queries.uploaded_file import Upload
from analysis.statistics.sources import cells, guesses, layout
from analysis.statistics.sources.mapping import FileMapping
from uso.ground.lib import sheets
from uso.ground.lib.errors import UnreadableFile
from uso.ground.lib.fields import Form
from uso.ground.lib.sheets import Sheet

_ROWS = re.compile(r"([1-9][0-9]{0,3})(?:\s*[-–]\s*([1-9][0-9]{0,3}))?")
#: Rows of the sheet shown above the fields, and columns of them.
SHOWN_ROWS, SHOWN_COLUMNS = 8, 12
#: Headings a choice of columns can offer; each field of the next form has all of them.
MAX_HEADINGS = 1_000
SEPARATORS = [
    (";", gettext_lazy("Semicolon")),
    (",", gettext_lazy("Comma")),
    ("\t", gettext_lazy("Tab")),
    ("|", gettext_lazy("Vertical bar")),
]


class LayoutForm(Form):
    """Where the table is in the file; what is not in the address is as the last time, or guessed."""

    table = forms.ChoiceField(label=gettext_lazy("Read as"))
    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"))
    separator = forms.ChoiceField(label=gettext_lazy("Between the cells"), choices=SEPARATORS)
    rows = forms.CharField(
        label=gettext_lazy("Rows of the headings"),
        help_text=gettext_lazy("One row, such as 1, or several, such as 3–4."),
        max_length=9,
    )
    #: The sheet that the rows were given for: of another sheet they are guessed anew.
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, query: Mapping[str, str], *, upload: Upload) -> None:
        file = upload.file
        self.file_name = file.name
        self.areas = cells.load_areas()
        separator = query.get("separator", "")
        if separator not in sheets.SEPARATORS:
            separator = sheets.guess_separator(file.content)
        self.file_error = ""
        try:
            self.sheets = sheets.open_all_sheets(file.name, file.content, separator)
        except UnreadableFile as error:
            self.sheets, self.file_error = {}, error.message
        table = query.get("table") or self._initial_table(upload)
        self.previous = upload.previous_mapping(table)
        sheet = self._existing_sheet(
            query.get("sheet") or (self.previous.sheet if self.previous else "")
        )
        rows_are_given = "rows" in query and query.get("was", "") == sheet
        super().__init__(
            {
                "table": table,
                "sheet": sheet,
                "separator": separator,
                "rows": query["rows"] if rows_are_given else self._initial_rows(sheet),
                "was": sheet,
            }
        )
        self._set_choices(
            "table",
            [
                (table_id, ", ".join(content.label for content in contents))
                for table_id, contents in upload.contents.items()
            ],
        )
        self._set_choices("sheet", [(name, name) for name in self.sheets])
        self.fields["sheet"].required = not file.is_text
        if not file.is_text:
            self.fields["separator"].widget = forms.HiddenInput()

    def _set_choices(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the types
        field.choices = choices
        if len(choices) < 2:
            field.widget = forms.HiddenInput()

    def _initial_table(self, upload: Upload) -> str:
        """Return the table this file was read as, else the one its headings fit, else the last file's."""
        if upload.file.mapping:
            return upload.plan(upload.file.mapping.table).table_id
        sheet = self.sheets.get(self._existing_sheet(""), Sheet([]))
        rows = guesses.head_rows(sheet, self.areas) or (1,)
        names = [heading.name for heading in layout.headings(sheet, rows)] if sheet.rows else []
        fitting = (
            table_id
            for table_id, contents in upload.contents.items()
            if guesses.match_headings(names, {one.key: one.texts for one in contents})
        )
        last = upload.previous_mapping()
        return upload.plan(next(fitting, last.table if last else "")).table_id

    def _existing_sheet(self, name: str) -> str:
        """Return the sheet of a name, else the first that names municipalities, else the first."""
        if name in self.sheets:
            return name
        with_areas = (
            one for one, sheet in self.sheets.items() if guesses.head_rows(sheet, self.areas)
        )
        return next(with_areas, next(iter(self.sheets), ""))

    def _initial_rows(self, name: str) -> str:
        """Write the rows of the headings: those of the last time where they fit, else a guess."""
        sheet, previous = self.sheets.get(name, Sheet([])), self.previous
        if previous and _fits(sheet, previous):
            rows = previous.head_rows
        else:
            rows = guesses.head_rows(sheet, self.areas) or (1,)
        return str(rows[0]) if len(rows) == 1 else f"{rows[0]}–{rows[-1]}"

    def clean_rows(self) -> tuple[int, ...]:
        match = _ROWS.fullmatch(self.cleaned_data["rows"].strip())
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if not first <= last < first + 10:
            raise forms.ValidationError(_("Write a row such as 1, or rows such as 3–4."))
        return tuple(range(first, last + 1))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.file_error:
            raise forms.ValidationError(self.file_error)
        rows = data.get("rows")
        if rows and rows[-1] >= len(self.shown_sheet.rows):
            self.add_error(
                "rows",
                _("The sheet ends at row %(row)s: the headings stand above that.")
                % {"row": len(self.shown_sheet.rows)},
            )
        elif rows and self._count_headings(rows) > MAX_HEADINGS:
            raise forms.ValidationError(sheets.too_large(self.file_name).message)
        return data

    def _count_headings(self, rows: Sequence[int]) -> int:
        return sum(bool(heading.text) for heading in layout.headings(self.shown_sheet, rows))

    @property
    def shown_sheet(self) -> Sheet:
        """The chosen sheet."""
        return self.sheets.get(self.data["sheet"], Sheet([]))

    @property
    def address(self) -> str:
        """The fields as the query of an address."""
        return urlencode(self.data)

    @property
    def first_rows(self) -> list[tuple[int, list[str]]]:
        """First rows of the sheet with their numbers, figures as they are read."""
        language, rows = get_language() or "fi", self.shown_sheet.rows[:SHOWN_ROWS]
        return [
            (number, [cells.display(cell, language) for cell in row[:SHOWN_COLUMNS]])
            for number, row in enumerate(rows, start=1)
        ]


def _fits(sheet: Sheet, previous: FileMapping) -> bool:
    """Return whether the headings of the last time are in the same rows."""
    rows = previous.head_rows
    if rows[-1] > len(sheet.rows):
        return False
    headings = layout.headings(sheet, rows)
    return any(layout.is_same_heading(heading.text, previous.area) for heading in headings)
