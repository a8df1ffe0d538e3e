"""After municipal elections: who of the elected officials and leaders continues, gone through at once."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from municipalities.access import requires
from municipalities.elections import elections_to_follow
from municipalities.requests import MunicipalityRequest
from municipalities.rules import can_edit_roster
from uso.ground.lib import drawn as facts
from uso.ground.lib import pages
from uso.ground.lib.drawn import Drawn, Facts
from uso.roof.home import actions
from uso.roof.home.forms import AfterElectionsForm
from uso.roof.home.queries import after_elections


@requires(can_edit_roster)
def after_elections_page(request: MunicipalityRequest) -> HttpResponse:
    """Choose who leaves, then ask with all that ends, then do it."""
    municipality, at = request.municipality, timezone.now()
    there = after_elections.who_may_leave(municipality, by=request.user, at=at)
    form = AfterElectionsForm(pages.sent(request), there=there)
    leaving = form.leaving
    back = reverse("people:list", args=[municipality.slug])

    def read() -> Facts:
        return after_elections.lock_who_may_leave(
            municipality, leaving.keys, by=request.user, at=at
        ).in_words

    drawn = Drawn(leaving.in_words, read)
    if facts.parse(request.POST.get(facts.FIELD)) is None:
        pages.draw(form, drawn)
    elif pages.save(
        request,
        form,
        actions.leave_after_elections,
        _gone_through,
        drawn,
        municipality=municipality,
        at=at,
    ):
        return redirect(back)
    context = {"form": form, "back": back}
    if leaving:
        form.hide()
        context |= {
            "leaving": leaving,
            "staying_roles": after_elections.roles_that_stay(municipality, leaving, at=at),
            "choose": request.path,
        }
        return pages.show(request, "home/after_elections_question.html", context, form)
    context |= {
        "there": there,
        "elections": elections_to_follow(municipality, on=timezone.localdate(at)),
    }
    return pages.show(request, "home/after_elections.html", context, form)


def _gone_through(done: actions.LeftAfterElections) -> str:
    people = ngettext(
        "%(count)d person is not on the list any more.",
        "%(count)d people are not on the list any more.",
        len(done.people),
    ) % {"count": len(done.people)}
    registrations = ngettext(
        "%(count)d registration was withdrawn.",
        "%(count)d registrations were withdrawn.",
        len(done.registrations),
    ) % {"count": len(done.registrations)}
    roles = ngettext(
        "The role of %(count)d leader has ended.",
        "The roles of %(count)d leaders have ended.",
        len(done.memberships),
    ) % {"count": len(done.memberships)}
    parts = {people: done.people, registrations: done.registrations, roles: done.memberships}
    return " ".join(words for words, rows in parts.items() if rows)
