"""The end of the term of what people wrote of a season."""

from datetime import date

from municipalities.models import User
from seasons.models import Interest, Season
from uso.ground.actions import action
from uso.ground.tenancy.crossing import across_municipalities


@action()
def erase_ended_interest(*, on: date, by: User | None) -> int:
    """Erase who expressed interest in the seasons that have ended; return how many did.

    What came of it stays: the municipality's place on the list, and how it came there.
    """
    ended = [season.pk for season in Season.objects.all() if season.has_ended(on=on)]
    with across_municipalities(reason="the term is the same for every municipality"):
        erased, _by_table = Interest.objects.filter(season__in=ended).delete()
    return erased
