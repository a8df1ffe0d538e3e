"""Letters: written as a draft, tested, sent once to each address, sent again where it failed."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from municipalities.models import User
from seasons.letters.recipients import Recipient, mailing_of
from seasons.models import Letter, SentLetter
from seasons.queries.letter_list import addresses_of, failed_rows, lock_letter, stages_when_sent
from uso.ground.actions import action, mailbox_of
from uso.ground.jobs.runner import start_job
from uso.ground.lib.errors import RuleViolation
from uso.ground.mail.actions import queue_message
from uso.ground.mail.models import Message, MessageState
from uso.ground.tenancy.crossing import across_municipalities, scope_of

TASK = "seasons.send_letter"
TITLE = gettext_noop("Sending a letter")
OF_THE_LIST = "a letter goes to municipalities of the season's list"


@action()
def save_letter(*, letter: Letter, by: User, **fields: str) -> Letter:
    """Save a draft; one that was sent stays as it is."""
    if letter.pk is None:
        letter.made_by = by
    else:
        _refuse_sent(lock_letter(letter))
    for name, value in fields.items():
        setattr(letter, name, value)
    letter.save()
    return letter


@action()
def leave_out(*, letter: Letter, keys: Sequence[str], back: Sequence[str], by: User) -> Letter:
    """Leave more addresses out of a draft, or put some back among its recipients."""
    letter = lock_letter(letter)
    _refuse_sent(letter)
    known = {each.key for each in mailing_of(letter).recipients}
    letter.left_out = sorted((set(letter.left_out) | (known & set(keys))) - set(back))
    letter.save(update_fields=["left_out"])
    return letter


def _refuse_sent(letter: Letter) -> None:
    if letter.is_sent:
        raise RuleViolation(_("The letter has been sent. It cannot be changed any more."))


def _refuse_ended(letter: Letter, at: datetime) -> None:
    if letter.season.has_ended(on=timezone.localdate(at)):
        raise RuleViolation(_("The season has ended. No letters are sent any more."))


@action()
def send_letter(*, letter: Letter, by: User, at: datetime) -> int:
    """Store what each address gets and start sending it; return to how many it goes."""
    letter = lock_letter(letter)
    _refuse_sent(letter)
    _refuse_ended(letter, at)
    mailing = mailing_of(letter)
    if not mailing.recipients:
        raise RuleViolation(_("Nobody would get the letter: see why below."))
    with across_municipalities(reason=OF_THE_LIST):
        SentLetter.objects.bulk_create(_row(letter, each) for each in mailing.recipients)
    letter.sent_at, letter.sent_by = at, by
    job = start_job(
        task=TASK, kind="letter", title=TITLE, by=by, parameters={"letter_id": letter.pk}
    )
    letter.job_id = job.pk
    letter.save(update_fields=["sent_at", "sent_by", "job_id"])
    return len(mailing.recipients)


def _row(letter: Letter, recipient: Recipient) -> SentLetter:
    written = recipient.written
    return SentLetter(
        municipality_id=recipient.member.municipality.pk,
        letter=letter,
        to_email=recipient.address.email,
        to_name=recipient.address.name,
        language=recipient.language,
        stage=recipient.member.state,
        subject=written.subject,
        text=written.text,
    )


def queue_letter(sent: SentLetter) -> None:
    """Write the message of one address into the outbox, once; needs its municipality's scope."""
    letter = sent.letter
    queue_message(
        key=sent.key,
        template="letter",
        language=sent.language,
        to_email=sent.to_email,
        to_name=sent.to_name,
        reply_to=mailbox_of(letter.sent_by) if letter.sent_by else "",
        context={"subject": sent.subject, "text": sent.text},
        municipality_id=sent.municipality_id,
        secret=True,  # it may hold a link to the board's paper; what was sent stays in its own row
    )


@action()
def send_failed_again(*, letter: Letter, by: User, at: datetime) -> int:
    """Send again what the mail server did not take, to those who still are there; return how many."""
    letter = lock_letter(letter)
    _refuse_ended(letter, at)
    still = addresses_of({row.municipality_id for row in failed_rows(letter)})
    failed = [
        row
        for row in failed_rows(letter)
        if row.to_email.lower()
        in {each.email.lower() for each in still.get(row.municipality_id, [])}
    ]
    for row in failed:
        row.letter = letter
        with scope_of(row.municipality_id, reason=OF_THE_LIST):
            Message.objects.filter(key=row.key, state=MessageState.FAILED).delete()
            queue_letter(row)
    return len(failed)


@action()
def send_test(*, letter: Letter, recipient: Recipient | None, by: User, at: datetime) -> str:
    """Send a recipient's letter to whoever asks, and to nobody else; return the address."""
    if recipient is None:
        raise RuleViolation(_("Nobody would get the letter: see why below."))
    written = recipient.written
    with across_municipalities(reason="a test of a letter is of no municipality"):
        queue_message(
            key=f"letter-test:{letter.pk}:{by.pk}:{at.isoformat()}",
            template="letter",
            language=recipient.language,
            to_email=by.email,
            to_name=by.name,
            reply_to=mailbox_of(by),
            context={"subject": written.subject, "text": written.text},
            secret=True,
        )
    return by.email


@action()
def remind(*, letter: Letter, fields: dict[str, str], by: User) -> Letter:
    """Begin a draft to those of a sent letter whose stage has not moved on since."""
    if not letter.is_sent:
        raise RuleViolation(_("The letter has not been sent yet."))
    to = sorted(stages_when_sent(letter.pk))
    return Letter.objects.create(
        season=letter.season,
        picked=to,
        left_out=letter.left_out,
        reminds=letter,
        made_by=by,
        **fields,
    )
