"""The column that names the municipality of each row, for every list of the network."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from django.utils.translation import gettext_lazy as _

from municipalities.facts import names_of
from municipalities.models import Municipality
from uso.ground.lib.marks import link
from uso.ground.lib.tables import Column


class OfMunicipality(Protocol):
    """A row that is about one municipality."""

    @property
    def municipality(self) -> Municipality:
        """Whom the row is about."""


Row = TypeVar("Row", bound=OfMunicipality)


def municipality_column(page: Callable[[Row], str]) -> Column[Row]:
    """Name the row by its municipality, led to the address `page` gives; it is found by every name it has."""
    return Column(
        "name",
        _("Municipality"),
        lambda row: row.municipality.name,
        sought=True,
        also=lambda row: names_of(row.municipality.code),
        drawn=lambda row: link(page(row), row.municipality.name),
        heads=True,
    )
