"""Who gets what: workshops (see tests/access.py)."""

from tests.access import Arguments, World
from tests.workshops.factories import WorkshopFactory
from workshops.models import Workshop

#                              nobody coord expert contact leader billing jämsä
TABLE = {
    "workshops:list":              "in  200 200 200 200 403 404",
    "workshops:ask":               "in  200 403 200 403 403 404",
    "workshops:detail":            "in  200 200 200 200 403 404",
    "workshops:revise":            "POST in 422 403 422 403 403 404",
    "workshops:cancel":            "POST in -> 403 -> 403 403 404",
    "workshops_network:season":    "in  200 200 403 403 403 403",
    "workshops_network:detail":    "in  200 200 403 403 403 403",
    "workshops_network:plan":      "POST in 422 403 403 403 403 403",
    "workshops_network:ask_back":  "POST in 422 403 403 403 403 403",
    "workshops_network:held":      "POST in 422 403 403 403 403 403",
    "workshops_network:undo_held": "POST in -> 403 403 403 403 403",
    "workshops_network:cancel":    "POST in -> 403 403 403 403 403",
}  # fmt: skip


def of_municipality(world: World) -> Arguments:
    return {"workshop_id": _wish(world, 1).pk}


def add_row(world: World, n: int) -> None:
    _wish(world, n + 1)


def _wish(world: World, slot: int) -> Workshop:
    return WorkshopFactory(municipality=world.municipality, season=world.season, slot=slot)
