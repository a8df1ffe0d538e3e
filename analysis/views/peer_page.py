"""The page on which a contact person chooses whom the municipality is compared with."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from analysis import rules
from analysis.actions import peer_sets as actions
from analysis.engine.group_figures import MOST_PEERS
from analysis.engine.similarity import NORMAL
from analysis.enums import PeerGroup
from analysis.forms.peer_forms import PeersForm, WeightsForm
from analysis.models import PeerSet
from analysis.queries import edition_list as queries
from analysis.queries.peer_candidates import PeerChoice, peers_page
from municipalities.access import requires
from municipalities.models import Municipality
from municipalities.requests import MunicipalityRequest
from seasons.models import Season
from uso.ground.lib import pages
from uso.ground.lib.characters import clean_line
from uso.ground.lib.drawn import FIELD, Drawn
from uso.ground.lib.languages import current_language
from uso.ground.lib.marks import escaped
from uso.ground.lib.money import number


@requires(rules.can_choose_peers)
def peers(request: MunicipalityRequest) -> HttpResponse:
    """Suggest peers by weights in the address, and let the contact person choose."""
    season = Season.objects.current(on=timezone.localdate())
    if season is None:
        raise Http404
    us = request.municipality
    stored = queries.chosen_peers(season)
    chosen = queries.peer_municipalities(stored)
    typed = pages.sent(request) if request.method == "POST" else _typed(request)
    form = PeersForm(typed, municipality=us, initial=_initial(stored, chosen))
    weights_form = WeightsForm(_weighed(request), initial=stored.weights if stored else {})
    weights = weights_form.weights()
    said = _("The peers are saved. They are used in the next edition.")
    drawn = Drawn(
        queries.choice_facts(stored, chosen),
        partial(queries.locked_choice_facts, us, season),
        lambda _changed: queries.chooser(season),
    )
    if not weights_form.errors:
        given: dict[str, Any] = {"municipality": us, "season": season, "weights": weights}
        if pages.save(request, form, actions.choose_peers, said, drawn, **given):
            return redirect("analysis:overview", us.slug)
    if request.method == "GET":  # another suggestion: the form goes on from where it was opened
        pages.draw(form, drawn, request.GET.get(FIELD))
    sought = clean_line((request.POST or request.GET).get("q", ""))
    page = peers_page(
        us,
        season,
        weights=weights if any(weights.values()) else NORMAL,
        ticked=form.chosen_ids(),
        group=form.chosen_group(),
        take="take" in request.GET,
        sought=sought,
    )
    context = {
        "form": form,
        "weights_form": weights_form,
        "season": season,
        "sought": sought,
        "most": MOST_PEERS,
        "levels": WeightsForm.LEVELS,
        "own": PeerGroup.OWN,
        "link": f"?{urlencode(weights)}",
        "page": page,
        "regions": [(region, _choices(region.choices)) for region in page.regions],
    }
    return pages.show(request, "analysis/peers.html", context, form, weights_form)


def _choices(choices: Iterable[PeerChoice]) -> SafeString:
    """Draw the municipalities of a region; in the template all of the country take a third of the page."""
    language = current_language()
    return SafeString("\n".join(_choice(choice, language) for choice in choices))


def _choice(choice: PeerChoice, language: str) -> str:
    name = escaped(choice.name)
    if choice.suggested:
        note = _("in the suggestion")
        return f'<p><span>{name}</span> <span class="unit">{note}</span></p>'
    checked = " checked" if choice.chosen else ""
    population = "" if choice.population is None else number(choice.population, language=language)
    return (
        f'<label><input type="checkbox" name="peers" value="{choice.id}"{checked}>'
        f' <span>{name}</span> <span class="unit">{population}</span></label>'
    )


def _typed(request: MunicipalityRequest) -> Any:
    """Give what stood in the form when another suggestion was asked for; None for a plain link."""
    return request.GET if {"suggest", "take", "find"} & set(request.GET) else None


def _weighed(request: MunicipalityRequest) -> Any:
    if request.method == "POST":
        return pages.sent(request)
    return request.GET if set(NORMAL) & set(request.GET) else None


def _initial(stored: PeerSet | None, chosen: Iterable[Municipality]) -> dict[str, Any]:
    if stored is None:
        return {}
    return {
        "peers": [peer.pk for peer in chosen],
        "group": stored.group,
        "reason": stored.reason,
    }
