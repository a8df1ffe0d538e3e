"""The known seasons, from the data files beside this module (sources in `data/README.md`)."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import NumericRange

from seasons.content import TABLES
from seasons.enums import OWN_KINDS
from seasons.models import Entitlement, FeeTier, Participation, Season

DATA = Path(__file__).parent / "data"


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
    """Store a season and the rows of its parts, which a file lists by the name the season has for them."""
    names = {model: model._meta.get_field("season").remote_field.name for model in TABLES.values()}
    of_season = {name: value for name, value in facts.items() if name not in names.values()}
    season = Season.objects.create(**flat(of_season))
    for model, name in names.items():
        model.objects.bulk_create(
            _tier(season, row) if model is FeeTier else _row(model, season, position, row)
            for position, row in enumerate(facts.get(name, []), start=1)
        )
    return season


def _row(model: Any, season: Season, position: int, facts: dict[str, Any]) -> Any:
    whose = _whose(facts) if model is Entitlement else {}
    return model(season=season, position=position, **whose | flat(facts))


def _whose(row: dict[str, Any]) -> dict[str, bool]:
    """Return whether each municipality gets it for itself: by its kind, where a file says nothing."""
    return {"for_each_municipality": row["kind"] in OWN_KINDS}


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


@dataclass(frozen=True)
class Decision:
    """A municipality's joining decision as its minutes have it."""

    season: int
    municipality: str
    decided_by_fi: str
    decided_on: date
    decision_section: str
    diary_number: str
    annual_fee_eur: int
    contact_fi: str = ""
    on_site_fi: str = ""

    @property
    def recorded(self) -> dict[str, Any]:
        """What a coordinator records of it."""
        names = ("decided_by_fi", "decided_on", "decision_section", "diary_number")
        return {name: getattr(self, name) for name in (*names, "contact_fi", "on_site_fi")}


@cache
def known_decisions() -> Mapping[tuple[int, str], Decision]:
    """Return the decisions from public minutes, by the season's number and municipality's code."""
    rows = tomllib.loads((DATA / "decisions.toml").read_text())["decisions"]
    return {(row["season"], row["municipality"]): Decision(**row) for row in rows}


@dataclass(frozen=True)
class MemberList:
    """The members of an ended season as a public page lists them, by code.

    Parameters
    ----------
    whole
        The page gives them as all members.
    """

    codes: frozenset[str]
    whole: bool


@cache
def known_members() -> Mapping[int, MemberList]:
    """Return the lists of members from public pages, by the season's number."""
    lists = tomllib.loads((DATA / "members.toml").read_text())["lists"]
    return {
        each["season"]: MemberList(frozenset(row["code"] for row in each["members"]), each["whole"])
        for each in lists
    }


def is_made_up(participation: Participation, season: Season) -> bool:
    """Say whether the demonstration made a participation up: no minutes, no record has it."""
    if participation.is_from_record:
        return False
    code = participation.municipality.code
    known = known_decisions().get((season.number, code))
    return settings.DEMO and (known is None or participation.diary_number != known.diary_number)


@cache
def known_numbers() -> frozenset[int]:
    """Return the numbers of the seasons that public documents tell of."""
    return frozenset(facts["number"] for facts in known_seasons())


def season_is_made_up(season: Season) -> bool:
    """Say whether the demonstration made a season up: no theme, fee or date of it is a fact."""
    return settings.DEMO and season.number not in known_numbers()


def made_up_terms(season: Season) -> frozenset[str]:
    """Name the terms that the demonstration chose for a known season: no document says them."""
    if not settings.DEMO or season_is_made_up(season):
        return frozenset()  # a season that is made up as a whole is marked by its name
    said = _terms_said()[season.number]
    return frozenset(
        name
        for name in ("population_year", "vat_on_top")
        if getattr(season, name) and getattr(season, name) != said.get(name)
    )


@cache
def _terms_said() -> Mapping[int, Mapping[str, Any]]:
    return {facts["number"]: facts for facts in known_seasons()}


@cache
def numbers_of_unknown_members() -> frozenset[int]:
    """Return the numbers of the seasons of which no document lists all members: they had ended before."""
    ended = {each["number"] for each in known_seasons() if each["state"] == "closed"}
    return frozenset(ended - {number for number, each in known_members().items() if each.whole})
