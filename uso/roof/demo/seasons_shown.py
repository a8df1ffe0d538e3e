"""Which seasons the demonstration has on a day, so that it outlives the last one that is known.

USO8 is true, but for who is asked about it: the invitation names nobody the service may show. What
follows it is made up: a copy of it, without the words that speak of USO8's own years.
"""

from dataclasses import dataclass
from datetime import date, datetime

from events.facts import load_programme
from municipalities.models import User
from seasons.actions.opening import open_season
from seasons.enums import SeasonState
from seasons.models import Season, SeasonContact
from uso.ground.lib.languages import LANGUAGES
from uso.roof.demo.signins import SIGN_INS
from uso.roof.home.actions import make_season

LAST_KNOWN = 8
# The invitation names neither the year of the population nor whether VAT comes on top, which invoices
# need: the demonstration chooses.
POPULATION_YEAR = 2024
CONTACT_TITLE = {
    "title_fi": "Verkoston koordinaattori",
    "title_sv": "Nätverkets koordinator",
    "title_en": "Coordinator of the network",
}
THEME_OPEN = {
    "theme_fi": "Teema päätetään",
    "theme_sv": "Temat bestäms senare",
    "theme_en": "Theme to be decided",
}


@dataclass(frozen=True)
class SeasonsShown:
    """Seasons that have ended, the one that runs, and the draft of the next."""

    ended: list[Season]
    current: Season
    coming: Season


def seasons_shown(*, by: User, at: datetime, today: date) -> SeasonsShown:
    """Make the seasons that the day asks for, whose dates and people are loaded after that."""
    known = _choose_terms(Season.objects.get(number=LAST_KNOWN))
    load_programme(known)
    _name_contact(known)
    length = len(known.each_year)
    gone = max(0, (today.year - known.first_year) // length)  # seasons since the known one
    numbers = [LAST_KNOWN + n for n in sorted({0, max(gone - 1, 0), gone, gone + 1})]
    *ended, current, coming = (_season(known, number, by=by) for number in numbers)
    for made_up in {*ended, current} - {known}:
        _choose_terms(made_up)
    if current != known:
        _open(current, by=by, at=at)
    return SeasonsShown(ended, current, coming)


def close(season: Season) -> None:
    """Note that a season has ended, once all that happened in it is loaded."""
    season.state = SeasonState.CLOSED
    season.save(update_fields=["state"])


def _season(known: Season, number: int, *, by: User) -> Season:
    if number == known.number:
        return known
    first_year = known.first_year + (number - known.number) * len(known.each_year)
    season = make_season(source=known, number=number, first_year=first_year, by=by)
    season.theme_fi = season.theme_sv = season.theme_en = ""
    for language in LANGUAGES:
        setattr(season, f"background_{language}", [])
    season.save(update_fields=[*THEME_OPEN, *(f"background_{each}" for each in LANGUAGES)])
    season.phases.update(**{f"focus_{language}": "" for language in LANGUAGES})
    return season


def _name_contact(season: Season) -> None:
    """Let the made-up coordinator answer questions; the seasons that follow copy it."""
    coordinator = SIGN_INS[0]
    SeasonContact.objects.create(
        season=season,
        position=1,
        name=f"{coordinator.first_name} {coordinator.last_name}",
        email=coordinator.email,
        **CONTACT_TITLE,
    )


def _open(season: Season, *, by: User, at: datetime) -> None:
    for name, words in THEME_OPEN.items():
        setattr(season, name, words)
    season.save(update_fields=[*THEME_OPEN])
    open_season(season=season, by=by, at=at)


def _choose_terms(season: Season) -> Season:
    season.population_year, season.vat_on_top = POPULATION_YEAR, True
    season.save(update_fields=["population_year", "vat_on_top"])
    return season
