"""Next steps towards joining that should have been done by now, for the coordinator's board."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from municipalities.models import User
from seasons.models import Season
from uso.ground.lib.dates import day
from uso.roof.home.todo import Todo

STEPS_SHOWN = 10
# What the municipalities on the season's list are annotated with.
PLACE = {
    "next_step": F("participations__next_step"),
    "next_step_on": F("participations__next_step_on"),
    "owner_id": F("participations__owner"),
    "owner_first_name": F("participations__owner__first_name"),
    "owner_last_name": F("participations__owner__last_name"),
}


def late_steps(season: Season, listed: Sequence[Any], *, reader: User, on: date) -> list[Todo]:
    """List the steps that are late: the reader's own first, the latest of each first."""
    late = [each for each in listed if each.next_step_on and each.next_step_on < on]
    late.sort(key=lambda each: (each.owner_id != reader.pk, each.next_step_on))
    shown = [_todo(season, each, reader) for each in late[:STEPS_SHOWN]]
    return [*shown, *_rest(season, len(late) - len(shown))]


def _todo(season: Season, municipality: Any, reader: User) -> Todo:
    return Todo(
        _sentence(municipality, reader),
        subject=f"{municipality.name}:",
        since=municipality.next_step_on,
        late=True,
        href=reverse("seasons_network:member", args=[season.number, municipality.slug]),
        action=_("Open"),
    )


def _sentence(municipality: Any, reader: User) -> str:
    words = {
        "step": municipality.next_step,
        "day": day(municipality.next_step_on, weekday=False),
        "name": f"{municipality.owner_first_name} {municipality.owner_last_name}".strip(),
    }
    if municipality.owner_id in (None, reader.pk):
        return _("%(step)s – was to be done by %(day)s") % words
    return _("%(step)s – was to be done by %(day)s (%(name)s)") % words


def _rest(season: Season, count: int) -> list[Todo]:
    if count <= 0:
        return []
    url = reverse("seasons_network:members", args=[season.number])
    words = ngettext("%(count)d late next step more", "%(count)d late next steps more", count)
    return [Todo(words % {"count": count}, href=f"{url}?step=late", action=_("Look"), late=True)]
