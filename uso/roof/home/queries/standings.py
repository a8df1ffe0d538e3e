"""Where municipalities stand on the lists of seasons, as the coordinator's board reads them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from seasons.enums import ParticipationState
from seasons.models import Interest, Participation, Season
from uso.ground.lib.languages import localized


class Standing(NamedTuple):
    """Where a municipality stands on a season's list; read as a tuple, since a season may list them all."""

    season_id: int
    pk: int  # of the municipality
    slug: str
    name_fi: str
    name_sv: str
    state: str
    state_on: date
    decided_on: date | None
    next_step: str
    next_step_on: date | None
    owner_id: int | None
    owner_first_name: str | None
    owner_last_name: str | None
    #: When interest of its was last expressed on the public page.
    interest_at: datetime | None

    @property
    def name(self) -> str:
        """Name of the municipality in the active language."""
        return localized(self, "name")

    @property
    def interest_waits(self) -> bool:
        """Whether nobody has acted on its interest: the stage was not moved on or noted since."""
        return (
            self.state == ParticipationState.INTERESTED
            and self.interest_at is not None
            and timezone.localdate(self.interest_at) >= self.state_on
        )


def standings_of(season: Season, later: Sequence[Season]) -> list[Standing]:
    """List who stands where on the season's list, and who is interested in later ones (one query)."""
    written = Interest.objects.filter(
        season=OuterRef("season"), municipality=OuterRef("municipality")
    ).order_by("-at")
    rows = Participation.objects.filter(
        Q(season=season) | Q(season__in=later, state=ParticipationState.INTERESTED)
    ).values_list(
        "season_id",
        "municipality_id",
        "municipality__slug",
        "municipality__name_fi",
        "municipality__name_sv",
        "state",
        "state_on",
        "decided_on",
        "next_step",
        "next_step_on",
        "owner_id",
        "owner__first_name",
        "owner__last_name",
        Subquery(written.values("at")[:1]),
    )
    return [Standing(*row) for row in rows]
