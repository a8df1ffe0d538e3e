"""Members that public pages name of seasons before the service."""

from municipalities.models import Municipality
from seasons.enums import ParticipationSource, ParticipationState
from seasons.facts import known_members
from seasons.models import Participation, Season
from uso.ground.tenancy.crossing import across_municipalities


def load_members() -> int:
    """Put the known members on the lists of the seasons whose members are listed; return how many were added.

    Nothing is said of them but that they took part. Who is on a list stays as it is.
    """
    codes = set().union(*(each.codes for each in known_members().values()))
    seasons = Season.objects.in_bulk(known_members(), field_name="number")
    places = Municipality.objects.filter(code__in=codes).in_bulk(field_name="code")
    with across_municipalities(reason="a public list names members over the whole network"):
        there = set(
            Participation.objects.filter(season__in=seasons.values()).values_list(
                "season__number", "municipality__code"
            )
        )
        rows = [
            Participation(
                season=seasons[number],
                municipality=places[code],
                state=ParticipationState.CONFIRMED,
                source=ParticipationSource.RECORD,
            )
            for number, listed in known_members().items()
            for code in sorted(listed.codes)
            if (number, code) not in there
        ]
        return len(Participation.objects.bulk_create(rows))
