"""Parts of models that every app shares."""

from typing import Any, overload

from django.db import models
from django.db.models import Q

from uso.ground.lib.languages import localized


class Localized:
    """A text of a row in the active language: `name = Localized("name")` reads `name_fi` and kin.

    Read from the class it is itself.
    """

    def __init__(self, field: str) -> None:
        self.field = field

    @overload
    def __get__(self, row: None, owner: type) -> "Localized": ...

    @overload
    def __get__(self, row: models.Model, owner: type) -> str: ...

    def __get__(self, row: models.Model | None, owner: type) -> "Localized | str":
        """Return the text; Finnish where the active language has none."""
        return self if row is None else localized(row, self.field)


def paired(
    at: str,
    by: str,
    *,
    name: str,
    only_if: Q | None = None,
    otherwise: Q | None = None,
    **options: Any,
) -> models.CheckConstraint:
    """Require a moment and whose it was together, or neither.

    Parameters
    ----------
    at, by
        Names of the two fields.
    only_if
        What holds exactly when the two are set, such as a state; nothing by default.
    otherwise
        What holds exactly when they are not; by default that `only_if` does not.
    """
    both = Q(**{f"{at}__isnull": False, f"{by}__isnull": False})
    neither = Q(**{f"{at}__isnull": True, f"{by}__isnull": True})
    if only_if is not None:
        both, neither = both & only_if, neither & (~only_if if otherwise is None else otherwise)
    return models.CheckConstraint(condition=both | neither, name=name, **options)
