"""Reading json-stat2: order, sparse cells, symbols and every way in which an answer can be broken."""

import json

import numpy as np
import pytest

from analysis.statistics.sources import jsonstat
from analysis.statistics.sources.base import SourceError
from tests.analysis.statistics import statfin

pytestmark = pytest.mark.usefixtures("in_english")

ONE_YEAR = [
    statfin.variable("alue_23_20260101", "Alue", ["KU217", "KU182", "SSS"]),
    statfin.variable("timeperiod_y", "Vuosi", ["2024"], time=True),
    statfin.variable("contentscode", "Tiedot", {"vaerak-vaesto": "Väestö 31.12."}),
]


def document(values, **more):
    return {**statfin.dataset(ONE_YEAR, value=lambda codes: 0), "value": values, **more}


def reasons(dataset):
    return [jsonstat.REASONS[code] for code in dataset.missing]


def test_parse_reads_cells_in_order_of_index():
    body = document([5335, 19979, 5635971])
    geo = body["dimension"]["alue_23_20260101"]["category"]
    geo["index"] = {"SSS": 2, "KU182": 1, "KU217": 0}

    dataset = jsonstat.parse(body)

    assert dataset.dimensions[0].codes == ("KU217", "KU182", "SSS")
    assert dataset.values.tolist() == [5335.0, 19979.0, 5635971.0]


def test_parse_reads_index_as_list_and_category_without_index():
    body = document([1, 2, 3])
    body["dimension"]["alue_23_20260101"]["category"]["index"] = ["KU217", "KU182", "SSS"]
    del body["dimension"]["timeperiod_y"]["category"]["index"]

    dataset = jsonstat.parse(body)

    assert [dimension.codes for dimension in dataset.dimensions[:2]] == [
        ("KU217", "KU182", "SSS"),
        ("2024",),
    ]


def test_parse_of_null_is_not_published_and_not_zero():
    dataset = jsonstat.parse(document([5335, None, 0]))

    assert reasons(dataset) == ["", "not_published", ""]
    assert np.isnan(dataset.values[1])
    assert dataset.values[2] == 0.0


def test_parse_of_sparse_values_leaves_the_rest_missing():
    dataset = jsonstat.parse(document({"2": 5635971}))

    assert reasons(dataset) == ["not_published", "not_published", ""]


@pytest.mark.parametrize(
    "status",
    [{"0": ".", "1": "..", "2": "..."}, [".", "..", "..."]],
)
def test_parse_types_missing_cells_by_status(status):
    dataset = jsonstat.parse(document([None, None, None], status=status))

    assert reasons(dataset) == ["not_applicable", "unavailable", "confidential"]


def test_parse_reads_one_status_for_all_cells():
    assert reasons(jsonstat.parse(document([None] * 3, status="..."))) == ["confidential"] * 3


def test_parse_reads_symbols_among_values():
    dataset = jsonstat.parse(document([".", "-", "1 234,5"]))

    assert reasons(dataset) == ["not_applicable", "", ""]
    assert dataset.values[1:].tolist() == [0.0, 1234.5]


def test_parse_reads_a_starred_figure_as_preliminary():
    dataset = jsonstat.parse(document(["290731*", "1 234,5 *", 3]))

    assert dataset.values.tolist() == [290_731, 1234.5, 3]
    assert dataset.preliminary.tolist() == [True, True, False]


@pytest.mark.parametrize("text", ["<5", "n. 5", "1.234,5", "*", "5\x00x", "\ud8005"])
def test_parse_refuses_a_text_that_is_no_figure_by_its_cell(text):
    with pytest.raises(SourceError) as refused:
        jsonstat.parse(document([1, text, 3]))

    assert "is not a figure (Alue KU182)." in refused.value.message
    refused.value.message.encode()
    assert "\x00" not in refused.value.message


def test_parse_of_an_empty_text_is_not_published():
    assert reasons(jsonstat.parse(document(["", 2, 3]))) == ["not_published", "", ""]


def test_parse_refuses_codes_that_are_numbers():
    body = document([1, 2, 3])
    body["dimension"]["alue_23_20260101"]["category"]["index"] = [217, 182, 91]

    with pytest.raises(SourceError, match="the codes of “Alue” are numbers and not texts"):
        jsonstat.parse(body)


