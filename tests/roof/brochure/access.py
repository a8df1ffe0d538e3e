"""Who gets what: the invitation of a season (see tests/access.py)."""

from django.utils import timezone

from seasons.board_paper.link import path_of
from seasons.models import InvitationDocument, Participation
from tests.access import OPENED, PUBLIC, Arguments, World
from tests.clock import TODAY
from tests.seasons.factories import opened_season

#                              nobody coord expert contact leader billing jämsä
TABLE = {
    "brochure:robots":             PUBLIC,
    "brochure:sitemap":            PUBLIC,
    "brochure:page":               PUBLIC,
    "brochure:picture":            PUBLIC,
    "brochure:interest":           PUBLIC,
    "brochure:interest_sent":      PUBLIC,
    "brochure:file":               PUBLIC,
    "brochure:paper":              PUBLIC,
    "brochure_network:invitation":      "in  200 200 403 403 403 403",
    "brochure_network:file":            "in  200 200 403 403 403 403",
    "brochure_network:make_invitation": "POST in -> 403 403 403 403 403",
}  # fmt: skip


def of_municipality(world: World) -> Arguments:
    season = opened_season(number=OPENED)
    place, _made = Participation.objects.get_or_create(
        season=season, municipality=world.municipality, defaults={"state_on": TODAY}
    )
    token = path_of(place).rstrip("/").rsplit("/", 1)[1]
    return {"brochure:paper.number": OPENED, "brochure:paper.token": token}


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
