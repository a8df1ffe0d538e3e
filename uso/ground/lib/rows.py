"""Forms of rows: all of them on one page, added, removed and put in order together.

Without scripts there are some empty rows, a number for the order and a tick for removal;
`static/js/rows.js` adds rows, moves them by buttons, and by dragging.
"""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from uso.ground.lib.fields import CleansText, Form, name_empty_choice

PREFIX: Final = "rows"
EMPTY_ROWS: Final = 2  # for who has no scripts
MOST_ROWS: Final = 60
LAST: Final = float("inf")
PLACE: Final = frozenset({ORDERING_FIELD_NAME, DELETION_FIELD_NAME})


class SharedFields(dict[str, forms.Field]):
    """Fields that all rows of a page have: they differ in values alone, and a form copies its fields."""

    def __deepcopy__(self, _memo: Any) -> dict[str, forms.Field]:
        return dict(self)

    @classmethod
    def of(cls, form: "type[RowForm]") -> "SharedFields":
        """Copy a form's fields for one page, the words of their choices in its language."""
        fields = copy.deepcopy(form.base_fields)
        for field in fields.values():
            name_empty_choice(field)
            choices: Any = getattr(field, "choices", None)
            if isinstance(field, forms.ChoiceField) and isinstance(choices, list):
                field.choices = [(value, _said(words)) for value, words in choices]
        return cls(fields)


def _said(words: Any) -> Any:
    return str(words) if isinstance(words, Promise) else words  # a group has a list


class RowForm(CleansText, forms.BaseForm):
    """One row; put before `Form` or `ModelForm`.

    `layout` names the fields that stand abreast; the row's own key goes unseen. What a row does to a
    field it does to the field of each row.
    """

    layout: ClassVar[Sequence[Sequence[str]]] = ()
    base_fields: dict[str, forms.Field]

    def __init__(self, *args: Any, shared: SharedFields, **options: Any) -> None:
        self.base_fields = shared
        super().__init__(*args, **options)

    def _name_empty_choices(self) -> None:
        """Leave it: the shared fields have them named."""

    def has_changed(self) -> bool:
        """Whether somebody wrote in the row: its place and what a list shows by itself are nobody's word."""
        return any(not self._is_as_drawn(name) for name in self.changed_data if name not in PLACE)

    def _is_as_drawn(self, name: str) -> bool:
        """Whether a list without a first value says what a browser sends of it untouched."""
        shown = self[name]
        if not isinstance(shown.field.widget, forms.Select) or shown.initial not in (None, ""):
            return False
        first = next((value for value, _words in shown.field.widget.choices), "")
        return str(shown.value()) == str(first)

    @property
    def on_page(self) -> dict[str, Any]:
        """What the page draws of the row: a template asks a form for a field of each name first."""
        return {
            "prefix": self.prefix,
            "is_empty": self.empty_permitted and not (self.is_bound and self.has_changed()),
            "id": self["id"],
            "errors": self.non_field_errors(),
            "lines": [[self[name] for name in names] for names in self.layout],
            "order": self[ORDERING_FIELD_NAME] if ORDERING_FIELD_NAME in self.fields else None,
            "remove": self[DELETION_FIELD_NAME],
        }

    @property
    def is_removed(self) -> bool:
        """Whether the row is ticked to be removed."""
        return bool(self.cleaned_data.get(DELETION_FIELD_NAME))

    @property
    def typed_order(self) -> float:
        """The place somebody gave the row; the end where they gave none."""
        typed: Any = self[ORDERING_FIELD_NAME].value() if ORDERING_FIELD_NAME in self.fields else ""
        try:
            return int(typed)
        except (TypeError, ValueError):
            return LAST


class _Formset(forms.BaseFormSet):  # type: ignore[type-arg]  # it takes none when it runs
    """Rows that know the key of what they show."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["id"] = forms.IntegerField(required=False, widget=forms.HiddenInput)


@dataclass(frozen=True)
class Rows:
    """What came of a form's rows.

    Parameters
    ----------
    rows
        The fields of each row in order; `id` is the key of one that was there, or None.
    removed
        Keys of those to be removed. A row that is in neither was added by somebody else meanwhile.
    """

    rows: tuple[Mapping[str, Any], ...]
    removed: frozenset[int]


class RowsForm(Form):
    """A form with rows below its own fields; `check_rows` compares them with each other."""

    row_form: ClassVar[type[RowForm]]
    row_name: ClassVar[Any] = _("Row")
    add_row: ClassVar[Any] = _("Add a row")
    row_hint: ClassVar[Any] = ""
    is_ordered: ClassVar[bool] = True

    def __init__(self, *args: Any, rows: Sequence[Mapping[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        formset = forms.formset_factory(
            self.row_form,
            formset=_Formset,
            can_order=self.is_ordered,
            can_delete=True,
            extra=EMPTY_ROWS,
            max_num=MOST_ROWS,
            absolute_max=MOST_ROWS + 1,
            validate_max=True,
        )
        words: dict[str, Any] = {
            "too_many_forms": _("There is room for %(most)d rows.") % {"most": MOST_ROWS},
            "missing_management_form": _(
                "The rows came back damaged, and nothing was stored. Load the page again and write them anew."
            ),
        }
        self.rows = formset(
            self.data if self.is_bound else None,
            initial=list(rows),
            prefix=PREFIX,
            error_messages=words,
            form_kwargs={"shared": SharedFields.of(self.row_form)},
        )

    def clean(self) -> dict[str, Any] | None:
        """Look at the rows too; their faults are the form's."""
        cleaned = super().clean()
        if self.rows.is_valid():
            self.check_rows(self.filled)
        for error in self.rows.non_form_errors():
            self.add_error(None, error)
        if any(self.rows.errors):
            self.errors[PREFIX] = self.error_class([str(_("Mend the rows marked below."))])
        return cleaned

    def check_rows(self, rows: Sequence[Any]) -> None:
        """Compare the good rows with each other; put what is wrong on a row's field."""

    @property
    def filled(self) -> list[RowForm]:
        """The rows that hold something and stay, in order."""
        return [row for row in self.in_order if not row.is_removed and self._is_filled(row)]

    @property
    def in_order(self) -> list[RowForm]:
        """Every row of the page in the order somebody gave."""
        return sorted(self.rows.forms, key=lambda row: row.typed_order)

    @property
    def answer(self) -> Rows:
        """What to store of a form that is good."""
        kept = [
            {name: value for name, value in row.cleaned_data.items() if name not in PLACE}
            for row in self.filled
        ]
        removed = [row.cleaned_data.get("id") for row in self.rows.forms if row.is_removed]
        return Rows(tuple(kept), frozenset(filter(None, removed)))

    @property
    def wrong_rows(self) -> list[tuple[int, RowForm]]:
        """The rows with something to mend, each with its number on the page."""
        return [(n, row) for n, row in enumerate(self.in_order, start=1) if row.errors]

    def _is_filled(self, row: RowForm) -> bool:
        return bool(row.cleaned_data.get("id")) or row.has_changed()
