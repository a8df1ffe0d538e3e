"""What a form carries of what it was drawn for, and what anybody may put there instead."""

import json

import pytest

from uso.ground.lib.drawn import LONGEST_SENT, parse, write

FACTS = {"Vuosimaksu": "9\xa0000\xa0€", "Kannus": "#1"}


def test_facts_come_back_as_they_were_written():
    assert parse(write(FACTS)) == FACTS


@pytest.mark.parametrize(
    "sent",
    [None, "", "{", "[]", "1", '{"a": 1}', '{"a": ["b"]}', "[" * 90_000, '{"a":' * 10_000,
     json.dumps({"a": "x" * LONGEST_SENT})],
)  # fmt: skip
def test_anything_else_is_nothing(sent):
    assert parse(sent) is None
