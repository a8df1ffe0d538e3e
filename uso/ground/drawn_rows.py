"""Forms drawn for a row: its fields as they were, and who has changed them since."""

from django.db import models

from uso.ground.history import home_of, last_author
from uso.ground.lib.drawn import Drawn, Facts, facts_of


def drawn_for(row: models.Model, *names: str) -> Drawn:
    """Let a form be drawn for some fields of a row as it is now; a press locks and reads it anew."""

    def read() -> Facts:
        with home_of(row):
            rows = type(row)._default_manager.select_for_update(of=("self",), no_key=True)
            return facts_of(rows.get(pk=row.pk), names)

    return Drawn(facts_of(row, names), read, lambda: last_author(row))
