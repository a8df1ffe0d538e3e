"""What a season tells those who may join it, in the active language.

The invitation and the paper for a municipality's board say it in the same words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from seasons.enums import LateJoining
from seasons.facts import made_up_terms
from seasons.models import Entitlement, Season

# The network's own figures, as the USO8 invitation has them; true from that season on.
FIGURES_OF_SEASON = 8
MUNICIPALITIES_SO_FAR, YEARS_SO_FAR = 93, 14


@dataclass(frozen=True, slots=True)
class NetworkFigures:
    """How many municipalities in how many years, and the invitation that says so."""

    municipalities: int
    years: int
    source: str


@dataclass(frozen=True, slots=True)
class PackageLine:
    """What the fee gives: a number where one was promised, and the words beside it."""

    count: str
    name: str
    remark: str


def the_network() -> str:
    """Say what the network is, and who runs it."""
    return _(
        "USO is a network in which the political and professional leadership of municipalities learn from each other. The Association of Finnish Municipalities runs it with the consultants of FCG. A municipality joins one season at a time."
    )


def network_figures(season: Season) -> NetworkFigures | None:
    """Return the network's own figures, where they are no later than the season."""
    if season.number < FIGURES_OF_SEASON:
        return None
    source = _("The network's own figures in the invitation to USO%(number)s.") % {
        "number": FIGURES_OF_SEASON
    }
    return NetworkFigures(MUNICIPALITIES_SO_FAR, YEARS_SO_FAR, source)


def package_lines(rows: Iterable[Entitlement]) -> tuple[PackageLine, ...]:
    """Say what the lines of a package give."""
    return tuple(_package_line(row) for row in rows)


def _package_line(row: Entitlement) -> PackageLine:
    remark = ""
    if row.ongoing:
        remark = _("through the whole season")
    elif row.quantity is not None and row.yearly:
        remark = _("each year")
    return PackageLine("" if row.quantity is None else str(row.quantity), row.name, remark)


def terms_of_fee(season: Season) -> Iterator[str]:
    """Say what decides the fee and what comes on top, each only where the season says so."""
    if season.population_year:
        sentence = _("The tier is decided by the population on 31 December %(year)s.")
        yield _marked(season, "population_year", sentence % {"year": season.population_year})
    if season.vat_on_top:
        yield _marked(season, "vat_on_top", _("VAT is added to the fee."))
    if season.travel_on_top:
        yield _("The experts' travel costs are invoiced on top, at actual cost.")
    if season.billing_months:
        yield ngettext(
            "The year's fee is invoiced in one instalment.",
            "The year's fee is invoiced in %(count)d instalments.",
            len(season.billing_months),
        ) % {"count": len(season.billing_months)}
    if season.late_joining == LateJoining.FULL:
        yield _("Whoever joins in the middle of a year pays its full fee.")
    elif season.late_joining == LateJoining.BY_MONTHS:
        yield _("Whoever joins in the middle of a year pays for the months that are left.")


def _marked(season: Season, name: str, sentence: str) -> str:
    """Say after a term of the fee that the demonstration chose it."""
    return f"{sentence} ({_('made up')})" if name in made_up_terms(season) else sentence
