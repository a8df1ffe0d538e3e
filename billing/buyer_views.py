"""Pages on which a municipality says how it is invoiced: its business id, where invoices go."""

from functools import partial
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from billing import actions, queries, rules
from billing.forms import BusinessIdForm, BuyerDetailsForm
from billing.models import BuyerDetails
from municipalities.access import requires
from municipalities.requests import MunicipalityRequest
from uso.ground.drawn_rows import drawn_for
from uso.ground.lib import pages
from uso.ground.lib.drawn import Drawn

# Where a press came from, by what its form sends as `from`: it leads back there.
BACK: Final = {"own": "people:municipality", "network": "people_network:municipality"}


@requires(rules.can_edit_buyer)
def business_id(request: MunicipalityRequest) -> HttpResponse:
    """Give or confirm the municipality's business id; earlier ones are listed."""
    municipality, back = (
        request.municipality,
        reverse("billing:list", args=[request.municipality.slug]),
    )
    form = BusinessIdForm(pages.sent(request), initial={"business_id": municipality.business_id})
    said, drawn = _("The business ID is confirmed."), drawn_for(municipality, "business_id")
    given: dict[str, Any] = {"municipality": municipality, "at": timezone.now()}
    if pages.save(request, form, actions.confirm_business_id, said, drawn, **given):
        return redirect(back)
    context = {
        "form": form,
        "back": back,
        "way_back": [(_("Invoices"), back)],
        "confirmations": queries.own_confirmations(),
    }
    return pages.show(request, "billing/business_id.html", context, form)


@requires(rules.can_edit_buyer)
def buyer_details(request: MunicipalityRequest) -> HttpResponse:
    """Give or correct where the municipality's invoices go and what they must say."""
    place = request.municipality
    back, stored = _back(request), queries.buyer(place).details
    row = stored or BuyerDetails(municipality=place, language=place.main_language)
    form = BuyerDetailsForm(pages.sent(request), instance=row)
    drawn = Drawn(queries.buyer_facts(stored), partial(queries.locked_buyer_facts, place))
    said = _("The invoicing details are saved and confirmed.")
    given: dict[str, Any] = {"municipality": place, "at": timezone.now()}
    if pages.save(request, form, actions.save_buyer_details, said, drawn, **given):
        return redirect(back)
    context = {
        "form": form,
        "back": back,
        "came_from": _came_from(request),
        "way_back": [(_("Invoices"), reverse("billing:list", args=[place.slug]))],
    }
    return pages.show(request, "billing/buyer_details.html", context, form)


@require_POST
@requires(rules.can_edit_buyer)
def confirm_details(request: MunicipalityRequest) -> HttpResponse:
    """Note that the details are still true, as the page showed them."""
    found = queries.buyer(request.municipality).details
    if found is None:
        raise Http404
    drawn = Drawn(
        queries.buyer_facts(found), partial(queries.locked_buyer_facts, request.municipality)
    )
    said = _("The invoicing details are confirmed.")
    pages.press(
        request, actions.confirm_buyer_details, said, drawn, details=found, at=timezone.now()
    )
    return redirect(_back(request))


def _came_from(request: MunicipalityRequest) -> str:
    given = request.POST.get("from") or request.GET.get("from", "")
    return given if given in BACK else ""


def _back(request: MunicipalityRequest) -> str:
    """Return the page that leads here: the municipality's, at either address, or its invoices."""
    name = BACK.get(_came_from(request), "billing:list")
    return reverse(name, args=[request.municipality.slug])
