"""What the doctor counts in tables that belong to municipalities."""

from datetime import datetime, timedelta

from uso.ground.mail.models import Message, MessageState
from uso.ground.tenancy.crossing import across_municipalities

# Sending one message is limited to a minute (uso/ground/mail/tasks.py); this is surely past it.
CUT_OFF_AFTER = timedelta(minutes=15)


def unsent_messages(*, at: datetime) -> tuple[int, int]:
    """Return how many messages were given up, and how many were cut off while being sent."""
    sending = Message.objects.filter(state=MessageState.SENDING, claimed_at__lt=at - CUT_OFF_AFTER)
    with across_municipalities(reason="the doctor counts messages that were not sent"):
        return Message.objects.filter(state=MessageState.FAILED).count(), sending.count()
