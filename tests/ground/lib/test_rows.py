"""Forms of rows, and the fields that read lists and numbers as people write them."""

from typing import ClassVar

import pytest
from django import forms
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext_lazy

from uso.ground.lib.fields import CountField, Form, LinesField
from uso.ground.lib.rows import MOST_ROWS, RowForm, RowsForm


class FruitRow(RowForm, Form):
    layout: ClassVar = [["name"]]

    name = forms.CharField(max_length=20)
    ripe = forms.BooleanField(required=False)
    kind = forms.ChoiceField(
        required=False,
        choices=[
            ("", "---------"),
            ("none", gettext_lazy("Not chosen")),
            ("Etelä", [("a", "Appelsiini")]),
        ],
    )


class FruitForm(RowsForm):
    row_form = FruitRow


class SizedRow(FruitRow):
    layout: ClassVar = [["name", "size"]]

    size = forms.ChoiceField(choices=[("s", "Pieni"), ("l", "Iso")], required=False)


class SizedForm(RowsForm):
    row_form = SizedRow


def sent(*rows: dict, there: int = 0) -> FruitForm:
    data = QueryDict(mutable=True)
    data.update({"rows-TOTAL_FORMS": len(rows), "rows-INITIAL_FORMS": there})
    for n, row in enumerate(rows):
        data.update({f"rows-{n}-{name}": value for name, value in row.items()})
    return FruitForm(data, rows=[{"name": "x", "id": n + 1} for n in range(there)])


def test_empty_rows_are_drawn_after_those_that_are_there():
    form = FruitForm(rows=[{"id": 7, "name": "Omena"}])

    shown = [(row["id"].value(), row["name"].value()) for row in form.in_order]
    assert shown == [(7, "Omena"), (None, None), (None, None)]


def test_rows_come_in_the_order_given_and_those_without_one_last():
    form = sent({"name": "A", "ORDER": "2"}, {"name": "B"}, {"name": "C", "ORDER": "1"}, {})

    assert form.is_valid()
    assert [row["name"] for row in form.answer.rows] == ["C", "A", "B"]


def test_row_is_removed_by_its_tick_alone():
    form = sent(
        {"id": "1", "name": "A", "DELETE": "on"},
        {"id": "2", "name": "B"},
        {"DELETE": "on"},
        there=2,
    )

    assert form.is_valid()
    assert form.answer.removed == {1}
    assert [row["id"] for row in form.answer.rows] == [2]


@pytest.mark.parametrize(
    ("typed", "is_empty"),
    [({"size": "s", "ORDER": "1"}, True), ({"size": "l"}, False), ({"ripe": "on"}, False)],
)
def test_added_row_counts_once_somebody_wrote_in_it(typed, is_empty):
    data = {"rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "0"}
    form = SizedForm(data | {f"rows-0-{name}": value for name, value in typed.items()})

    assert form.is_valid() is is_empty
    (row,) = form.rows.forms
    assert row.on_page["is_empty"] is is_empty  # scripts take an empty row away
    assert is_empty or [n for n, _row in form.wrong_rows] == [1]


def test_fault_of_a_row_is_the_forms_and_stands_at_its_field():
    form = sent({"name": "A", "ORDER": "2"}, {"name": "B" * 21, "ORDER": "1"})

    assert not form.is_valid()
    assert form.errors
    ((n, row),) = form.wrong_rows
    assert (n, list(row.errors)) == (1, ["name"])


def test_row_that_is_there_and_was_emptied_is_refused():
    form = sent({"id": "1", "name": ""}, there=1)

    assert not form.is_valid()


def test_no_more_rows_are_read_than_there_is_room_for():
    data = {"rows-TOTAL_FORMS": "100000", "rows-INITIAL_FORMS": "0"}

    form = FruitForm(data)

    assert len(form.rows.forms) == MOST_ROWS + 1
    assert form.errors == {"__all__": ["Rivejä mahtuu 60."]}


@pytest.mark.parametrize("count", [None, "", "x"])
def test_rows_that_came_back_damaged_are_refused_in_plain_words(count):
    data = {"rows-INITIAL_FORMS": "0"} | ({} if count is None else {"rows-TOTAL_FORMS": count})

    form = FruitForm(data)

    assert form.errors == {
        "__all__": [
            "Rivit palautuivat vioittuneina, eikä mitään tallennettu. Lataa sivu uudelleen ja kirjoita rivit vielä kerran."
        ]
    }


def test_row_is_cleaned_as_every_form():
    form = sent({"name": " Ome\u200bna\n"})

    assert form.is_valid()
    assert form.answer.rows[0]["name"] == "Omena"


@pytest.mark.parametrize("typed", ["0", "x", "1.5", "45 000 000 000"])
def test_count_is_a_whole_number_within_its_limits(typed):
    with pytest.raises(forms.ValidationError):
        CountField(min_value=1, max_value=10_000_000).clean(typed)


@pytest.mark.parametrize("typed", ["45000", "45 000", "45\xa0000"])
def test_count_is_read_with_blanks_between_thousands(typed):
    assert CountField().clean(typed) == 45_000


def test_lines_are_shown_and_read_one_a_line():
    field = LinesField(language="fi", required=False)

    assert field.prepare_value(["Yksi", "Kaksi"]) == "Yksi\nKaksi"
    assert field.clean("• Yksi\r\n\r\n  Kaksi  asiaa \n- Kolme-neljä") == [
        "Yksi",
        "Kaksi asiaa",
        "Kolme-neljä",
    ]
    assert field.clean("") == []
    assert not field.has_changed(["Yksi"], " Yksi\n")
    assert field.has_changed(["Yksi"], "Kaksi")


def test_choices_of_a_row_are_in_the_language_of_the_page():
    def drawn(language: str) -> list[str]:
        with translation.override(language):
            rows = FruitForm(rows=[{"id": 7, "name": "Omena"}]).in_order
            return [str(row["kind"]) for row in rows]

    first, *others = drawn("en")
    assert first.count(">Not chosen</option>") == 2  # the empty choice is named too
    assert '<optgroup label="Etelä"><option value="a">Appelsiini</option></optgroup>' in first
    assert [each.count("Not chosen") for each in others] == [2, 2]
    assert "Not chosen" not in "".join(drawn("fi"))


def test_what_one_page_does_to_a_field_stays_on_it():
    first, second = FruitForm(), FruitForm()

    first.rows.forms[0].fields["name"].label = "Toinen"

    assert second.rows.forms[0].fields["name"].label is None
    assert FruitRow.base_fields["name"].label is None
