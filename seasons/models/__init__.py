"""Tables of the seasons, by noun.

`season` is what a season is and gives, `fee_tier` what it costs, `participation` who takes part,
`publishing` what readers get of it.
"""

from seasons.models.decision_document import DecisionDocument
from seasons.models.fee_tier import FeeTier
from seasons.models.letter import Letter, SentLetter
from seasons.models.participation import Interest, Participation
from seasons.models.publishing import Amendment, InvitationDocument
from seasons.models.season import (
    Entitlement,
    Phase,
    Season,
    SeasonContact,
    SeasonQuerySet,
    Theme,
    WorkshopTheme,
)

__all__ = [
    "Amendment",
    "DecisionDocument",
    "Entitlement",
    "FeeTier",
    "Interest",
    "InvitationDocument",
    "Letter",
    "Participation",
    "Phase",
    "Season",
    "SeasonContact",
    "SeasonQuerySet",
    "SentLetter",
    "Theme",
    "WorkshopTheme",
]
