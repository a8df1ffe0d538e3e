"""Bringing people to the roster from a table: paste or upload, look, then bring."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import ngettext

from municipalities import rules
from municipalities.access import requires
from municipalities.forms import BringForm, TableForm
from municipalities.models import Municipality, Person
from municipalities.queries import former_keys
from municipalities.requests import MunicipalityRequest
from municipalities.roster.importing import Imported, import_people, lock_people
from municipalities.roster.matching import Outcome, Plan, plan_import
from municipalities.roster.reading import ReadTable, read_people
from municipalities.roster.tables import MOST_PEOPLE
from uso.ground.lib import pages
from uso.ground.lib.drawn import Drawn, Facts
from uso.ground.lib.errors import RuleViolation
from uso.ground.once.creating import create, led_by_the_same_press


@requires(rules.can_edit_roster)
def import_table(request: MunicipalityRequest) -> HttpResponse:
    """Take a table, show what it would do, and do it; until that press nothing is stored.

    The page carries the rows themselves, so a preview leaves nothing behind.
    """
    if led := led_by_the_same_press(request):
        return led
    form = TableForm(pages.sent(request), request.FILES or None)
    table = _read(form, request.municipality)
    if table is None:
        context = {"form": form, "most": MOST_PEOPLE, "back": _list(request)}
        return pages.show(request, "municipalities/import.html", context, form)
    return _preview(request, form, table)


def _list(request: MunicipalityRequest) -> str:
    return reverse("people:list", args=[request.municipality.slug])


def _read(form: TableForm, municipality: Municipality) -> ReadTable | None:
    """Read the people of a table that was sent; None where there is none, or something is wrong with it."""
    if not form.is_bound or not form.is_valid():
        return None
    data = form.cleaned_data
    try:
        return read_people(
            data["rows"],
            group=data["group"],
            order=data["order"],
            language=municipality.main_language,
        )
    except RuleViolation as refusal:
        form.add_error("file" if data["file"] else "rows", refusal.message)
        return None


def _preview(request: MunicipalityRequest, form: TableForm, table: ReadTable) -> HttpResponse:
    municipality = request.municipality
    plan = plan_import(table, Person.objects.all(), former_keys())

    def read() -> Facts:
        return plan_import(table, lock_people(municipality.pk), former_keys()).facts

    drawn = Drawn(plan.facts, read)
    bring = BringForm(request.POST if "bring" in request.POST else None)
    if "bring" in request.POST:
        done = create(
            request,
            bring,
            import_people,
            _said,
            leads_to=lambda _done: _list(request),
            drawn=drawn,
            municipality=municipality,
            table=table,
        )
        if done:
            return done
        plan = plan_import(table, Person.objects.all(), former_keys())
    else:
        bring.once = str(uuid.uuid4())  # type: ignore[attr-defined]
        pages.draw(bring, drawn)
    context = _shown(plan, bring, form) | {"back": _list(request)}
    return pages.show(request, "municipalities/import_preview.html", context, bring)


def _shown(plan: Plan, bring: BringForm, form: TableForm) -> dict[str, Any]:
    sent = bring.cleaned_data if bring.is_bound else {}
    accepted, answers = sent.get("accepted", frozenset()), sent.get("answers", {})
    uploaded = form.cleaned_data["file"]
    return {
        "bring": bring,
        "plan": plan,
        "rows": form.cleaned_data["rows"],
        "group": form.cleaned_data["group"],
        "order": form.cleaned_data["order"],
        "notes": uploaded.notes if uploaded else (),
        "form": form,
        "new": plan.of(Outcome.NEW),
        "same": plan.of(Outcome.SAME),
        "changed": [(each, each.number in accepted) for each in plan.of(Outcome.CHANGED)],
        "asked": [(each, answers.get(each.number, "")) for each in plan.of(Outcome.ASKED)],
        "wrong": plan.of(Outcome.WRONG),
        "warned": [each for each in plan.rows if each.row.warnings],
    }


def _said(done: Imported) -> str:
    counts = [
        (
            done.added,
            ngettext("%(count)d person was added.", "%(count)d people were added.", done.added),
        ),
        (done.changed, ngettext("%(count)d was changed.", "%(count)d were changed.", done.changed)),
        (
            done.unchanged,
            ngettext(
                "%(count)d was on the list already.",
                "%(count)d were on the list already.",
                done.unchanged,
            ),
        ),
        (
            done.left_out,
            ngettext("%(count)d row was left out.", "%(count)d rows were left out.", done.left_out),
        ),
    ]
    return " ".join(words % {"count": count} for count, words in counts if count)
