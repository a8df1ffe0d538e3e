"""Where somebody starts after sign-in."""

from collections.abc import Iterable

from django.utils import timezone

from municipalities.models import Membership, Municipality
from seasons.models import Season
from uso.ground.lib.order import finnish


def current_season_number() -> int | None:
    """Return the season of this year, else the latest; None where there is none."""
    year = timezone.localdate().year
    seasons = list(Season.objects.order_by("-number"))
    running = [season for season in seasons if season.first_year <= year <= season.last_year]
    return next((season.number for season in [*running, *seasons]), None)


def own_municipalities(memberships: Iterable[Membership]) -> list[Municipality]:
    """List the municipalities somebody holds a role in, each once, in Finnish order."""
    own = {m.municipality for m in memberships if m.municipality}
    return sorted(own, key=lambda municipality: finnish(municipality.name))
