"""Pages of a municipality's shared mailboxes."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from municipalities import rules, shared_mailboxes
from municipalities.access import requires
from municipalities.forms import ContactAddressForm
from municipalities.models import ContactAddress
from municipalities.requests import MunicipalityRequest
from uso.ground.drawn_rows import drawn_for
from uso.ground.lib import pages
from uso.ground.once.creating import create


@requires(rules.can_manage_roles)
def add_mailbox(request: MunicipalityRequest) -> HttpResponse:
    """Add a shared mailbox to the municipality's contacts."""
    here = request.municipality
    address = ContactAddress(municipality=here, language=here.main_language)
    return _edit(request, address, _("%(label)s is on the list now."))


@requires(rules.can_manage_roles)
def edit_mailbox(request: MunicipalityRequest, address_id: int) -> HttpResponse:
    """Change a shared mailbox."""
    address = get_object_or_404(ContactAddress.objects.select_related("added_by"), pk=address_id)
    return _edit(request, address, _("%(label)s: changes saved."))


def _edit(request: MunicipalityRequest, address: ContactAddress, sentence: str) -> HttpResponse:
    back, title = _list_url(request), address.label
    form = ContactAddressForm(pages.sent(request), instance=address)
    made = create(
        request,
        form,
        shared_mailboxes.save_contact_address,
        lambda saved: sentence % {"label": saved.label},
        leads_to=lambda _saved: back,
        drawn=drawn_for(address, *ContactAddressForm.Meta.fields) if address.pk else None,
        address=address,
        at=timezone.now(),
    )
    if made:
        return made
    context = {"form": form, "address": address, "title": title, "back": back}
    return pages.show(request, "municipalities/mailbox.html", context, form)


@require_POST
@requires(rules.can_manage_roles)
def remove_mailbox(request: MunicipalityRequest, address_id: int) -> HttpResponse:
    """Take a shared mailbox off the list."""
    address = get_object_or_404(ContactAddress, pk=address_id)
    said = _("%(label)s was removed from the list.") % {"label": address.label}
    pages.press(request, shared_mailboxes.remove_contact_address, said, address=address)
    return redirect(_list_url(request))


def _list_url(request: MunicipalityRequest) -> str:
    return reverse("people:contacts", args=[request.municipality.slug])
