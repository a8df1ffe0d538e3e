"""Who gets what: the invitation of a season (see tests/access.py)."""

from seasons.enums import SeasonState
from seasons.models import Season
from tests.access import PUBLIC, Arguments, World
from tests.seasons.factories import FeeTierFactory, SeasonFactory

#                              nobody coord expert contact leader billing jämsä
TABLE = {
    "brochure:robots":             PUBLIC,
    "brochure:sitemap":            PUBLIC,
    "brochure:page":               PUBLIC,
    "brochure:picture":            PUBLIC,
    "brochure:interest":           PUBLIC,
    "brochure:interest_sent":      PUBLIC,
}  # fmt: skip
OPENED = 60


def of_season(world: World) -> Arguments:
    opened_season(number=OPENED)
    public = ("page", "picture", "interest", "interest_sent")
    numbers = {f"brochure:{name}.number": OPENED for name in public}
    return {**numbers, "brochure:picture.language": "fi"}


def opened_season(**fields: object) -> Season:
    """A season that anybody may see: it prices every municipality and is open."""
    season = SeasonFactory(**fields)
    if season.state == SeasonState.DRAFT:
        FeeTierFactory(season=season, population=(0, None))
        Season.objects.filter(pk=season.pk).update(state=SeasonState.OPEN)
        season.refresh_from_db()
    return season
