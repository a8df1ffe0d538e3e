"""When mergers are done in these tests, and what is counted before and after."""

from datetime import UTC, datetime
from typing import Final

from django.db import connection

from municipalities.models import Municipality
from uso.ground.tenancy.crossing import across_municipalities
from uso.roof.mergers.relations import RELATIONS

AFTER: Final = datetime(2027, 1, 4, 8, tzinfo=UTC)


def counts(*places: Municipality) -> dict[tuple[str, str], int]:
    """Count the rows of each relation that are of these municipalities."""
    keys = [place.pk for place in places]
    with across_municipalities(reason="the test counts rows"), connection.cursor() as cursor:
        found = {}
        for table, column in RELATIONS:
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} = ANY(%s)", [keys])
            found[table, column] = cursor.fetchone()[0]
    return found
