"""Pages of the roster: who may take part for the municipality."""

from dataclasses import replace
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from municipalities import queries, rules
from municipalities.access import requires
from municipalities.elections import elections_to_follow
from municipalities.forms import PersonForm
from municipalities.models import Person
from municipalities.requests import MunicipalityRequest
from municipalities.roster import saving
from municipalities.roster.headings import Part
from uso.ground.drawn_rows import drawn_for
from uso.ground.lib import pages
from uso.ground.lib.marks import address, link, nowrap, quiet
from uso.ground.lib.tables import Column, arrange
from uso.ground.once.creating import create


def _name(person: Person, slug: str, *, may_edit: bool) -> str:
    name = f"{person.last_name} {person.first_name}"
    return (
        link(address("people:edit", slug, person.pk), name)
        if may_edit
        else conditional_escape(name)
    )


def _phone(person: Person) -> str:
    return nowrap(person.phone) if person.phone else ""


def columns(slug: str, *, may_edit: bool, left: bool) -> list[Column[Person]]:
    """Describe the roster; names lead to their forms for whoever may edit it."""
    shown: list[Column[Person]] = [
        Column(
            "name",
            _("Name"),
            lambda p: f"{p.last_name} {p.first_name}",
            sought=True,
            heads=True,
            drawn=lambda p: _name(p, slug, may_edit=may_edit),
        ),
        Column("title", _("Title or position"), lambda p: p.title, sought=True),
        Column("body", _("Body"), lambda p: p.body, sought=True),
        Column("group", _("Group"), lambda p: p.get_group_display(), on_page=False),
        Column(
            "email",
            _("E-mail"),
            lambda p: p.email,
            sought=True,
            drawn=lambda p: p.email or quiet(gettext("missing: gets no messages")),
        ),
        Column("phone", _("Telephone"), lambda p: p.phone, drawn=_phone),
        Column("language", _("Language"), lambda p: p.get_language_display(), on_page=False),
    ]
    return [*shown, Column("left", _("Left on"), lambda p: p.left_on)] if left else shown


def file_columns(*, left: bool) -> list[Column[Person]]:
    """Describe the roster as a file that can be brought back: the headings are those an import knows."""
    shown: list[Column[Person]] = [
        Column(Part.KEY, Part.KEY.label, lambda p: p.pk),
        Column(Part.LAST_NAME, Part.LAST_NAME.label, lambda p: p.last_name),
        Column(Part.FIRST_NAME, Part.FIRST_NAME.label, lambda p: p.first_name),
        Column(Part.GROUP, Part.GROUP.label, lambda p: p.get_group_display()),
        Column(Part.TITLE, Part.TITLE.label, lambda p: p.title),
        Column(Part.BODY, Part.BODY.label, lambda p: p.body),
        Column(Part.EMAIL, Part.EMAIL.label, lambda p: p.email),
        Column(Part.PHONE, Part.PHONE.label, lambda p: p.phone),
        Column(Part.LANGUAGE, Part.LANGUAGE.label, lambda p: p.get_language_display()),
    ]
    return [*shown, Column("left", _("Left on"), lambda p: p.left_on)] if left else shown


@requires(rules.can_see_roster)
def people(request: MunicipalityRequest) -> HttpResponse:
    """List the roster by group, or those who no longer take part (`?gone=yes`)."""
    slug, gone = request.municipality.slug, request.GET.get("gone") == "yes"
    may_edit = rules.can_edit_roster(request.roles)
    table = arrange(
        columns(slug, may_edit=may_edit, left=gone),
        queries.roster(left=gone),
        request,
        name=f"{slug}-henkilot",
        group_of=lambda person: person.get_group_display(),
        title=gettext("People"),
    )
    if table.export:
        return replace(table, all_columns=file_columns(left=gone)).response()
    context = {
        "table": table,
        "gone": gone,
        "not_taking_part": queries.count_not_taking_part(),
        "can_edit": may_edit,
        "elections": elections_to_follow(request.municipality, on=timezone.localdate()),
    }
    return render(request, "municipalities/people.html", context)


@requires(rules.can_edit_roster)
def add_person(request: MunicipalityRequest) -> HttpResponse:
    """Add somebody to the roster; `?next=` leads back to where the name was missed."""
    person = Person(municipality=request.municipality)
    return _edit(request, person, gettext("%(name)s is on the list now."))


@requires(rules.can_edit_roster)
def edit_person(request: MunicipalityRequest, person_id: int) -> HttpResponse:
    """Change somebody of the roster; who was merged into another leads there."""
    if kept := queries.kept_of([person_id]):
        return redirect("people:edit", slug=request.municipality.slug, person_id=kept[person_id])
    person = get_object_or_404(Person, pk=person_id)
    return _edit(request, person, gettext("%(name)s: changes saved."))


def _edit(request: MunicipalityRequest, person: Person, saved: str) -> HttpResponse:
    back = next_page(request, reverse("people:list", args=[request.municipality.slug]))
    said = partial(_named, saved)
    drawn = drawn_for(person, *PersonForm.Meta.fields, "left_on") if person.pk else None
    form = PersonForm(pages.sent(request), instance=person)

    def leads_to(_person: Person) -> str:
        return back

    if made := create(
        request, form, saving.save_person, said, leads_to=leads_to, drawn=drawn, person=person
    ):
        return made
    context = {"form": form, "person": person, "back": back}
    return pages.show(request, "municipalities/person.html", context, form)


def _named(sentence: str, person: Person) -> str:
    return sentence % {"name": person.name}


@require_POST
@requires(rules.can_edit_roster)
def put_person_back(request: MunicipalityRequest, person_id: int) -> HttpResponse:
    """Put somebody back on the list; of somebody merged by now it is said."""
    if kept := queries.kept_of([person_id]):
        return redirect("people:merge", request.municipality.slug, kept[person_id], person_id)
    person = get_object_or_404(Person, pk=person_id)
    said = _named(gettext("%(name)s is on the list now."), person)
    pages.press(request, saving.put_person_back, said, person=person)
    return redirect("people:list", slug=request.municipality.slug)


def next_page(request: MunicipalityRequest, otherwise: str) -> str:
    """Return the page `next` names if it is one of ours, else another."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours else otherwise
