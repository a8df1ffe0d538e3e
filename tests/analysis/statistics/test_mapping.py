"""How a file is read, as JSON: there and back, and the part that cannot be right."""

import json

import pytest

from analysis.statistics.sources import mapping
from analysis.statistics.sources.base import SourceError

pytestmark = pytest.mark.usefixtures("in_english")


GOOD = {"table": "evp", "area": "Kunta", "contents": {"EVP": "evp"}, "year": 2025}


def test_mapping_goes_to_json_and_back():
    made = mapping.parse_mapping(
        json.dumps({**GOOD, "factors": {"evp": 0.1}, "marks": {"-": "zero"}, "head_rows": [3, 4]})
    )

    assert mapping.mapping_from_json(json.loads(json.dumps(made.as_json()))) == made
    assert made.head_rows == (3, 4)


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"table": ""}, "table"),
        ({"table": 5}, "table"),
        ({"area": None}, "area"),
        ({"contents": {}}, "contents"),
        ({"contents": {"EVP": ""}}, "contents"),
        ({"contents": ["EVP"]}, "contents"),
        ({"area_as": "nimi"}, "area_as"),
        ({"year": "2025"}, "year"),
        ({"year": 25}, "year"),
        ({"year": True}, "year"),
        ({"year_column": "Vuosi"}, "year_column"),
        ({"sheet": 1}, "sheet"),
        ({"head_rows": []}, "head_rows"),
        ({"head_rows": [0]}, "head_rows"),
        ({"head_rows": [1, 3]}, "head_rows"),
        ({"head_rows": ["1"]}, "head_rows"),
        ({"head_rows": 1}, "head_rows"),
        ({"factors": {"evp": 0}}, "factors"),
        ({"factors": {"evp": "1000"}}, "factors"),
        ({"factors": {"evp": True}}, "factors"),
        ({"factors": {"other": 10}}, "factors"),
        ({"marks": {"-": "nothing"}}, "marks"),
        ({"marks": {"-": ["zero"]}}, "marks"),
        ({"decimal": ";"}, "decimal"),
        ({"separator": "x"}, "separator"),
    ],
)
def test_mapping_with_a_wrong_part_names_it(change, part):
    with pytest.raises(SourceError, match=f"The part “{part}” of the mapping"):
        mapping.mapping_from_json({**GOOD, **change})


@pytest.mark.parametrize("part", ["table", "area", "contents"])
def test_mapping_without_a_part_it_needs_names_it(part):
    with pytest.raises(SourceError, match=f"The part “{part}” of the mapping is missing"):
        mapping.mapping_from_json({name: value for name, value in GOOD.items() if name != part})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"table"', "breaks off or is not JSON"),
        (b"\xff", "breaks off or is not JSON"),
        ("[]", "The part “table”"),
        (json.dumps({**GOOD, "col": 1}), "a part “col” that is not known"),
    ],
)
def test_mapping_of_another_form_says_so(text, words):
    with pytest.raises(SourceError, match=words):
        mapping.parse_mapping(text)
