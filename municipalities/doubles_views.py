"""People who may be on the roster twice: shown in pairs, merged or left two."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from municipalities import rules
from municipalities.access import requires
from municipalities.models import Person
from municipalities.queries import kept_of
from municipalities.requests import MunicipalityRequest
from municipalities.roster.doubles import MOST_SHOWN, find_doubles
from municipalities.roster.merging import distinct_pairs, mark_distinct
from uso.ground.lib import pages


@requires(rules.can_edit_roster)
def doubles(request: MunicipalityRequest) -> HttpResponse:
    """List the pairs that may be one person, the surest first."""
    pairs = find_doubles(Person.objects.all(), distinct_pairs())
    context = {"pairs": pairs[:MOST_SHOWN], "more": max(len(pairs) - MOST_SHOWN, 0)}
    return pages.show(request, "municipalities/doubles.html", context)


@require_POST
@requires(rules.can_edit_roster)
def mark_pair_distinct(
    request: MunicipalityRequest, person_id: int, double_id: int
) -> HttpResponse:
    """Note that a pair is two people."""
    if kept_of([person_id, double_id]):
        return redirect("people:merge", request.municipality.slug, person_id, double_id)
    one, other = (get_object_or_404(Person, pk=each) for each in (person_id, double_id))
    if one != other:
        said = _("%(one)s and %(other)s stay two people.") % {"one": one.name, "other": other.name}
        pages.press(request, mark_distinct, said, one=one, other=other)
    return redirect("people:doubles", slug=request.municipality.slug)
