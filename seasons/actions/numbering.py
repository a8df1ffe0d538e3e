"""The number and the years by which a season is known: no other has them."""

from django.db import connection
from django.utils.translation import gettext as _

from seasons.models import Season
from uso.ground.lib.errors import RuleViolation

LOCK = "seasons.numbering"


def take_years(season: Season) -> None:
    """Refuse, at the field, a number or years that another season has; until the end they are free.

    Who gives a season its number or years at the same moment waits. Left to the constraints alone,
    two who write overlapping years could wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [LOCK])
    others = Season.objects.exclude(pk=season.pk)
    if others.filter(number=season.number).exists():
        raise RuleViolation(
            _("There is a %(season)s already: give another number.") % {"season": season},
            field="number",
        )
    overlapping = {"first_year__lte": season.last_year, "last_year__gte": season.first_year}
    if other := others.filter(**overlapping).order_by("number").first():
        raise RuleViolation(
            _(
                "The years would be %(years)s, of which %(other)s (%(taken)s) has some: give another first year."
            )
            % {"years": season.years, "other": other, "taken": other.years},
            field="first_year",
        )
