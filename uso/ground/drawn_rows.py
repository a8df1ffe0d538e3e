"""Forms drawn for a row: its fields as they were, and who has changed them since."""

from collections.abc import Set as AbstractSet

from django.db import models

from uso.ground.history import home_of, last_author, records
from uso.ground.lib.drawn import Drawn, Facts, facts_of, label


def drawn_for(row: models.Model, *names: str) -> Drawn:
    """Let a form be drawn for some fields of a row as it is now; a press locks and reads it anew.

    Its author is named only where the history records every field that has changed: the author of
    another change would be blamed for this one.
    """

    def read() -> Facts:
        with home_of(row):
            rows = row._meta.model._default_manager.select_for_update(of=("self",), no_key=True)
            return facts_of(rows.get(pk=row.pk), names)

    def author(changed: AbstractSet[str]) -> str:
        fields = [name for name in names if label(row, name) in changed]
        return last_author(row) if records(row._meta.model, fields) else ""

    return Drawn(facts_of(row, names), read, author)
