"""The field that holds the content of an edition."""

from typing import Any

import msgspec
from django.db import models
from django.db.models.fields.json import KeyTransform
from psycopg.types.json import Jsonb

from analysis.content.edition import EditionContent, read, write


class ContentField(models.JSONField):
    """JSON in the database, the types of an edition in Python; the column is that of any JSON."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Read the whole as types; parts of it (`content__versions`) are read as Django does."""
        if isinstance(value, str) and not isinstance(expression, KeyTransform):
            return read(value)
        return super().from_db_value(value, expression, connection)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Write types as canonical JSON; what a query looks for is plain JSON."""
        if isinstance(value, EditionContent):
            return Jsonb(value, dumps=write)
        return super().get_db_prep_value(value, connection, prepared)

    def value_to_string(self, obj: Any) -> Any:
        """Give what `dumpdata` writes: the same JSON as in the database."""
        return msgspec.to_builtins(self.value_from_object(obj), str_keys=True)

    def deconstruct(self) -> Any:
        """Name in migrations what the column is to the database."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs
