"""Pages on which a role is given to somebody else, or gets its end."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.access import requires
from municipalities.actions import set_end_of_role
from municipalities.handing_over import HandOver, hand_over_role
from municipalities.models import Membership
from municipalities.queries import candidates, offered_to
from municipalities.requests import Request
from municipalities.rules import can_manage_network_roles, can_manage_roles
from uso.ground.lib import pages
from uso.ground.lib.dates import day
from uso.ground.lib.drawn import Drawn, Facts
from uso.roof.home.forms import HandOverForm, RoleEndForm
from uso.roof.home.queries import endings

# A page stands twice: for a municipality (`/k/<slug>/…`) and for the network's own roles.


def _list_url(request: Request) -> str:
    if request.municipality is None:
        return reverse("people_network:roles")
    return reverse("people:contacts", args=[request.municipality.slug])


def _list_title(request: Request) -> str:
    return _("Contact persons and rights") if request.municipality else _("Roles and invitations")


def _held(request: Request, membership_id: int) -> Membership:
    """Find a role in force at the place of the page."""
    rows = Membership.objects.active(on=timezone.localdate()).select_related("user", "municipality")
    return get_object_or_404(rows, pk=membership_id, municipality=request.municipality)


@requires(can_manage_roles)
def hand_over(request: Request, membership_id: int) -> HttpResponse:
    """Show what moves along, then give a role in the municipality to somebody else."""
    return _hand_over(request, membership_id)


@requires(can_manage_network_roles)
def hand_over_network(request: Request, membership_id: int) -> HttpResponse:
    """Show what moves along, then give a role in the network to somebody else."""
    return _hand_over(request, membership_id)


def _hand_over(request: Request, membership_id: int) -> HttpResponse:
    membership, at = _held(request, membership_id), timezone.now()
    waiting = endings.waiting_for(membership, on=timezone.localdate(at)).in_words

    def read() -> Facts:
        return endings.waiting_for(membership, on=timezone.localdate(at)).in_words

    form = HandOverForm(pages.sent(request), candidates=candidates(membership))
    done = pages.save(
        request,
        form,
        hand_over_role,
        _handed_over,
        Drawn(waiting, read),
        membership=membership,
        at=at,
    )
    if done:
        left = membership.user == request.user and done.result.successor
        return redirect("/" if left else _list_url(request))
    context = {
        "membership": membership,
        "waiting": waiting,
        "offered": offered_to(membership, at=at),
        "own": membership.user == request.user,
        "form": form,
        "back": _list_url(request),
        "way_back": [(_list_title(request), _list_url(request))],
    }
    return pages.show(request, "home/hand_over.html", context, form)


def _handed_over(done: HandOver) -> str:
    if done.successor:
        return _("%(name)s has the role now.") % {"name": done.successor.name}
    return _("An invitation was sent to %(email)s. The role passes on when it is accepted.") % {
        "email": done.email
    }


@requires(can_manage_roles)
def role_end(request: Request, membership_id: int) -> HttpResponse:
    """Give a role in the municipality its end, or take it away."""
    return _role_end(request, membership_id)


@requires(can_manage_network_roles)
def network_role_end(request: Request, membership_id: int) -> HttpResponse:
    """Give a role in the network its end, or take it away."""
    return _role_end(request, membership_id)


def _role_end(request: Request, membership_id: int) -> HttpResponse:
    membership = _held(request, membership_id)
    form = RoleEndForm(pages.sent(request), initial={"ends_on": membership.ends_on})
    if pages.save(
        request, form, set_end_of_role, _end_saved, membership=membership, at=timezone.now()
    ):
        return redirect(_list_url(request))
    context = {
        "membership": membership,
        "form": form,
        "back": _list_url(request),
        "way_back": [(_list_title(request), _list_url(request))],
    }
    return pages.show(request, "home/role_end.html", context, form)


def _end_saved(membership: Membership) -> str:
    words = {"name": membership.user.name}
    if membership.ends_on is None:
        return _("The role of %(name)s goes on until it is ended.") % words
    words["day"] = day(membership.ends_on, weekday=False)
    return _("The role of %(name)s ends %(day)s. They are reminded of it by e-mail.") % words
