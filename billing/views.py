"""Pages of billing."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from billing import rules
from municipalities.access import requires
from municipalities.requests import MunicipalityRequest, Request
from seasons.models import Season


@requires(rules.can_run_billing)
def season(request: Request, number: int) -> HttpResponse:
    """Show what each member owes."""
    return render(
        request, "billing/season.html", {"season": get_object_or_404(Season, number=number)}
    )


@requires(rules.can_see_invoices)
def invoice_list(request: MunicipalityRequest) -> HttpResponse:
    """Show the municipality's invoices."""
    return render(request, "billing/list.html", {})
