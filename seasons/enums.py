"""Closed lists of the season."""

from enum import Enum, auto
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class SeasonState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Published")
    CLOSED = "closed", _("Ended")


class LateJoining(models.TextChoices):
    """What a municipality that joins after the season began pays of its first year."""

    FULL = "full", _("The full fee of the year")
    BY_MONTHS = "by_months", _("By the months that are left")


class SeasonPart(models.TextChoices):
    """Parts in which a season is written, and amended."""

    BASICS = "basics", _("Lead theme and why now")
    THEMES = "themes", _("Themes")
    PHASES = "phases", _("Phases")
    PACKAGE = "package", _("What the fee gives")
    FEES = "fees", _("Annual fee")
    TERMS = "terms", _("Terms of the fee")
    WORKSHOP_THEMES = "workshop_themes", _("Subjects offered for workshops")
    CONTACTS = "contacts", _("Contacts")


#: Parts by which whoever is confirmed next is charged: a change of them holds at once.
CHARGED_AT_ONCE: Final = frozenset({SeasonPart.FEES, SeasonPart.TERMS})


class ParticipationSource(models.TextChoices):
    """How a municipality came to a season's list."""

    COORDINATOR = "coordinator", _("Added by a coordinator")
    PUBLIC_PAGE = "public_page", _("Expressed interest on the public page")
    RECORD = "record", _("Named in the network's records")  # of a season before the service


class ParticipationState(models.TextChoices):
    INVITED = "invited", _("Invited")
    INTERESTED = "interested", _("Interested")
    DECIDING = "deciding", _("Deciding")
    DECIDED = "decided", _("Decided")
    CONFIRMED = "confirmed", _("Taking part")
    DECLINED = "declined", _("Declined")  # said no before any decision to join
    WITHDRAWN = "withdrawn", _("Withdrawn")  # had decided to join


FUNNEL = (
    ParticipationState.INVITED,
    ParticipationState.INTERESTED,
    ParticipationState.DECIDING,
    ParticipationState.DECIDED,
    ParticipationState.CONFIRMED,
)
BEFORE_THE_DECISION = frozenset(
    {ParticipationState.INVITED, ParticipationState.INTERESTED, ParticipationState.DECIDING}
)
BEFORE_THE_CONFIRMATION = BEFORE_THE_DECISION | {ParticipationState.DECIDED}
# The board has decided to join; the coordinator's confirmation of the fee may come later.
TAKING_PART = (ParticipationState.DECIDED, ParticipationState.CONFIRMED)
NOT_TAKING_PART = frozenset({ParticipationState.DECLINED, ParticipationState.WITHDRAWN})


class ExitReason(models.TextChoices):
    """Why a municipality does not take part, or no longer; counted season by season."""

    FINANCES = "finances", _("Finances")
    NO_TIME = "no_time", _("No time or people now")
    OTHER_PROGRAMME = "other_programme", _("Another network or programme")
    MERGER = "merger", _("A merger of municipalities")
    OFFER = "offer", _("The offer did not fit")
    NOT_TOLD = "not_told", _("The reason was not told")
    OTHER = "other", _("Another reason")


class EntitlementKind(models.TextChoices):
    """What a season's package holds; the words of the network's own documents."""

    SEMINAR = "seminar", _("Theme seminars")
    SPARRING = "sparring", _("Sparrings for elected officials")
    CONTACT_MEETING = "contact_meeting", _("Contact persons' meetings")
    LIVE_CONTACT_MEETING = "live_contact_meeting", _("Contact persons' meetings on site")
    DEVELOPER_SEMINAR = "developer_seminar", _("Working seminars for developers")
    ELECTED_TRAINING = "elected_training", _("Training for elected officials")
    FORESIGHT = "foresight", _("Joint foresight process")
    CHANGE_CLINIC = "change_clinic", _("Change clinics")
    PEER_DISCUSSION = "peer_discussion", _("Peer discussions and development events")
    REVIEWS = "reviews", _("Reviews and materials")
    COUNCIL_MATERIALS = "council_materials", _("Materials for new councils")
    WORKSHOP = "workshop", _("Development workshops")
    ANALYSIS = "analysis", _("Situation analysis")
    DEVELOPMENT_PLAN = "development_plan", _("Development plan")
    SUPPORT = "support", _("Other support")


# What each municipality usually gets for itself; all else is usually shared by the network.
OWN_KINDS = frozenset(
    {
        EntitlementKind.WORKSHOP,
        EntitlementKind.ANALYSIS,
        EntitlementKind.DEVELOPMENT_PLAN,
        EntitlementKind.SUPPORT,
    }
)


class BodyKind(Enum):
    """What the municipality of a deciding body calls itself."""

    CITY = auto()
    MUNICIPALITY = auto()


class DecidingBody(models.TextChoices):
    """Which body of a municipality decides to join; documents name the board alone."""

    CITY_BOARD = "city_board", _("City board")
    MUNICIPAL_BOARD = "municipal_board", _("Municipal board")
    CITY_COUNCIL = "city_council", _("City council")
    MUNICIPAL_COUNCIL = "municipal_council", _("Municipal council")
    OTHER = "other", _("Another body")

    @property
    def kind(self) -> BodyKind | None:
        """Whether it is of a city; None where the body does not say."""
        if self == DecidingBody.OTHER:
            return None
        return BodyKind.CITY if self.value.startswith("city") else BodyKind.MUNICIPALITY


class Move(models.TextChoices):
    """What a municipality did from one season to the next; never stored."""

    STAYED = "stayed", _("Stayed")
    RETURNED = "returned", _("Came back")  # took part earlier, not in the season before
    JOINED = "joined", _("Joined anew")
    LEFT = "left", _("Did not go on")
    UNDECIDED = "undecided", _("Not decided yet")  # the season has not begun
    EARLIER = "earlier", _("Took part earlier")  # whether in the season before is not known
