"""Reads of letters: those of a season, what each address got, what a municipality was sent."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from municipalities.enums import Role
from municipalities.models import ContactAddress, Membership, Municipality
from seasons.models import Letter, Season, SentLetter
from uso.ground.jobs.models import Job
from uso.ground.mail.models import Message, MessageState
from uso.ground.tenancy.crossing import across_municipalities


@dataclass(frozen=True)
class Address:
    """Where a letter to a municipality goes: a contact person, or a shared mailbox."""

    email: str
    name: str
    language: str


@dataclass(frozen=True)
class ListedLetter:
    """A letter with how far its messages are."""

    letter: Letter
    sent: int
    failed: int
    waiting: int


def letter_of(season: Season, letter_id: int) -> Letter | None:
    """Find a letter of a season (one query)."""
    rows = Letter.objects.select_related("season", "sent_by", "made_by")
    return rows.filter(season=season, pk=letter_id).first()


def lock_letter(letter: Letter) -> Letter:
    """Read a letter anew; of two who change or send it one waits, and its places stay as they are."""
    found = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    with across_municipalities(reason="a letter goes to municipalities of the season's list"):
        rows = found.season.participations.select_for_update(of=("self",), no_key=True)
        list(rows.order_by("pk").values_list("pk"))
    return found


def addresses_of(municipalities: Iterable[int]) -> dict[int, list[Address]]:
    """List whom letters to municipalities go to, each address once in each (two queries)."""
    ids, found = list(municipalities), defaultdict[int, dict[str, Address]](dict)
    people = Membership.objects.active(on=timezone.localdate()).filter(
        role=Role.CONTACT, municipality__in=ids, user__is_active=True
    )
    for row in people.select_related("user").order_by("pk"):
        user = row.user
        address = Address(user.email, user.name, user.language)
        found[row.municipality_id or 0].setdefault(user.email.lower(), address)
    with across_municipalities(reason="a letter goes to municipalities of the season's list"):
        boxes = list(ContactAddress.objects.filter(municipality__in=ids).order_by("pk"))
    for box in boxes:
        address = Address(box.email, box.label, box.language)
        found[box.municipality_id].setdefault(box.email.lower(), address)
    return {place: list(each.values()) for place, each in found.items()}


def stages_when_sent(letter_id: int | None) -> dict[int, str]:
    """Return the stage each municipality had when a letter was sent to it (one query)."""
    with across_municipalities(reason="a reminder goes to those whose stage has not moved on"):
        return dict(
            SentLetter.objects.filter(letter=letter_id).values_list("municipality_id", "stage")
        )


def sent_rows(letter: Letter) -> list[SentLetter]:
    """List what each address got with the state of its message, the failed ones first (one query)."""
    with across_municipalities(reason="coordinators read what was sent to each municipality"):
        found = SentLetter.objects.filter(letter=letter).select_related("municipality")
        rows = list(_with_outcome(found))
    return sorted(rows, key=lambda row: (row.message_state != MessageState.FAILED, row.pk))


def failed_rows(letter: Letter) -> list[SentLetter]:
    """List what the mail server did not take (one query)."""
    return [row for row in sent_rows(letter) if row.message_state == MessageState.FAILED]


def rows_to_queue(letter_id: int) -> list[SentLetter]:
    """List what has no message yet (one query)."""
    with across_municipalities(reason="a letter goes to municipalities of the season's list"):
        rows = _with_outcome(
            SentLetter.objects.filter(letter=letter_id, letter__sent_at__isnull=False)
        )
        return list(
            rows.filter(message_state=None).select_related("letter__sent_by").order_by("pk")
        )


def letters_of(season: Season) -> list[ListedLetter]:
    """List the letters of a season, the latest first (two queries)."""
    letters = Letter.objects.filter(season=season).select_related("season", "sent_by", "made_by")
    with across_municipalities(reason="coordinators see how far the season's letters are"):
        states = defaultdict[int, list[str | None]](list)
        rows = _with_outcome(SentLetter.objects.filter(letter__season=season))
        for letter_id, state in rows.values_list("letter_id", "message_state"):
            states[letter_id].append(state)
    return [_listed(letter, states[letter.pk]) for letter in letters.order_by("-pk")]


def _listed(letter: Letter, states: Sequence[str | None]) -> ListedLetter:
    sent, failed = states.count(MessageState.SENT), states.count(MessageState.FAILED)
    return ListedLetter(letter, sent, failed, len(states) - sent - failed)


def letters_to(municipality: Municipality) -> list[SentLetter]:
    """List what was sent to a municipality, the latest first; in its scope (one query)."""
    rows = SentLetter.objects.filter(municipality=municipality)
    found = _with_outcome(rows.select_related("letter__season", "letter__sent_by"))
    return list(found.order_by("-letter__sent_at", "pk"))


def job_of(letter: Letter) -> Job | None:
    """Find the task that sends a letter (one query)."""
    with across_municipalities(reason="a task of the whole network has no municipality"):
        return Job.objects.filter(pk=letter.job_id).first() if letter.job_id else None


def _with_outcome(rows: QuerySet[SentLetter]) -> QuerySet[SentLetter]:
    key = Concat(Value("letter:"), Cast(OuterRef("pk"), CharField()))
    messages = Message.objects.filter(key=key)
    return rows.annotate(
        message_state=Subquery(messages.values("state")[:1]),
        message_error=Subquery(messages.values("error")[:1]),
    )