@pytest.mark.parametrize("code", ["KU\x00217", "\ud800", "KU\u200b217"])
def test_parse_refuses_codes_with_signs_that_are_not_seen(code):
    body = document([1, 2, 3])
    body["dimension"]["alue_23_20260101"]["category"]["index"] = [code, "KU182", "SSS"]

    with pytest.raises(SourceError, match="a code of “Alue” has signs that are not seen"):
        jsonstat.parse(body)


def test_parse_leaves_signs_that_are_not_seen_out_of_texts():
    body = document([1, 2, 3], label="a\x00b\ud800", source="Tilasto\u202ekeskus")

    dataset = jsonstat.parse(body)

    assert (dataset.label, dataset.source) == ("ab", "Tilastokeskus")


def test_parse_refuses_more_variables_than_a_table_has():
    extra = [statfin.variable(f"v{at}", f"Muuttuja {at}", ["SSS"]) for at in range(85)]

    with pytest.raises(SourceError, match="far more variables than a table has"):
        jsonstat.parse(statfin.dataset([*ONE_YEAR, *extra]))


def test_parse_of_symbol_beside_zero_is_missing():
    dataset = jsonstat.parse(document([0, 7, 8], status={"0": "..."}))

    assert reasons(dataset) == ["confidential", "", ""]


def test_parse_keeps_value_with_preliminary_mark():
    dataset = jsonstat.parse(document([1, 2, None], status={"1": "*", "2": "*"}))

    assert dataset.preliminary.tolist() == [False, True, False]
    assert dataset.values[1] == 2.0


def test_parse_has_table_release_and_source():
    dataset = jsonstat.parse(document([1, 2, 3]))

    assert (dataset.table_id, dataset.updated.isoformat(), dataset.source) == (
        "11re",
        "2026-04-01T05:00:00+00:00",
        "Tilastokeskus, väestörakenne",
    )


def test_table_id_of_the_long_name_is_its_end():
    assert (
        jsonstat.table_id({"extension": {"px": {"tableid": "statfin_vaerak_pxt_11re"}}}) == "11re"
    )


def broken(**changes):
    return {**document([1, 2, 3]), **changes}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (broken(version="1.2"), "not a table in the form json-stat2"),
        (broken(**{"class": "collection"}), "not a table in the form json-stat2"),
        (broken(value=[1, 2]), "another number of values"),
        (broken(value=[1, 2, True]), "a part of the table is missing"),
        (broken(value=[1, 2, {}]), "a part of the table is missing"),
        (broken(value={"3": 1}), "a part of the table is missing"),
        (broken(value={"-1": 1}), "a part of the table is missing"),
        (broken(value={"x": 1}), "a part of the table is missing"),
        (broken(value=None), "a part of the table is missing"),
        (broken(value=[1, 2, 1e999]), "a part of the table is missing"),
        (broken(size=[3, 1]), "do not match their size"),
        (broken(size=[1, 3, 1]), "do not match their size"),
        (
            broken(id=["alue_23_20260101", "vuosi", "contentscode"]),
            "a part of the table is missing",
        ),
        (broken(dimension={}), "a part of the table is missing"),
        (broken(status=["."]), "a part of the table is missing"),
        (broken(id=[], size=[], value=[]), "empty or far too large"),
    ],
)
def test_parse_refuses_a_broken_document_in_a_sentence(body, words):
    with pytest.raises(SourceError) as refused:
        jsonstat.parse(body)

    assert words in refused.value.message
    assert "The figures read before stay in use." in refused.value.message


def test_parse_refuses_positions_with_a_gap():
    body = document([1, 2, 3])
    body["dimension"]["alue_23_20260101"]["category"]["index"] = {"KU217": 0, "KU182": 1, "SSS": 3}

    with pytest.raises(SourceError):
        jsonstat.parse(body)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"<html></html>", b'{"value": NaN}', b"\xff\xfe", b"[" * 100_000],
)
def test_documents_refuses_what_is_not_json(body):
    with pytest.raises(SourceError, match="breaks off or is not JSON"):
        jsonstat.documents(body)


@pytest.mark.parametrize("body", [b"[]", b"3", b'["a"]', b"null"])
def test_documents_refuses_other_json(body):
    with pytest.raises(SourceError, match="not a table in the form"):
        jsonstat.documents(body)


def test_documents_reads_one_or_several():
    one = json.dumps(document([1, 2, 3])).encode()

    assert len(jsonstat.documents(one)) == 1
    assert len(jsonstat.documents(b"[" + one + b",\n" + one + b"]")) == 2
