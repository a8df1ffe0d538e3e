"""Who gets what: seasons and their members (see tests/access.py)."""

from datetime import date

from seasons.models import DecisionDocument, Participation
from tests.access import OPENED, Arguments, World
from tests.clock import NOW, TODAY
from tests.municipalities.factories import (
    ContactAddressFactory,
    MunicipalityFactory,
    PopulationFactory,
)
from tests.seasons.factories import (
    AmendmentFactory,
    LetterFactory,
    ParticipationFactory,
    SeasonFactory,
    opened_season,
)

#                                  nobody coord expert contact leader billing jämsä
TABLE = {
    "seasons:detail":                  "in  200 200 200 200 200 404",
    "seasons:board_paper":             "in  200 403 200 200 200 404",
    "seasons:decision_file":           "in  200 403 200 200 200 404",
    "seasons_network:list":            "in  200 200 403 403 403 403",
    "seasons_network:compare":         "in  200 200 403 403 403 403",
    "seasons_network:transitions":     "in  200 200 403 403 403 403",
    "seasons_network:new":             "in  200 403 403 403 403 403",
    "seasons_network:detail":          "in  200 200 403 403 403 403",
    "seasons_network:members":         "in  200 200 403 403 403 403",
    "seasons_network:board":           "in  200 200 403 403 403 403",
    "seasons_network:member":          "in  200 200 403 403 403 403",
    "seasons_network:move":            "in  200 403 403 403 403 403",
    "seasons_network:next_step":       "POST in 422 403 403 403 403 403",
    "seasons_network:add_member":      "in  200 403 403 403 403 403",
    "seasons_network:make_empty":      "in  200 403 403 403 403 403",
    "seasons_network:edit":            "in  200 403 403 403 403 403",
    "seasons_network:amendments":      "in  200 200 403 403 403 403",
    "seasons_network:open":            "in  200 403 403 403 403 403",
    "seasons_network:decide":          "POST in 422 403 403 403 403 403",
    "seasons_network:stage":           "POST in 422 403 403 403 403 403",
    "seasons_network:correct":         "in  200 403 403 403 403 403",
    "seasons_network:confirm":         "in  200 403 403 403 403 403",
    "seasons_network:withdraw":        "in  200 403 403 403 403 403",
    "seasons_network:decision_file":   "in  200 403 403 403 403 403",
    "seasons_network:board_paper":     "in  200 403 403 403 403 403",
    "seasons_network:renew_link":      "in  404 403 403 403 403 403",  # a draft has no link
    "seasons_network:letters":         "in  200 403 403 403 403 403",
    "seasons_network:write_letter":    "in  200 403 403 403 403 403",
    "seasons_network:letter":          "in  200 403 403 403 403 403",
    "seasons_network:edit_letter":     "in  200 403 403 403 403 403",
    "seasons_network:leave_out":       "POST in -> 403 403 403 403 403",
    "seasons_network:send_test":       "POST in -> 403 403 403 403 403",
    "seasons_network:send_letter":     "in  200 403 403 403 403 403",
    "seasons_network:retry_letter":    "POST in -> 403 403 403 403 403",
    "seasons_network:remind":          "POST in -> 403 403 403 403 403",
    "seasons_network:restore":         "POST in -> 403 403 403 403 403",
}  # fmt: skip


def of_network(world: World) -> Arguments:
    return {"part": "package"}


def of_season(world: World) -> Arguments:
    opened_season(number=OPENED)
    published = {
        f"seasons:{name}.number": OPENED for name in ("detail", "board_paper", "decision_file")
    }
    letter = LetterFactory(season=world.season, made_by=world.coordinator)
    return published | {
        "number": world.season.number,
        "year": world.season.last_year,
        "letter_id": letter.pk,
    }


def of_municipality(world: World) -> Arguments:
    season = opened_season(number=OPENED)
    place, _made = Participation.objects.get_or_create(
        season=season, municipality=world.municipality, defaults={"state_on": TODAY}
    )
    own = Participation.objects.get(season=world.season, municipality=world.municipality)
    for row in (place, own):
        DecisionDocument.objects.get_or_create(
            municipality=world.municipality,
            participation=row,
            defaults={"name": "ote.pdf", "content": b"%PDF", "at": NOW, "by": world.coordinator},
        )
    return {}


def add_row(world: World, n: int) -> None:
    for season in (world.season, opened_season(number=OPENED)):
        AmendmentFactory(season=season, by=world.coordinator)
    LetterFactory(season=world.season, made_by=world.coordinator)
    SeasonFactory(number=100 + n, first_year=2030 + 2 * n, last_year=2031 + 2 * n)
    newcomer = PopulationFactory(municipality=MunicipalityFactory()).municipality
    late = {"next_step": "Soita", "next_step_on": date(2024, 9, 9), "owner": world.coordinator}
    ParticipationFactory(season=world.season, municipality=newcomer, **late)
    ContactAddressFactory(municipality=newcomer, added_by=world.coordinator)
