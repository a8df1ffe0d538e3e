"""Celery entry points of the outbox."""

from celery import shared_task
from django.utils import timezone

from uso.ground.lib.after_commit import send_after_commit
from uso.ground.lib.queues import message_id, waiting_messages
from uso.ground.mail.actions import claim_message, due_messages, hand_over, note_outcome
from uso.ground.tenancy.crossing import across_municipalities, scope_of

OUTBOX = "the outbox holds the network's own messages too"


@shared_task(name="mail.send", ignore_result=True, time_limit=60)
def send_message(*, message_id: int, municipality_id: int | None) -> None:
    """Send one message of the outbox, once.

    It is claimed in a transaction of its own before it leaves: a worker killed in between
    leaves it `sending`, and `manage.py doctor` names it, rather than sending it twice.
    """
    with scope_of(municipality_id, reason=OUTBOX):
        message = claim_message(message_id)
    if message is None:
        return
    error = hand_over(message)
    with scope_of(municipality_id, reason=OUTBOX):
        note_outcome(message, error)


@shared_task(name="mail.send_due", ignore_result=True)
def send_due_messages() -> None:
    """Send what was planned for a time that has come, or failed and is tried again (beat)."""
    with across_municipalities(reason="the outbox holds every municipality's messages"):
        due = due_messages(at=timezone.now())
    waiting = waiting_messages()
    for pk, municipality_id in due:
        parameters = {"message_id": pk, "municipality_id": municipality_id}
        if message_id(send_message.name, parameters) not in waiting:
            send_after_commit(send_message.name, **parameters)
