"""Pages of roles: who holds which, and invitations into them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from municipalities import actions, queries, rules
from municipalities.access import requires
from municipalities.enums import Role
from municipalities.forms import InvitationForm
from municipalities.models import Invitation, Municipality
from municipalities.requests import Request
from uso.ground.lib import pages
from uso.ground.once.creating import create

# A page stands twice: for a municipality (`/k/<slug>/…`) and for the network's own roles.


def _list_url(municipality: Municipality | None) -> str:
    if municipality is None:
        return reverse("people_network:roles")
    return reverse("people:contacts", args=[municipality.slug])


@requires(rules.can_see_roles)
def contacts(request: Request) -> HttpResponse:
    """List who holds which role in the municipality, and who is invited."""
    roles = [Role.CONTACT, Role.LEADER, Role.BILLING]
    return _list(request, roles, may_manage=rules.can_manage_roles(request.roles))


@requires(rules.can_manage_network_roles)
def network_roles(request: Request) -> HttpResponse:
    """List coordinators and experts, and who is invited."""
    return _list(request, [Role.COORDINATOR, Role.EXPERT], may_manage=True)


def _list(request: Request, roles: list[Role], *, may_manage: bool) -> HttpResponse:
    context = {
        "holders": queries.role_holders(request.municipality, roles=roles),
        "invitations": queries.pending_invitations(request.municipality) if may_manage else [],
        "mailboxes": queries.contact_addresses() if request.municipality else [],
        "now": timezone.now(),
        "may_manage": may_manage,
        "may_invite": may_manage or rules.can_invite(request.roles),
    }
    name = "contacts" if request.municipality else "network_roles"
    return render(request, f"municipalities/{name}.html", context)


@requires(rules.can_invite)
def invite(request: Request) -> HttpResponse:
    """Invite somebody to a role in the municipality."""
    return _invite(request)


@requires(rules.can_manage_network_roles)
def invite_to_network(request: Request) -> HttpResponse:
    """Invite a coordinator or an expert."""
    return _invite(request)


def _invite(request: Request) -> HttpResponse:
    may = rules.invitable_roles(request.roles, in_municipality=bool(request.municipality))
    form = InvitationForm(
        pages.sent(request), roles=may, initial={"language": request.user.language}
    )
    place = request.municipality
    given: dict[str, Any] = {"municipality": place, "at": timezone.now()}

    def leads_to(_invitation: Invitation) -> str:
        return _list_url(place)

    if made := create(request, form, actions.invite, _sent_to, leads_to=leads_to, **given):
        return made
    context = {"form": form, "back": _list_url(place)}
    return pages.show(request, "municipalities/invite.html", context, form)


def _sent_to(invitation: Invitation) -> str:
    return _("Invitation sent to %(email)s.") % vars(invitation)


def _withdrawn(invitation: Invitation) -> str:
    return _("Invitation to %(email)s withdrawn.") % vars(invitation)


@require_POST
@requires(rules.can_manage_roles)
def answer_invitation(request: Request, invitation_id: int) -> HttpResponse:
    """Withdraw an invitation of the municipality, or send it again."""
    return _answer_invitation(request, invitation_id)


@require_POST
@requires(rules.can_manage_network_roles)
def answer_network_invitation(request: Request, invitation_id: int) -> HttpResponse:
    """Withdraw an invitation of the network, or send it again."""
    return _answer_invitation(request, invitation_id)


def _answer_invitation(request: Request, invitation_id: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation, pk=invitation_id, municipality=request.municipality)
    again = request.POST.get("do") == "again"
    action = actions.send_invitation_again if again else actions.withdraw_invitation
    said = _sent_to if again else _withdrawn
    pages.press(request, action, said, invitation=invitation, at=timezone.now())
    return redirect(_list_url(request.municipality))
