"""Pages of the seasons: their list, and the publishing of one."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.access import requires
from municipalities.requests import MunicipalityRequest, Request
from seasons import completeness, queries, rules
from seasons.actions import opening
from seasons.enums import SeasonPart
from seasons.models import Season
from seasons.requests import season_or_404
from seasons.wording import billing_months
from uso.ground.lib import pages
from uso.ground.lib.drawn import Drawn, Facts

# Subjects of workshops and contacts stand on the public page, and where workshops are wished for.
SHOWN_TO_MUNICIPALITIES = (
    SeasonPart.FEES, SeasonPart.PACKAGE, SeasonPart.PHASES, SeasonPart.THEMES,
)  # fmt: skip


@requires(rules.can_see_seasons)
def seasons(request: Request) -> HttpResponse:
    """List the seasons, the latest first."""
    context = {
        "listed": queries.listed_seasons(),
        "may_run": rules.can_run_seasons(request.roles),
    }
    return render(request, "seasons/list.html", context)


@requires(rules.can_run_seasons)
def open_season(request: Request, number: int) -> HttpResponse:
    """Say what a draft has and lacks, and publish it once it has what it must have."""
    season = season_or_404(request, number)
    back = reverse("seasons_network:detail", args=[number])
    checks = completeness.checks_of(queries.content_of(season))
    lacking = completeness.lacking(checks)
    return pages.confirm(
        request,
        "seasons/open.html",
        {
            "question": _("Publish %(season)s") % {"season": season},
            "press": _("Publish the season"),
            "season": season,
            "way_back": [(str(season), back)],
            "musts": [check for check in checks if check.must],
            "shoulds": [check for check in checks if not check.must],
            "blocked": any(check.must for check in lacking),
            "lacking": lacking,
        },
        opening.open_season,
        said=_("The season is published."),
        back=back,
        drawn=_drawn_for_publishing(season, checks),
        season=season,
        at=timezone.now(),
    )


def _drawn_for_publishing(season: Season, checks: list[completeness.Check]) -> Drawn:
    """Let the question be drawn for all that its page lists."""

    def facts(asked: Season, found: list[completeness.Check]) -> Facts:
        listed = {check.label: check.missing or _("in order") for check in found}
        return {_("State"): str(asked.get_state_display()), _("Years"): asked.years, **listed}

    def read() -> Facts:
        locked = queries.lock_season(season)
        return facts(locked, completeness.checks_of(queries.content_of(locked)))

    return Drawn(facts(season, checks), read)


@requires(rules.can_read_season)
def season_of_municipality(request: MunicipalityRequest, number: int) -> HttpResponse:
    """Show a municipality what a season gives and costs, and how it has been amended."""
    season = season_or_404(request, number)
    if season.is_draft:
        raise Http404
    may_read = rules.can_read_decision(request.roles)
    place = queries.participation(season, request.municipality.slug) if may_read else None
    content = queries.content_of(season, SHOWN_TO_MUNICIPALITIES)
    context = {
        "season": season,
        "content": content,
        "shared": [row for row in content.package if not row.for_each_municipality],
        "own": [row for row in content.package if row.for_each_municipality],
        "billing_months": billing_months(season),
        "amendments": queries.amendments(season),
        "place": place,
        "may_edit": False,
    }
    return render(request, "seasons/of_municipality.html", context)
