"""Lists of a letter: who will get it, and what has become of it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from municipalities.enums import Language
from seasons.letters.recipients import Recipient
from seasons.models import SentLetter
from uso.ground.lib.marks import fill, link, tag, with_notes
from uso.ground.lib.tables import Column
from uso.ground.mail.models import MessageState

KINDS = {MessageState.SENT: "good", MessageState.FAILED: "bad"}


def _tick(recipient: Recipient) -> str:
    return fill(
        '<input type="checkbox" name="leave" form="leave-out" value="{}" aria-label="{}: {}">',
        recipient.key,
        _("Leave out"),
        recipient.address.email,
    )


RECIPIENTS: list[Column[Recipient]] = [
    Column(
        "name",
        gettext_lazy("Municipality"),
        lambda each: each.member.name,
        sought=True,
        heads=True,
        drawn=lambda each: link(f"?of={each.key}#preview", each.member.name),
    ),
    Column("to", gettext_lazy("Recipient"), lambda each: each.address.name, sought=True),
    Column("email", gettext_lazy("E-mail"), lambda each: each.address.email, sought=True),
    Column("language", gettext_lazy("Language"), lambda each: Language(each.language).in_words),
    Column("leave", gettext_lazy("Leave out"), lambda _each: "", sorts=False, drawn=_tick),
]


def _state(row: SentLetter) -> str:
    return str(MessageState(row.message_state or MessageState.PLANNED).label)


def _drawn_state(row: SentLetter) -> str:
    mark = tag(KINDS.get(row.message_state, "wait"), _state(row))
    return with_notes(mark, [row.message_error] if row.message_error else [])


SENT: list[Column[SentLetter]] = [
    Column(
        "name",
        gettext_lazy("Municipality"),
        lambda row: row.municipality.name,
        sought=True,
        heads=True,
        drawn=lambda row: link(f"?of={row.pk}#preview", row.municipality.name),
    ),
    Column("to", gettext_lazy("Recipient"), lambda row: row.to_name, sought=True),
    Column("email", gettext_lazy("E-mail"), lambda row: row.to_email, sought=True),
    Column("language", gettext_lazy("Language"), lambda row: Language(row.language).in_words),
    Column("state", gettext_lazy("State"), _state, drawn=_drawn_state),
]
