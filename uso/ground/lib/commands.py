"""Commands of operators: English, errors as one plain line, exit code 0 only on success."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import DatabaseError
from django.utils import translation

from uso.ground.lib.errors import RuleViolation


class Error(CommandError):
    """Printed as `Error: …`, and the command ends with exit code 1."""


@contextmanager
def plainly() -> Iterator[None]:
    """Speak English and turn what people can correct into one plain line."""
    with translation.override("en"):
        try:
            yield
        except RuleViolation as error:
            raise Error(_one_line(error.message)) from error
        except DatabaseError as error:
            raise Error(f"The database refused: {_one_line(str(error))}") from error


def _one_line(text: str) -> str:
    return " ".join(text.split())
