"""The page of one municipality, at its own address and at the network's; the list of all."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analysis.rules import can_read_analysis
from billing.queries import buyer_facts
from billing.rules import can_edit_buyer, can_see_invoices
from municipalities.access import requires
from municipalities.columns import municipality_column
from municipalities.facts import slug_of
from municipalities.requests import MunicipalityRequest, Request
from municipalities.rules import (
    can_merge_municipalities,
    can_see_municipalities,
    can_see_roles,
)
from seasons.rules import can_read_decision, can_read_letters, can_see_seasons
from uso.ground.lib.drawn import write
from uso.ground.lib.marks import quiet
from uso.ground.lib.money import number
from uso.ground.lib.tables import Column, arrange
from uso.roof.home.audience import who_sees
from uso.roof.home.queries.municipality_list import ListedMunicipality, listed_municipalities
from uso.roof.home.queries.municipality_page import (
    MunicipalityPage,
    municipality_page,
    page_from_the_network,
)
from uso.roof.home.rules import can_see_municipality

COLUMNS: list[Column[ListedMunicipality]] = [
    municipality_column(),
    Column(
        "region",
        gettext_lazy("Region"),
        lambda row: row.municipality.region,
        sought=True,
        notes=lambda row: [row.municipality.end_in_words],
    ),
    Column(
        "population",
        gettext_lazy("Population"),
        lambda row: row.population,
        numeric=True,
        drawn=lambda row: (
            quiet(_("not known")) if row.population is None else number(row.population)
        ),
    ),
    Column(
        "year", gettext_lazy("Year"), lambda row: row.population_year, numeric=True, on_page=False
    ),
    Column("seasons", gettext_lazy("Seasons"), lambda row: ", ".join(row.seasons)),
    Column("code", gettext_lazy("Code"), lambda row: row.municipality.code, sought=True),
    Column(
        "business_id",
        gettext_lazy("Business ID"),
        lambda row: row.municipality.business_id,
        sought=True,
        on_page=False,
    ),
]


@requires(can_see_municipalities)
def municipalities(request: Request) -> HttpResponse:
    """List every municipality, found by any of its names, or give them as a file."""
    title = _("Municipalities")
    table = arrange(COLUMNS, listed_municipalities(), request, name="municipalities", title=title)
    if table.export:
        return table.response()
    return render(
        request,
        "home/municipalities.html",
        {
            "table": table,
            "may_merge": can_merge_municipalities(request.roles),
        },
    )


@requires(can_see_municipality)
def own_municipality(request: MunicipalityRequest) -> HttpResponse:
    """Show a municipality's people what the service holds of it."""
    return _shown(request, municipality_page(request.municipality, request.roles))


@requires(can_see_municipalities)
def any_municipality(request: Request, slug: str) -> HttpResponse:
    """Show the network's staff any municipality; another name of it leads on to it."""
    if (known := slug_of(slug)) and known != slug:
        return redirect("people_network:municipality", known)
    page = page_from_the_network(slug, request.roles)
    if page is None:
        raise Http404
    return _shown(
        request, page, way_back=[(_("Municipalities"), reverse("people_network:municipalities"))]
    )


def _shown(request: Request, page: MunicipalityPage, **more: Any) -> HttpResponse:
    context = {
        "page": page,
        "municipality": page.municipality,
        "came_from": "own" if request.municipality else "network",
        "can_edit_buyer": can_edit_buyer(request.roles),
        "buyer_drawn": write(buyer_facts(page.buyer.details)) if page.buyer else "",
        "confirmed": None,
        "is_staff": can_see_seasons(request.roles),
        "may_merge": can_merge_municipalities(request.roles),
        "municipality_key": str(page.municipality.pk),
        "seen_by": {
            "facts": who_sees(can_see_municipality),
            "people": who_sees(can_see_roles),
            "seasons": who_sees(can_see_municipality),
            "decisions": who_sees(can_read_decision),
            "invoicing": who_sees(can_see_invoices),
            "letters": who_sees(can_read_letters),
            "analyses": who_sees(can_read_analysis),
        },
        **more,
    }
    return render(request, "home/municipality_page.html", context)
