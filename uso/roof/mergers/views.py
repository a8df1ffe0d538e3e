"""Mergers of municipalities: those that were, a look at one, doing it."""

from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.access import requires
from municipalities.requests import Request
from municipalities.rules import can_merge_municipalities
from uso.ground.lib import pages
from uso.ground.lib.drawn import Drawn
from uso.roof.mergers import actions
from uso.roof.mergers.merger_form import MergerForm
from uso.roof.mergers.plans import MergerPlan
from uso.roof.mergers.queries import merger_preview as queries


@requires(can_merge_municipalities)
def mergers(request: Request) -> HttpResponse:
    """List the mergers since the service began, and ask for one to look at."""
    former = request.GET.get("former", "")
    context = {
        "merged": queries.merged_municipalities(),
        "form": MergerForm(initial={"former": former}),
    }
    return pages.show(request, "mergers/mergers.html", context)


@requires(can_merge_municipalities)
def merge(request: Request) -> HttpResponse:
    """Show what a merger would do, and do it from its day on; the address holds what was chosen."""
    form = MergerForm(request.GET)
    if not form.is_valid():
        context = {"merged": queries.merged_municipalities(), "form": form}
        return pages.show(request, "mergers/mergers.html", context, form)
    plan: MergerPlan = form.cleaned_data["plan"]
    shown = queries.preview(plan)
    context = {
        "plan": plan,
        "preview": shown,
        "waits": plan.waits_in_words(today=timezone.localdate()),
        "change": f"{reverse('mergers_network:list')}",
    }
    return pages.confirm(
        request,
        "mergers/preview.html",
        context,
        actions.merge_municipalities,
        said=_said,
        back=reverse("mergers_network:list"),
        drawn=Drawn(shown.facts, partial(queries.preview_facts, plan)),
        plan=plan,
        at=timezone.now(),
    )


def _said(done: actions.MergerDone) -> str:
    return _("%(names)s: merged into %(new)s.") % {
        "names": done.plan.names,
        "new": done.into.name,
    }
