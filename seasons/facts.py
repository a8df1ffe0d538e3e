"""The known seasons, from the data files beside this module (sources in `data/README.md`)."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import NumericRange

from seasons.models import Entitlement, FeeTier, Phase, Season, Theme, WorkshopTheme

DATA = Path(__file__).parent / "data"
LISTS: dict[str, Any] = {  # model by name in the files
    "themes": Theme,
    "phases": Phase,
    "workshop_themes": WorkshopTheme,
}


def load_seasons() -> list[Season]:
    """Add the known seasons that are not there yet, whole; return those that were added.

    A season that is there stays as its coordinators have it, so loading again changes nothing.
    """
    there = set(Season.objects.values_list("number", flat=True))
    return [_add(facts) for facts in known_seasons() if facts["number"] not in there]


def known_seasons() -> Iterator[dict[str, Any]]:
    """Read the data files in order of their names."""
    for path in sorted(DATA.glob("season_*.toml")):
        yield tomllib.loads(path.read_text())


@transaction.atomic
def _add(facts: dict[str, Any]) -> Season:
    facts = dict(facts)
    lists = {name: facts.pop(name, []) for name in (*LISTS, "entitlements", "fee_tiers")}
    season = Season.objects.create(**flat(facts))
    FeeTier.objects.bulk_create(_tier(season, tier) for tier in lists["fee_tiers"])
    Entitlement.objects.bulk_create(
        Entitlement(season=season, position=position, **flat(row))
        for position, row in enumerate(lists["entitlements"], start=1)
    )
    for name, model in LISTS.items():
        model.objects.bulk_create(
            model(season=season, position=position, **flat(row))
            for position, row in enumerate(lists[name], start=1)
        )
    return season


def _tier(season: Season, facts: dict[str, Any]) -> FeeTier:
    return FeeTier(
        season=season,
        population=NumericRange(facts["from"], facts.get("below")),
        annual_fee_eur=facts.get("annual_fee_eur"),
    )


def flat(facts: dict[str, Any]) -> dict[str, Any]:
    """Turn `name.fi` of a data file into the model's `name_fi`."""
    flat: dict[str, Any] = {}
    for key, value in facts.items():
        if isinstance(value, dict):
            flat |= {f"{key}_{language}": text for language, text in value.items()}
        else:
            flat[key] = value
    return flat
