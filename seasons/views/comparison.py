"""Two seasons side by side."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from municipalities.access import requires
from municipalities.requests import Request
from seasons import queries, rules
from seasons.comparing import COMPARED, compare
from seasons.models import Season
from seasons.requests import seasons_of


@requires(rules.can_see_seasons)
def compare_seasons(request: Request) -> HttpResponse:
    """Compare `?left=` with `?right=`, the earlier of them first; `?all=` shows what is the same too.

    Without them it is the latest season and the one before it.
    """
    seasons = seasons_of(request)
    context: dict[str, object] = {"all_seasons": seasons, "shows_all": bool(request.GET.get("all"))}
    if len(seasons) > 1:
        earlier, later = _chosen(request, seasons)
        context |= {"earlier": earlier, "later": later}
        if earlier == later:
            context["refused"] = _("Choose two different seasons.")
        else:
            topics = compare(*queries.contents_of(earlier, later, parts=COMPARED))
            alike = [topic for topic in topics if topic.rows and not topic.differing]
            context |= {
                "topics": topics,
                "unchanged": [topic.title for topic in alike],
                "remarks": [topic.remark for topic in alike if topic.remark],
                "members": queries.compared_members(earlier, later),
            }
    return render(request, "seasons/compare.html", context)


def _chosen(request: Request, seasons: Sequence[Season]) -> list[Season]:
    """Return two seasons in order of time; what is not asked for is the season before the other."""
    by_number = {str(season.number): season for season in seasons}
    right = by_number.get(request.GET.get("right", ""), seasons[0])
    at = list(seasons).index(right)
    left = by_number.get(
        request.GET.get("left", ""), seasons[at + 1 if right != seasons[-1] else at - 1]
    )
    return sorted((left, right), key=lambda season: season.first_year)
