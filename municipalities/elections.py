"""Municipal elections: when a council's term began, so that a roster is gone through after them."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from municipalities.models import Municipality

ALAND: Final = "21"  # its municipalities have elections of their own, by the law of Åland


@dataclass(frozen=True)
class Elections:
    """Municipal elections and the day on which the term of the council they chose began."""

    held_on: date
    term_began_on: date

    @property
    def asked_until(self) -> date:
        """The first day on which nobody is asked any more to go through the roster for them."""
        return self.term_began_on.replace(year=self.term_began_on.year + 1)


# Kuntalaki 410/2015 § 15 and vaalilaki 714/1998: elections in April, the term from the 1st of June.
# Those of 2021 were moved from April to June for the epidemic, and their term to August. The next
# ones follow when somebody adds their row: a law may move them again.
MUNICIPAL_ELECTIONS: Final = (
    Elections(held_on=date(2021, 6, 13), term_began_on=date(2021, 8, 1)),
    Elections(held_on=date(2025, 4, 13), term_began_on=date(2025, 6, 1)),
)


def elections_to_follow(municipality: Municipality, *, on: date) -> Elections | None:
    """Return the elections after which its roster is to be gone through: for a year from the term's first day."""
    if municipality.region_code == ALAND:
        return None
    recent = (each for each in MUNICIPAL_ELECTIONS if each.term_began_on <= on < each.asked_until)
    return next(recent, None)
