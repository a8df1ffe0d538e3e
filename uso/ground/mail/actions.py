"""Messages: written into the outbox with the change they report, sent once after commit."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from anymail.exceptions import AnymailError
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.db.models import F
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from uso.ground.lib.after_commit import send_after_commit
from uso.ground.mail.models import Message, MessageState

logger = logging.getLogger(__name__)

SUBJECT_LENGTH = 200  # of Message.subject; titles and topics may be 160 by themselves

Attachment = dict[str, str]
"""Name, content (text) and type, such as `text/calendar; method=REQUEST`."""
CALENDAR = "text/calendar"


def queue_message(
    *,
    key: str,
    template: str,
    language: str,
    to_email: str,
    to_name: str,
    reply_to: str,
    context: dict[str, Any],
    municipality_id: int | None = None,
    attachments: Iterable[Attachment] = (),
    planned_at: datetime | None = None,
    secret: bool = False,
) -> Message | None:
    """Write a message into the outbox; return None where its key was used before.

    Call it in the scope of `municipality_id`, in the transaction of the change it reports.

    Parameters
    ----------
    key
        Names the rule, the recipient and the occasion; one key is sent once, ever.
    template
        Name under `templates/mail/`: `<template>.subject.txt`, `.txt` and perhaps `.html`.
    language
        The recipient's: fi, sv or en.
    reply_to
        Who answers a reply, `"Name" <name@example.fi>`; empty where nobody does.
    planned_at
        When it leaves; None means at once.
    secret
        It holds a link that opens something: the outbox keeps no body once it is sent.
    """
    message = Message(
        key=key,
        template=template,
        language=language,
        to_email=to_email,
        to_name=to_name,
        reply_to=reply_to,
        municipality_id=municipality_id,
        attachments=list(attachments),
        planned_at=planned_at or timezone.now(),
        secret=secret,
        **_written(template, language, {**context, "base_url": settings.BASE_URL}),
    )
    if Message.objects.filter(key=key).exists() or not _saved(message):
        return None
    if planned_at is None:
        send_after_commit("mail.send", message_id=message.pk, municipality_id=municipality_id)
    return message


def _saved(message: Message) -> bool:
    """Save the message; False where its key came in from elsewhere meanwhile."""
    try:
        with transaction.atomic():
            message.save()
    except IntegrityError:
        return False
    return True


def _written(template: str, language: str, context: dict[str, Any]) -> dict[str, str]:
    """Render subject and bodies, by the fields of a message."""
    with translation.override(language):
        subject = " ".join(_plain(f"mail/{template}.subject.txt", context).split())
        return {
            "subject": Truncator(subject).chars(SUBJECT_LENGTH),
            "body_text": _signed(_plain(f"mail/{template}.txt", context).strip()),
            "body_html": _html(f"mail/{template}.html", context),
        }


def _signed(text: str) -> str:
    """Close a text with who wrote it, as mail programs know a signature."""
    service = _("USO, the service of the network of municipalities")
    return f"{text}\n\n-- \n{service}\n{settings.BASE_URL}\n"


def _html(template: str, context: dict[str, Any]) -> str:
    """Render the page of a message; empty where it has none. What a page lacks is an error."""
    try:
        page = get_template(template)
    except TemplateDoesNotExist:
        return ""
    return page.render(context)


def _plain(template: str, context: dict[str, Any]) -> str:
    """Render a template of plain text: what people wrote stands in it as they wrote it."""
    written = get_template(template).template  # type: ignore[attr-defined]  # Django's engine
    return str(written.render(Context(context, autoescape=False)))


def claim_message(message_id: int) -> Message | None:
    """Take a waiting message for sending; None where another has it or it is sent."""
    claimed = Message.objects.filter(
        pk=message_id, state=MessageState.PLANNED, planned_at__lte=timezone.now()
    ).update(state=MessageState.SENDING, claimed_at=timezone.now(), attempts=F("attempts") + 1)
    return Message.objects.filter(pk=message_id).first() if claimed else None


def hand_over(message: Message) -> str:
    """Give the message to the mail server; return the error, empty if it took it."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.body_text,
        to=[message.to_email],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={"X-USO-Message": str(message.pk), "Auto-Submitted": "auto-generated"},
    )
    if message.body_html:
        mail.attach_alternative(message.body_html, "text/html")
    for attachment in message.attachments:
        _attach(mail, attachment)
    try:
        mail.send()
    # smtplib's errors are OSErrors; a message that cannot be composed is a ValueError.
    except (OSError, AnymailError, ValueError) as error:
        logger.warning("message not sent", extra={"message_id": message.pk})
        return str(error)[:300] or type(error).__name__
    return ""


def _attach(mail: EmailMultiAlternatives, attachment: Attachment) -> None:
    """Attach a file; a calendar entry is an alternative of the text too, the last one.

    That is where mail programs look for it; the file is for those that do not, and of another type
    lest some programs show the entry twice.
    """
    name, content, kind = attachment["name"], attachment["content"], attachment["type"]
    if kind.startswith(CALENDAR):
        mail.attach_alternative(content, kind)
        mail.attach(name, content.encode(), kind.replace(CALENDAR, "application/ics"))
    else:
        mail.attach(name, content, kind)


MOST_ATTEMPTS = 5


def note_outcome(message: Message, error: str) -> None:
    """Write down that a claimed message was sent, or why not; it is tried again a few times."""
    if not error:
        Message.objects.filter(pk=message.pk).update(
            state=MessageState.SENT, sent_at=timezone.now(), error=""
        )
        _forget_secret(message)
        return
    again = message.attempts < MOST_ATTEMPTS
    if not again:
        _forget_secret(message)
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.PLANNED if again else MessageState.FAILED,
        planned_at=timezone.now() + timedelta(minutes=2**message.attempts),
        error=error,
    )


def _forget_secret(message: Message) -> None:
    Message.objects.filter(pk=message.pk, secret=True).update(body_text="", body_html="")


def due_messages(*, at: datetime) -> list[tuple[int, int | None]]:
    """List the waiting messages whose time has come, each with its municipality."""
    waiting = Message.objects.filter(state=MessageState.PLANNED, planned_at__lte=at)
    return list(waiting.order_by("planned_at").values_list("pk", "municipality_id")[:500])
