"""The parts of a season that are rows: which table each is, and a season with its rows.

Whatever goes through all parts is made of `TABLES`: reading, copying, loading, printing, archiving.
What says something of its own of each part has a table of its own, which a test compares with this.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from seasons.enums import SeasonPart
from seasons.models import (
    Entitlement,
    FeeTier,
    Phase,
    Season,
    SeasonContact,
    Theme,
    WorkshopTheme,
)

Part = SeasonPart
TABLES: Final[Mapping[SeasonPart, Any]] = {
    Part.THEMES: Theme,
    Part.PHASES: Phase,
    Part.PACKAGE: Entitlement,
    Part.FEES: FeeTier,
    Part.WORKSHOP_THEMES: WorkshopTheme,
    Part.CONTACTS: SeasonContact,
}
"""The other parts are fields of the season."""
ORDERED_BY: Final[Mapping[SeasonPart, str]] = {Part.FEES: "population"}
"""What a part is in order of, where that is not the position."""


@dataclass(frozen=True)
class SeasonContent:
    """A season with the rows of its parts, read once; of a part that was not read, none."""

    season: Season
    rows: Mapping[SeasonPart, list[Any]]

    def of(self, part: SeasonPart) -> list[Any]:
        """Return the rows of a part in their order."""
        return self.rows.get(part, [])

    @property
    def tiers(self) -> list[Any]:
        """The fee tiers that hold today."""
        return self.of(Part.FEES)

    @property
    def package(self) -> list[Any]:
        """The lines of the package."""
        return self.of(Part.PACKAGE)

    @property
    def phases(self) -> list[Any]:
        """The phases."""
        return self.of(Part.PHASES)

    @property
    def themes(self) -> list[Any]:
        """The themes."""
        return self.of(Part.THEMES)

    @property
    def workshop_themes(self) -> list[Any]:
        """The subjects offered for workshops."""
        return self.of(Part.WORKSHOP_THEMES)

    @property
    def contacts(self) -> list[Any]:
        """Who answers questions about the season."""
        return self.of(Part.CONTACTS)
