"""Pages on which something ends that things of several apps hang on: asked, then done with them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Registration
from municipalities.access import requires
from municipalities.actions import obstacle_to_end, warning_of_end
from municipalities.models import Membership, Person
from municipalities.queries import invitations_by, kept_of
from municipalities.requests import MunicipalityRequest, Request
from municipalities.rules import can_edit_roster, can_manage_network_roles, can_manage_roles
from seasons.forms.membership import ExitForm
from seasons.queries import participation
from seasons.requests import season_or_404
from seasons.rules import can_run_seasons, can_withdraw
from uso.ground.lib import pages
from uso.ground.lib.drawn import Drawn, Facts
from uso.roof.home import actions
from uso.roof.home.forms import EndRoleForm
from uso.roof.home.queries import endings


@requires(can_edit_roster)
def take_off(request: MunicipalityRequest, person_id: int) -> HttpResponse:
    """Ask, then take somebody off the roster; their seats ahead are given back.

    Of somebody merged by now it is said.
    """
    if kept := kept_of([person_id]):
        return redirect("people:merge", request.municipality.slug, kept[person_id], person_id)
    person, at = get_object_or_404(Person, pk=person_id, left_on__isnull=True), timezone.now()
    slug = request.municipality.slug
    registrations = endings.registrations_ahead_of(person, at=at)

    def read() -> Facts:
        return endings.ends_with_person(person, at=at)

    def said(withdrawn: tuple[Registration, ...]) -> str:
        return _taken_off(person, len(withdrawn))

    return pages.confirm(
        request,
        "home/take_off.html",
        {
            "person": person,
            "registrations": registrations,
            "person_roles": endings.roles_of(person),
        },
        actions.take_off_person,
        said=said,
        back=reverse("people:list", args=[slug]),
        drawn=Drawn(endings.registrations_in_words(registrations), read),
        person=person,
        at=at,
    )


def _taken_off(person: Person, count: int) -> str:
    words = {"name": person.name, "count": count}
    if not count:
        return _("%(name)s is not on the list any more.") % words
    return (
        ngettext(
            "%(name)s is not on the list any more, and %(count)d registration was withdrawn.",
            "%(name)s is not on the list any more, and %(count)d registrations were withdrawn.",
            count,
        )
        % words
    )


@requires(can_run_seasons)
def withdraw(request: Request, number: int, slug: str) -> HttpResponse:
    """Ask why, then note that a municipality does not take part; what hangs on that ends with it."""
    found = participation(season_or_404(request, number), slug)
    if found is None:
        raise Http404
    back, at = reverse("seasons_network:member", args=[number, slug]), timezone.now()
    hanging = endings.hanging_on_participation(found, at=at)

    def read() -> Facts:
        return endings.ends_with_participation(found, at=at)

    if not can_withdraw(request.roles, found) and request.method == "GET":
        return redirect(back)
    form, drawn = ExitForm(pages.sent(request), season=found.season), Drawn(hanging.in_words, read)
    given: dict[str, Any] = {"participation": found, "at": at}
    if pages.save(request, form, actions.withdraw_municipality, _withdrawn, drawn, **given):
        return redirect(back)
    context = {
        "participation": found,
        "hanging": hanging,
        "stays": endings.stays_of_participation(found, at=at),
        "form": form,
        "back": back,
        "way_back": [(found.municipality.name, back)],
    }
    return pages.show(request, "home/withdraw.html", context, form)


def _withdrawn(done: actions.Withdrawal) -> str:
    counts = {"registrations": len(done.registrations), "workshops": len(done.workshops)}
    if not any(counts.values()):
        return _("The withdrawal was noted.")
    return (
        _(
            "The withdrawal was noted. Registrations withdrawn: %(registrations)d,"
            " workshops cancelled: %(workshops)d."
        )
        % counts
    )


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
        "days": endings.days_ahead_of(membership, on=today),
        "own": membership.user == request.user,
        "back": back,
    }
    return pages.show(request, "home/end_role.html", context, form)


def _role_ended(membership: Membership) -> str:
    return _("The role of %(name)s has ended.") % {"name": membership.user.name}
