"""What changes the programme and the registrations."""

from events.actions.programme import cancel_event, publish_event, save_event
from events.actions.registering import Refusal, Saved, save_registrations
from events.actions.telling import tell_participants, tell_registrar

__all__ = [
    "Refusal",
    "Saved",
    "cancel_event",
    "publish_event",
    "save_event",
    "save_registrations",
    "tell_participants",
    "tell_registrar",
]
