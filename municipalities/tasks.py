"""Celery entry points of what every app shares: taking up lost jobs, sending the outbox."""

from celery import shared_task


@shared_task(name="jobs.revive", ignore_result=True)
def revive_jobs() -> None:
    """Take up jobs whose worker is gone (beat)."""
    from municipalities.longwork import revive_jobs  # noqa: PLC0415 -- task leaf
    from uso.jobs import pulse  # noqa: PLC0415 -- task leaf

    pulse.note()
    revive_jobs()


@shared_task(name="mail.send", ignore_result=True, time_limit=60)
def send_message(*, message_id: int, municipality_id: int | None) -> None:
    """Send one message of the outbox, once.

    It is claimed in a transaction of its own before it leaves: a worker killed in between
    leaves it `sending`, and `manage.py doctor` names it, rather than sending it twice.
    """
    from municipalities.longwork import place  # noqa: PLC0415 -- task leaf
    from uso.mail.actions import claim_message, hand_over, note_outcome  # noqa: PLC0415 -- task leaf

    with place(municipality_id):
        message = claim_message(message_id)
    if message is None:
        return
    error = hand_over(message)
    with place(municipality_id):
        note_outcome(message, error)


@shared_task(name="mail.send_due", ignore_result=True)
def send_due_messages() -> None:
    """Send what was planned for a time that has come, or failed and is tried again (beat)."""
    from django.utils import timezone  # noqa: PLC0415 -- task leaf

    from municipalities.crossing import across_municipalities  # noqa: PLC0415 -- task leaf
    from uso.mail.actions import due_messages  # noqa: PLC0415 -- task leaf

    with across_municipalities(reason="the outbox holds every municipality's messages"):
        due = due_messages(at=timezone.now())
    for message_id, municipality_id in due:
        send_message.delay(message_id=message_id, municipality_id=municipality_id)
