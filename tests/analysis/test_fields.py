"""The field of the content reads types, finds parts as any JSON, and is JSON to the migrations."""

import json

import pytest
from django.core.serializers import serialize
from django.db.models import JSONField

from analysis.content.edition import ContentError, digest, write
from analysis.models import Analysis
from analysis.models.fields import ContentField
from tests.analysis.figures import content


def test_content_is_read_as_types_or_refused():
    stored = write(content()).decode()

    assert ContentField().from_db_value(stored, None, None) == content()
    assert ContentField().from_db_value(None, None, None) is None
    with pytest.raises(ContentError, match="missing required field `municipality`"):
        ContentField().from_db_value('{"schema": 1}', None, None)


@pytest.mark.django_db
def test_stored_content_is_the_same_and_its_parts_are_found(draft):
    stored = Analysis.objects.get()

    assert stored.content == content()
    assert stored.sha256 == digest(stored.content)
    wanted = {"groups": [{"measures": [{"key": "over-64"}]}]}
    assert Analysis.objects.filter(content__contains=wanted).exists()
    (dumped,) = json.loads(serialize("json", [stored]))
    assert dumped["fields"]["content"] == json.loads(write(content()))
    keys = Analysis.objects.values_list("content__municipality__code", "content__versions")
    assert list(keys) == [("217", {})]


def test_migrations_know_it_as_json():
    assert ContentField().deconstruct()[1:] == JSONField().deconstruct()[1:]
