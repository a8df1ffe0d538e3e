"""The column that names the municipality of each row, and the way to its page, for every list of the network."""

from collections.abc import Callable
from functools import lru_cache
from typing import Protocol, TypeVar

from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from municipalities.facts import names_of
from municipalities.models import Municipality
from uso.ground.lib.languages import current_language
from uso.ground.lib.marks import address, fill, icon, link
from uso.ground.lib.tables import Column


class OfMunicipality(Protocol):
    """A row that is about one municipality."""

    @property
    def municipality(self) -> Municipality:
        """Whom the row is about."""


Row = TypeVar("Row", bound=OfMunicipality)


def municipality_column(page: Callable[[Row], str] | None = None) -> Column[Row]:
    """Name the row by its municipality; it is found by every name it has.

    The name leads to the address `page` gives, with the way to the municipality's own page beside
    it; without `page` it leads to that one.
    """

    def drawn(row: Row) -> SafeString:
        name = row.municipality.name
        if page is None:
            return link(page_of(row.municipality), name)
        return SafeString(link(page(row), name) + link_to_page(row.municipality))

    return Column(
        "name",
        _("Municipality"),
        lambda row: row.municipality.name,
        sought=True,
        also=lambda row: f"{names_of(row.municipality.code)} {row.municipality.former_names}",
        drawn=drawn,
        heads=True,
    )


def page_of(municipality: Municipality) -> str:
    """Return the address of a municipality's page among those of the network."""
    return address("people_network:municipality", municipality.slug)


def link_to_page(municipality: Municipality) -> SafeString:
    """Draw the small way to a municipality's page, for beside its name."""
    return _small_link(municipality.slug, municipality.name, current_language())


@lru_cache(maxsize=2_048)  # lists draw the same ones each time
def _small_link(slug: str, name: str, _language: str) -> SafeString:
    words = gettext("Page of the municipality")
    return fill(
        '<a class="about" href="{}" title="{}">{}<span class="visually-hidden">{}: {}</span></a>',
        address("people_network:municipality", slug),
        words,
        icon("info"),
        words,
        name,
    )
