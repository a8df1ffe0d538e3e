"""Pages on which something ends that things of several apps hang on: asked, then done with them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.access import requires
from municipalities.actions import obstacle_to_end, warning_of_end
from municipalities.models import Membership
from municipalities.queries import invitations_by
from municipalities.requests import Request
from municipalities.rules import can_manage_network_roles, can_manage_roles
from uso.ground.lib import pages
from uso.roof.home import actions
from uso.roof.home.forms import EndRoleForm
from uso.roof.home.queries import endings


@requires(can_manage_roles)
def end_role(request: Request, membership_id: int) -> HttpResponse:
    """Ask, then end a role in the municipality."""
    assert request.municipality  # noqa: S101 -- an address below /k/<slug>/
    back = reverse("people:contacts", args=[request.municipality.slug])
    return _end_role(request, membership_id, back)


@requires(can_manage_network_roles)
def end_network_role(request: Request, membership_id: int) -> HttpResponse:
    """Ask, then end a role in the network."""
    return _end_role(request, membership_id, reverse("people_network:roles"))


def _end_role(request: Request, membership_id: int, back: str) -> HttpResponse:
    today = timezone.localdate()
    membership = get_object_or_404(
        Membership.objects.active(on=today).select_related("user", "municipality"),
        pk=membership_id,
        municipality=request.municipality,
    )
    warning = warning_of_end(membership, by=request.user)
    form = EndRoleForm(pages.sent(request), warning=warning)
    warned = request.POST.get("warned", "")
    if pages.save(
        request, form, actions.end_role, _role_ended, membership=membership, on=today, warned=warned
    ):
        return redirect("/" if membership.user == request.user else back)
    context = {
        "form": form,
        "membership": membership,
        "obstacle": obstacle_to_end(membership),
        "warning": warning_of_end(membership, by=request.user),
        "invitations": invitations_by(membership),
        "analyses": endings.unfinished_analyses(membership),
        "own": membership.user == request.user,
        "back": back,
    }
    return pages.show(request, "home/end_role.html", context, form)


def _role_ended(membership: Membership) -> str:
    return _("The role of %(name)s has ended.") % {"name": membership.user.name}
