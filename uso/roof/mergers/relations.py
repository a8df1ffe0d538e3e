"""What becomes of everything that has to do with a municipality when it is merged into another.

One table of every relation, tested against the database's catalogue: a new one cannot be forgotten.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words


class Fate(models.TextChoices):
    READABLE = "readable", _("stays readable")
    MOVES = "moves", _("moves on")


@dataclass(frozen=True)
class Rule:
    """What happens to one kind of things, in the words of the preview.

    Parameters
    ----------
    counted
        The table whose rows are counted; the others of the rule hang on it.
    """

    title: "Words"
    fate: Fate
    sentence: "Words"
    counted: str


ROLES: Final = Rule(
    _("Roles"),
    Fate.MOVES,
    _("Everybody gets the same role in the new municipality; who has it there already keeps one. The roles in the former one end."),
    "municipalities_membership",
)  # fmt: skip
INVITATIONS: Final = Rule(
    _("Unanswered invitations to a role"),
    Fate.MOVES,
    _("They lead to the new municipality. Where it has invited the same address itself, one is withdrawn."),
    "municipalities_invitation",
)  # fmt: skip
MAILBOXES: Final = Rule(
    _("Shared mailboxes"),
    Fate.MOVES,
    _(
        "They are among the contacts of the new municipality. One that it has already is there once."
    ),
    "municipalities_contactaddress",
)
PEOPLE: Final = Rule(
    _("People on the list"),
    Fate.MOVES,
    _("Those still on the list are added to the list of the new municipality; in the former one they have left. The same name and e-mail is one person; other doubles are merged on the page for doubles."),
    "municipalities_person",
)  # fmt: skip
REGISTRATIONS: Final = Rule(
    _("Registrations"),
    Fate.MOVES,
    _("Those to events ahead move with their seats. Those to past events stay readable."),
    "events_registration",
)
WORKSHOPS: Final = Rule(
    _("Development workshops"),
    Fate.MOVES,
    _("Those wished for or agreed move to a free place in the package of the new municipality; without one they are cancelled. Those held stay readable."),
    "workshops_workshop",
)  # fmt: skip
PARTICIPATIONS: Final = Rule(
    _("Participations and decisions"),
    Fate.READABLE,
    _("They stay under the former name with their decisions, files, fees and populations. What becomes of the seasons that go on stands below."),
    "seasons_participation",
)  # fmt: skip
ANALYSES: Final = Rule(
    _("Situation analyses"),
    Fate.READABLE,
    _("Editions, PDFs and tables stay under the former name and can be downloaded. Drafts go no further."),
    "analysis_analysis",
)  # fmt: skip
PEERS_OF_OTHERS: Final = Rule(
    _("Chosen as a peer by others"),
    Fate.READABLE,
    _("Their choices and published analyses stay as they are. Nobody can choose it any more."),
    "analysis_peersetmember",
)
INVOICES: Final = Rule(
    _("Invoices"),
    Fate.READABLE,
    _("They stay as they were issued, to the former name, and can be paid. New fees are invoiced from the new municipality."),
    "billing_invoice",
)  # fmt: skip
INTERESTS: Final = Rule(
    _("Interest expressed on public pages"),
    Fate.READABLE,
    _("It stays, and is erased when its season has ended."),
    "seasons_interest",
)
MESSAGES: Final = Rule(
    _("Messages sent"),
    Fate.READABLE,
    _("They stay in the log of the coordinators."),
    "mail_message",
)
TASKS: Final = Rule(
    _("Tasks"), Fate.READABLE, _("Those that have ended stay in the log."), "jobs_job"
)
POPULATIONS: Final = Rule(
    _("Populations"),
    Fate.READABLE,
    _("They stay under the former name. A wholly new municipality begins with their sum."),
    "municipalities_population",
)
EARLIER: Final = Rule(
    _("Municipalities merged into it before"),
    Fate.READABLE,
    _("They are read through the new municipality, too."),
    "municipalities_municipality",
)

#: Every column that names a municipality, by table and column. The order is that of the preview.
RELATIONS: Final[dict[tuple[str, str], Rule]] = {
    ("municipalities_membership", "municipality_id"): ROLES,
    ("municipalities_membershipevent", "municipality_id"): ROLES,
    ("municipalities_invitation", "municipality_id"): INVITATIONS,
    ("municipalities_contactaddress", "municipality_id"): MAILBOXES,
    ("municipalities_person", "municipality_id"): PEOPLE,
    ("municipalities_personevent", "municipality_id"): PEOPLE,
    ("municipalities_mergedperson", "municipality_id"): PEOPLE,
    ("municipalities_distinctpeople", "municipality_id"): PEOPLE,
    ("events_registration", "municipality_id"): REGISTRATIONS,
    ("events_registrationevent", "municipality_id"): REGISTRATIONS,
    ("workshops_workshop", "municipality_id"): WORKSHOPS,
    ("workshops_workshopevent", "municipality_id"): WORKSHOPS,
    ("seasons_participation", "municipality_id"): PARTICIPATIONS,
    ("seasons_participationevent", "municipality_id"): PARTICIPATIONS,
    ("seasons_decisiondocument", "municipality_id"): PARTICIPATIONS,
    ("analysis_analysis", "municipality_id"): ANALYSES,
    ("analysis_analysisdocument", "municipality_id"): ANALYSES,
    ("analysis_analysisdownload", "municipality_id"): ANALYSES,
    ("analysis_analysisevent", "municipality_id"): ANALYSES,
    ("analysis_expertassignment", "municipality_id"): ANALYSES,
    ("analysis_expertassignmentevent", "municipality_id"): ANALYSES,
    ("analysis_expertcomment", "municipality_id"): ANALYSES,
    ("analysis_expertcommentevent", "municipality_id"): ANALYSES,
    ("analysis_findingedit", "municipality_id"): ANALYSES,
    ("analysis_findingeditevent", "municipality_id"): ANALYSES,
    ("analysis_peerset", "municipality_id"): ANALYSES,
    ("analysis_peersetmember", "municipality_id"): ANALYSES,
    ("billing_invoice", "municipality_id"): INVOICES,
    ("billing_invoiceevent", "municipality_id"): INVOICES,
    ("billing_invoiceline", "municipality_id"): INVOICES,
    ("billing_invoicelineevent", "municipality_id"): INVOICES,
    ("billing_businessidconfirmation", "municipality_id"): INVOICES,
    ("billing_buyerdetails", "municipality_id"): INVOICES,
    ("billing_buyerdetailsevent", "municipality_id"): INVOICES,
    ("analysis_peersetmember", "peer_id"): PEERS_OF_OTHERS,
    ("seasons_interest", "municipality_id"): INTERESTS,
    ("municipalities_population", "municipality_id"): POPULATIONS,
    ("municipalities_populationevent", "municipality_id"): POPULATIONS,
    ("municipalities_municipality", "merged_into_id"): EARLIER,
    ("municipalities_municipalityevent", "merged_into_id"): EARLIER,
    ("mail_message", "municipality_id"): MESSAGES,
    ("seasons_sentletter", "municipality_id"): MESSAGES,
    ("jobs_job", "municipality_id"): TASKS,
    ("jobs_jobitem", "municipality_id"): TASKS,
}  # fmt: skip
