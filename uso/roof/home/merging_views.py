"""Merging two people of a roster who are one: asked with what is kept, then done."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from municipalities.access import requires
from municipalities.models import Person
from municipalities.queries import kept_of
from municipalities.requests import MunicipalityRequest
from municipalities.roster.merging import PeopleToMerge
from municipalities.rules import can_edit_roster
from uso.ground.lib import pages
from uso.ground.lib.drawn import Drawn, Facts
from uso.roof.home import actions
from uso.roof.home.queries import mergers


@requires(can_edit_roster)
def merge(request: MunicipalityRequest, person_id: int, double_id: int) -> HttpResponse:
    """Show what is kept of two people, then keep one; registrations follow."""
    if person_id == double_id:
        raise Http404
    if kept := kept_of([person_id, double_id]):
        return _lead_on(request, *(kept.get(each, each) for each in (person_id, double_id)))
    person, double = (get_object_or_404(Person, pk=each) for each in (person_id, double_id))
    merger = PeopleToMerge(person, double)
    fields, events = mergers.merged_fields(merger), mergers.merged_events(merger)
    slug = request.municipality.slug

    def read() -> Facts:
        return mergers.merges(person, double)

    return pages.confirm(
        request,
        "home/merge.html",
        {
            "person": person,
            "double": double,
            "fields": fields,
            "events": events,
            "frees": sum(each.frees_a_seat for each in events),
            "other_way_keeps": ", ".join(filter(None, [double.name, double.email])),
            "other_way": reverse("people:merge", args=[slug, double.pk, person.pk]),
        },
        actions.merge_people,
        said=_merged,
        back=reverse("people:doubles", args=[slug]),
        drawn=Drawn(mergers.merger_in_words(fields, events), read),
        person=person,
        double=double,
        at=timezone.now(),
    )


def _lead_on(request: MunicipalityRequest, person_id: int, double_id: int) -> HttpResponse:
    """Say that two people are one by now, or ask about those into whom they were merged."""
    if person_id != double_id:
        return redirect("people:merge", request.municipality.slug, person_id, double_id)
    context = {"person": get_object_or_404(Person, pk=person_id)}
    return render(request, "home/merged.html", context)


def _merged(done: actions.MergedPeople) -> str:
    words = {"name": done.person.name, "count": done.freed}
    if not done.freed:
        return _("%(name)s is on the list once now.") % words
    return (
        ngettext(
            "%(name)s is on the list once now. %(count)d event had both: one registration was kept.",
            "%(name)s is on the list once now. %(count)d events had both: one registration was kept of each.",
            done.freed,
        )
        % words
    )
