"""The paper for a municipality's board: for coordinators, and for the municipality's own people."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.access import requires
from municipalities.requests import MunicipalityRequest, Request
from seasons import queries, rules
from seasons.actions.paper_link import renew_paper_link
from seasons.board_paper.form import BoardPaperForm
from seasons.board_paper.link import address_of, opens_to_anybody
from seasons.board_paper.paper import file_name, write
from seasons.board_paper.plain import as_text
from seasons.board_paper.word import CONTENT_TYPE, as_docx
from seasons.models import Season
from seasons.queries import PaperFacts
from seasons.requests import season_or_404, seasons_of
from uso.ground.lib import pages
from uso.ground.lib.drawn import Drawn, Facts
from uso.ground.lib.languages import current_language

FILE = "docx"


@requires(rules.can_run_seasons)
def of_member(request: Request, number: int, slug: str) -> HttpResponse:
    """Write the paper of any municipality on a season's list."""
    facts = facts_or_404(request, season_or_404(request, number), slug)
    way_back = [
        (_("Members"), reverse("seasons_network:members", args=[number])),
        (facts.member.name, reverse("seasons_network:member", args=[number, slug])),
    ]
    return board_paper(request, facts, {"frame_of_page": "base.html", "way_back": way_back})


@requires(rules.can_write_board_paper)
def of_municipality(request: MunicipalityRequest, number: int) -> HttpResponse:
    """Write the municipality's own paper, in a season that anybody may see."""
    season, slug = season_or_404(request, number), request.municipality.slug
    if season.is_draft:
        raise Http404
    facts = facts_or_404(request, season, slug)
    way_back = [(str(season), reverse("seasons:detail", args=[slug, number]))]
    return board_paper(request, facts, {"frame_of_page": "base.html", "way_back": way_back})


def facts_or_404(request: HttpRequest, season: Season, slug: str) -> PaperFacts:
    """Read what a municipality's paper is written of; 404 where it is not on the season's list."""
    found = queries.paper_facts(season, slug, seasons_of(request))
    if found is None:
        raise Http404
    return found


def board_paper(
    request: HttpRequest, facts: PaperFacts, context: Mapping[str, Any], *, is_public: bool = False
) -> HttpResponse:
    """Show the paper as text, or give it as a file. A press fills it in and stores nothing.

    Parameters
    ----------
    is_public
        Whether anybody may have come: the page is drawn without the request.
    """
    form = BoardPaperForm(pages.sent(request), participation=facts.member.participation)
    choices, language = form.answers
    on = timezone.localdate()
    paper = write(facts, choices, language, on=on)
    if form.is_valid() and request.POST.get("as") == FILE:
        content = as_docx(paper, at=timezone.now())
        return pages.attachment(content, CONTENT_TYPE, file_name(facts, language, on=on))
    shown = {
        "season": facts.season,
        "municipality": facts.member.municipality,
        "form": form,
        "text": as_text(paper),
        "paper": paper,
        "is_public": is_public,
        **context,
    }
    drawn = render_to_string("seasons/board_paper.html", shown, None if is_public else request)
    return HttpResponse(drawn, status=422 if form.errors else 200)


@requires(rules.can_run_seasons)
def renew_link(request: Request, number: int, slug: str) -> HttpResponse:
    """Ask, then make the link to a municipality's paper worthless and give a new one."""
    season = season_or_404(request, number)
    found = queries.participation(season, slug)
    if found is None or not opens_to_anybody(found, on=timezone.localdate()):
        raise Http404
    back = reverse("seasons_network:member", args=[number, slug])
    name, place = found.municipality.name, found.municipality
    whose = place.genitive_fi if current_language() == "fi" else name

    def read() -> Facts:
        now = queries.participation(season, slug)
        return {_("Link"): address_of(now)} if now else {}

    return pages.confirm(
        request,
        "seasons/renew_link.html",
        {
            "question": _("Replace the link to the paper of %(municipality)s")
            % {"municipality": whose},
            "press": _("Replace the link"),
            "way_back": [
                (_("Members"), reverse("seasons_network:members", args=[number])),
                (name, back),
            ],
        },
        renew_paper_link,
        said=_("The link was replaced: the one before does not work any more."),
        back=back,
        drawn=Drawn({_("Link"): address_of(found)}, read),
        participation=found,
    )
