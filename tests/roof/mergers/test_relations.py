"""Every relation with a municipality has its rule, and each rule counts one of its tables."""

import pytest
from django.db import connection

from uso.roof.mergers.relations import RELATIONS

pytestmark = pytest.mark.django_db

COLUMNS = """
    SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0
    AND NOT a.attisdropped AND (a.attname = 'municipality_id' OR EXISTS (
        SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conrelid = c.oid
        AND f.confrelid = 'municipalities_municipality'::regclass AND a.attnum = ANY (f.conkey)))
"""
HISTORY_OF_MERGERS = {("municipalities_municipalityevent", "merged_into_id")}  # no foreign key


def test_every_column_that_names_a_municipality_has_a_rule():
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        found = set(cursor.fetchall())

    assert found | HISTORY_OF_MERGERS == set(RELATIONS)


def test_every_rule_counts_one_of_its_own_tables():
    for rule in RELATIONS.values():
        assert rule.counted in {table for (table, _column), its in RELATIONS.items() if its is rule}
