"""Pages of billing: the season's fees, the run that drafts them, a municipality's own invoices."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from billing import actions, queries, rules
from billing.forms import FeeRunForm
from billing.queries import FeeRow, FeeYear
from municipalities.access import requires
from municipalities.columns import municipality_column
from municipalities.requests import MunicipalityRequest, Request
from seasons.models import Season
from seasons.requests import season_or_404
from uso.ground.lib import pages
from uso.ground.lib.drawn import Drawn, write
from uso.ground.lib.marks import address, with_notes
from uso.ground.lib.money import number, percent
from uso.ground.lib.tables import Column, arrange


def _population(row: FeeRow) -> str:
    if row.population is None:
        return ""
    return with_notes(f"{number(row.population)} ({row.population_year})", [row.tier_limits])


def _state(row: FeeRow) -> str:
    return with_notes(row.state_label, [row.obstacle]) + with_notes("", row.missing, look="amber")


COLUMNS: list[Column[FeeRow]] = [
    municipality_column(lambda row: address("billing:list", row.municipality.slug)),
    Column(
        "population",
        gettext_lazy("Population"),
        lambda row: row.population,
        numeric=True,
        drawn=_population,
    ),
    Column(
        "net",
        gettext_lazy("Net"),
        lambda row: row.totals.net_eur if row.totals else None,
        numeric=True,
        in_euros=True,
    ),
    Column(
        "vat",
        gettext_lazy("VAT"),
        lambda row: row.totals.vat_eur if row.totals else None,
        numeric=True,
        in_euros=True,
        notes=lambda row: [percent(row.vat_pct)] if row.vat_pct is not None else [],
    ),
    Column(
        "gross",
        gettext_lazy("Total"),
        lambda row: row.totals.gross_eur if row.totals else None,
        numeric=True,
        in_euros=True,
    ),
    Column("state", gettext_lazy("State"), lambda row: row.state_label, drawn=_state),
    # What the files hold besides.
    Column(
        "missing",
        gettext_lazy("Missing"),
        lambda row: " ".join((row.obstacle, *row.missing)),
        on_page=False,
    ),
    Column(
        "business_id",
        gettext_lazy("Business ID"),
        lambda row: row.municipality.business_id,
        on_page=False,
    ),
    Column("year", gettext_lazy("Year"), lambda row: row.year, numeric=True, on_page=False),
    Column("tier", gettext_lazy("Fee tier"), lambda row: row.tier_limits, on_page=False),
    Column(
        "population_year",
        gettext_lazy("Year of the population"),
        lambda row: row.population_year,
        numeric=True,
        on_page=False,
    ),
    Column("vat_pct", gettext_lazy("VAT, %"), lambda row: row.vat_pct, numeric=True, on_page=False),
    Column("supply_on", gettext_lazy("Date of supply"), lambda row: row.supply_on, on_page=False),
]


@dataclass(frozen=True)
class Tab:
    """One year of a season as a tab; no count stands beside it."""

    label: int
    url: str
    current: bool
    count: None = None


@requires(rules.can_run_billing)
def season(request: Request, number: int, year: int | None = None) -> HttpResponse:
    """Show what each member owes in one year, and the sums of every year."""
    found = season_or_404(request, number)
    fees = queries.season_fees(found)
    shown = _shown(fees, year)
    table = arrange(
        COLUMNS,
        shown.rows,
        request,
        name=f"{found}-{shown.year}".lower(),
        title=f"{found} {shown.year}",
    )
    if table.export:
        return table.response()
    context = {
        "season": found,
        "fees": fees,
        "whole": queries.total(fees),
        "has_members": any(each.rows for each in fees),
        "shown": shown,
        "table": table,
        "tabs": [Tab(each.year, _address(number, each.year), each is shown) for each in fees],
    }
    return render(request, "billing/season.html", context)


def _shown(fees: list[FeeYear], year: int | None) -> FeeYear:
    """Find the year asked for; else the running year, else the season's last."""
    by_year = {each.year: each for each in fees}
    if year is not None and year not in by_year:
        raise Http404
    return by_year.get(year or timezone.localdate().year, fees[-1])


def _address(number: int, year: int) -> str:
    return reverse("billing_network:year", kwargs={"number": number, "year": year})


@requires(rules.can_run_billing)
def drafts(request: Request, number: int, year: int) -> HttpResponse:
    """Show what a billing run would draft and whom it leaves out, and ask; then draft it.

    The day and the late members chosen stand in the address.
    """
    found, back = _season_with(number, year), _address(number, year)
    form = FeeRunForm(request.GET if "supply_on" in request.GET else None, year=year)
    given: dict[str, Any] = {"season": found, "year": year, "chosen": form.late_members}
    fees = queries.year_fees(**given, supply_on=form.day)
    context = {
        "season": found,
        "year": year,
        "form": form,
        "fees": fees,
        "way_back": [(_("Billing"), back)],
    }
    if form.errors:
        return pages.show(request, "billing/drafts.html", context, form)
    return pages.confirm(
        request,
        "billing/drafts.html",
        context,
        actions.make_fee_drafts,
        said=lambda run: _made(run.made, year),
        back=back,
        drawn=Drawn(
            queries.run_facts(fees), partial(queries.locked_run_facts, **given, supply_on=form.day)
        ),
        supply_on=form.day,
        at=timezone.now(),
        **given,
    )


def _season_with(number: int, year: int) -> Season:
    return get_object_or_404(Season, number=number, first_year__lte=year, last_year__gte=year)


def _made(count: int, year: int) -> str:
    if not count:
        return _("Everything of %(year)s was drafted already.") % {"year": year}
    words = ngettext(
        "%(count)d draft of %(year)s made.", "%(count)d drafts of %(year)s made.", count
    )
    return words % {"count": count, "year": year}


@requires(rules.can_run_billing)
def remove_drafts(request: Request, number: int, year: int) -> HttpResponse:
    """Ask, then remove a year's drafts."""
    found, back = _season_with(number, year), _address(number, year)
    count = queries.count_drafts(found, year)
    context = {
        "question": _("Remove the drafts of %(year)s") % {"year": year},
        "press": ngettext("Remove %(count)s draft", "Remove %(count)s drafts", count)
        % {"count": count},
        "reversible": True,
        "nothing": "" if count else _("%(year)s has no drafts") % {"year": year},
        "leave": _("Back to billing"),
        "count": count,
        "way_back": [(_("Billing"), back)],
    }
    return pages.confirm(
        request,
        "billing/remove_drafts.html",
        context,
        actions.remove_fee_drafts,
        said=_removed,
        back=back,
        drawn=Drawn(
            queries.sums_of_drafts(found, year), partial(queries.locked_drafts, found, year)
        ),
        season=found,
        year=year,
    )


def _removed(count: int) -> str:
    return ngettext("%(count)d draft removed.", "%(count)d drafts removed.", count) % {
        "count": count
    }


@requires(rules.can_see_invoices)
def invoice_list(request: MunicipalityRequest) -> HttpResponse:
    """Show the municipality's own invoices, newest first."""
    invoices, buyer = queries.own_invoices(), queries.buyer(request.municipality)
    context = {
        "invoices": invoices,
        "participation": None if invoices else queries.own_participation(on=timezone.localdate()),
        "can_run": rules.can_run_billing(request.roles),
        "municipality": request.municipality,
        "buyer": buyer,
        "buyer_drawn": write(queries.buyer_facts(buyer.details)),
        "can_edit_buyer": rules.can_edit_buyer(request.roles),
        "confirmed": next(iter(queries.own_confirmations()), None),
    }
    return render(request, "billing/list.html", context)
