"""The field of the content reads what any field of JSON reads, and is one to the migrations."""

import json

from django.db.models import JSONField
from django.db.models.fields.json import KeyTransform

from analysis.models.fields import LargeJSONField

CONTENT = {"groups": [[2024, 26.9], [2020, None]], "fi": "Jämsän väki \N{SOFT HYPHEN}", "any": True}


def test_content_is_read_as_any_json_is():
    written = json.dumps(CONTENT)

    for field in (LargeJSONField(), JSONField()):
        assert field.from_db_value(written, None, None) == CONTENT
        assert field.from_db_value(None, None, None) is None
        assert field.from_db_value("26.9", KeyTransform("groups", "content"), None) == 26.9


def test_migrations_know_it_as_json():
    assert LargeJSONField().deconstruct()[1:] == JSONField().deconstruct()[1:]
