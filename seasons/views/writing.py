"""Pages on which coordinators write a season, part by part."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.access import requires
from municipalities.requests import Request
from seasons import completeness, queries, rules
from seasons.actions import editing
from seasons.content import TABLES, SeasonContent
from seasons.enums import SeasonPart
from seasons.forms.parts import EmptySeasonForm, part_form
from seasons.models import Season
from seasons.pricing import number_line
from seasons.requests import season_or_404
from seasons.wording import facts_of_part
from uso.ground.history import last_author, last_author_among
from uso.ground.lib import pages
from uso.ground.lib.drawn import Drawn, Facts
from uso.ground.once import creating


@dataclass(frozen=True)
class PartLink:
    """A part in the list beside the form: where it is, and how much it lacks."""

    label: str
    url: str
    current: bool
    missing: int


@requires(rules.can_run_seasons)
def make_empty_season(request: Request) -> HttpResponse:
    """Make an empty season of its number and years."""
    form = EmptySeasonForm(pages.sent(request))
    made = creating.create(
        request,
        form,
        editing.make_empty_season,
        _("The season was made. It is a draft until you publish it."),
        leads_to=lambda season: reverse("seasons_network:detail", args=[season.number]),
    )
    return made or pages.show(request, "seasons/make.html", {"form": form}, form)


@requires(rules.can_run_seasons)
def edit_part(request: Request, number: int, part: str) -> HttpResponse:
    """Write a part of a season; of a published one, with the reason of the change."""
    season = season_or_404(request, number)
    edited = _part_or_404(part)
    if season.has_ended(on=timezone.localdate()):
        return pages.show(request, "seasons/edit_ended.html", {"season": season, "part": edited})
    content = queries.content_of(season, list(SeasonPart) if season.is_draft else [edited])
    form = part_form(season, edited, content.of(edited), pages.sent(request))
    done = pages.save(
        request,
        form,
        editing.edit_part,
        _said,
        drawn=_drawn_for(content, edited),
        season=season,
        part=edited,
        at=timezone.now(),
    )
    if done:
        return redirect("seasons_network:edit", done.result.number, edited)
    checks = completeness.checks_of(content) if season.is_draft else []
    context = {
        "season": season,
        "part": edited,
        "form": form,
        "parts": _parts(season, edited, checks),
        "lacking": completeness.lacking(checks),
        "number_line": number_line(content.tiers) if edited == SeasonPart.FEES else [],
    }
    return pages.show(request, "seasons/edit.html", context, form)


def _part_or_404(part: str) -> SeasonPart:
    if part not in SeasonPart.values:
        raise Http404
    return SeasonPart(part)


def _drawn_for(content: SeasonContent, part: SeasonPart) -> Drawn:
    season, rows = content.season, part in TABLES

    def read() -> Facts:
        locked = queries.lock_season(season)
        return facts_of_part(locked, part, queries.rows_of(locked, part))

    def author(_changed: AbstractSet[str]) -> str:
        return last_author_among(TABLES[part], season=season) if rows else last_author(season)

    return Drawn(facts_of_part(season, part, content.of(part)), read, author)


def _said(season: Season) -> str:
    if season.is_draft:
        return _("Saved.")
    return _("The amendment was saved. The members can read it on the season's page.")


def _parts(season: Season, current: SeasonPart, checks: list[completeness.Check]) -> list[PartLink]:
    lacking = [check.part for check in completeness.lacking(checks)]
    return [
        PartLink(
            label=str(part.label),
            url=reverse("seasons_network:edit", args=[season.number, part]),
            current=part == current,
            missing=lacking.count(part),
        )
        for part in SeasonPart
    ]


@requires(rules.can_see_seasons)
def amendments(request: Request, number: int) -> HttpResponse:
    """List how a published season has been amended."""
    season = season_or_404(request, number)
    context = {"season": season, "amendments": queries.amendments(season)}
    return pages.show(request, "seasons/amended.html", context)
