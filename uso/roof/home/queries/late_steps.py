"""Next steps towards joining that should have been done by now, for the coordinator's board."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from municipalities.models import User
from seasons.models import Season
from uso.ground.lib.dates import day
from uso.roof.home.queries.standings import Standing
from uso.roof.home.todo import Todo

STEPS_SHOWN = 10


def late_steps(season: Season, listed: Sequence[Standing], *, reader: User, on: date) -> list[Todo]:
    """List the steps that are late: the reader's own first, the latest of each first."""
    late = [each for each in listed if each.next_step_on and each.next_step_on < on]
    late.sort(key=lambda each: (each.owner_id != reader.pk, each.next_step_on))
    shown = [_todo(season, each, reader) for each in late[:STEPS_SHOWN]]
    return [*shown, *_rest(season, len(late) - len(shown))]


def _todo(season: Season, standing: Standing, reader: User) -> Todo:
    return Todo(
        _sentence(standing, reader),
        subject=f"{standing.name}:",
        since=standing.next_step_on,
        late=True,
        href=reverse("seasons_network:member", args=[season.number, standing.slug]),
        action=_("Open"),
    )


def _sentence(standing: Standing, reader: User) -> str:
    assert standing.next_step_on  # noqa: S101 -- it is late
    words = {
        "step": standing.next_step,
        "day": day(standing.next_step_on, weekday=False),
        "name": f"{standing.owner_first_name} {standing.owner_last_name}".strip(),
    }
    if standing.owner_id in (None, reader.pk):
        return _("%(step)s – was to be done by %(day)s") % words
    return _("%(step)s – was to be done by %(day)s (%(name)s)") % words


def _rest(season: Season, count: int) -> list[Todo]:
    if count <= 0:
        return []
    url = reverse("seasons_network:members", args=[season.number])
    words = ngettext("%(count)d late next step more", "%(count)d late next steps more", count)
    return [Todo(words % {"count": count}, href=f"{url}?step=late", action=_("Look"), late=True)]
