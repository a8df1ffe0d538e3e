"""What the paper for a municipality's board is written of."""

from collections.abc import Sequence
from dataclasses import dataclass

from seasons.content import SeasonContent
from seasons.enums import TAKING_PART, SeasonPart
from seasons.models import Participation, Season
from seasons.queries.member_list import Member, member
from seasons.queries.season_content import content_at_once, seasons_with_every_member
from uso.ground.tenancy.crossing import across_municipalities

PARTS = (SeasonPart.THEMES, SeasonPart.PACKAGE, SeasonPart.CONTACTS)


@dataclass(frozen=True)
class EarlierSeason:
    """A season before, the municipality's place in it, and whether all its members are known."""

    season: Season
    participation: Participation | None
    is_complete: bool


@dataclass(frozen=True)
class PaperFacts:
    """A municipality on a season's list, with what the season gives and what has been before."""

    member: Member
    content: SeasonContent
    earlier: Sequence[EarlierSeason]

    @property
    def season(self) -> Season:
        """The season to join."""
        return self.member.season


def paper_facts(season: Season, slug: str, every: Sequence[Season]) -> PaperFacts | None:
    """Read what a municipality's paper is written of (six queries); None where it is not listed.

    Parameters
    ----------
    every
        All seasons, of which those before this one are asked about.
    """
    found = member(season, slug)
    if found is None:
        return None
    return PaperFacts(found, content_at_once(season, PARTS), _earlier(found, every))


def _earlier(found: Member, every: Sequence[Season]) -> list[EarlierSeason]:
    before = [each for each in every if each.last_year < found.season.first_year]
    whole = seasons_with_every_member(before)
    with across_municipalities(reason="a board's paper names where its municipality took part"):
        own = Participation.objects.filter(
            season__in=before, municipality=found.municipality, state__in=TAKING_PART
        )
        places = {row.season_id: row for row in own.select_related("municipality")}
    return [
        EarlierSeason(each, places.get(each.pk), each.pk in whole)
        for each in sorted(before, key=lambda season: season.first_year)
    ]


def place_of(participation_id: int) -> Participation | None:
    """Find the place that a link names, whichever municipality it is (one query)."""
    with across_municipalities(reason="a board's paper is opened by a link, without an account"):
        rows = Participation.objects.select_related("season", "municipality")
        return rows.filter(pk=participation_id).first()
