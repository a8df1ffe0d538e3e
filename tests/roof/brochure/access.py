"""Who gets what: the invitation of a season (see tests/access.py)."""

from django.utils import timezone

from seasons.enums import SeasonState
from seasons.models import InvitationDocument, Season
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
    "brochure:file":               PUBLIC,
    "brochure_network:invitation":      "in  200 200 403 403 403 403",
    "brochure_network:file":            "in  200 200 403 403 403 403",
    "brochure_network:make_invitation": "POST in -> 403 403 403 403 403",
}  # fmt: skip
OPENED = 60


def of_season(world: World) -> Arguments:
    for season in (opened_season(number=OPENED), world.season):
        InvitationDocument.objects.update_or_create(
            season=season,
            language="fi",
            defaults={"content": b"%PDF", "pages": 1, "made_at": timezone.now()},
        )
    public = ("page", "picture", "interest", "interest_sent", "file")
    numbers = {f"brochure:{name}.number": OPENED for name in public}
    spoken = ("brochure:picture", "brochure:file", "brochure_network:file")
    return numbers | {f"{name}.language": "fi" for name in spoken}


def opened_season(**fields: object) -> Season:
    """A season that anybody may see: it prices every municipality and is open."""
    season = SeasonFactory(**fields)
    if season.state == SeasonState.DRAFT:
        FeeTierFactory(season=season, population=(0, None))
        Season.objects.filter(pk=season.pk).update(state=SeasonState.OPEN)
        season.refresh_from_db()
    return season
