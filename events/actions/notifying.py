"""Mail to participants, with a calendar entry, and to those who register them."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from events.calendars import Entry, calendar_file
from events.enums import EventState, Mode
from events.models import Registration
from municipalities.models import Municipality, User
from uso.ground.actions import action, notify
from uso.ground.mail.actions import Attachment


@action(of="municipality")
def notify_participants(*, municipality: Municipality, by: User | None, at: datetime) -> int:
    """Notify each participant of what has changed since the last message; return how many.

    Run twice it notifies once. What changed twice is one message, as it is now. Participants
    without an address, and events that have begun, are passed over.

    Parameters
    ----------
    by
        Whose save it follows; None on the clock's round.
    """
    waiting = Registration.objects.to_notify().select_related(
        "event", "person", "registered_by", "cancelled_by"
    )
    return sum(_notify(registration, municipality, at) for registration in waiting.order_by("pk"))


def _notify(registration: Registration, municipality: Municipality, at: datetime) -> bool:
    sequence = registration.revision + registration.event.sequence
    claimed = Registration.objects.filter(
        pk=registration.pk,
        revision=registration.revision,
        notified_sequence=registration.notified_sequence,
    ).update(notified_sequence=sequence)
    if not claimed or not _is_due(registration, at):
        return False
    with translation.override(registration.person.language):
        notify(
            registration.person,
            about=registration,
            template=_template(registration),
            occasion=str(sequence),
            attachments=[_attachment(registration, sequence, at)],
            event=registration.event,
            person=registration.person,
            mode=Mode(registration.mode).label,
            remote=registration.mode == Mode.REMOTE,
            municipality=municipality,
            registered_by=registration.cancelled_by or registration.registered_by,
        )
    return True


def _is_due(registration: Registration, at: datetime) -> bool:
    event = registration.event
    if not registration.person.email or event.starts_at is None or event.begun(at=at):
        return False
    return registration.notified_sequence is not None or _coming(registration)


def _coming(registration: Registration) -> bool:
    return registration.choice is not None and registration.event.state == EventState.PUBLISHED


def _template(registration: Registration) -> str:
    if registration.event.state == EventState.CANCELLED:
        return "event_cancelled"
    if registration.choice is None:
        return "registration_withdrawn"
    return "registration" if registration.notified_sequence is None else "registration_changed"


def _attachment(registration: Registration, sequence: int, at: datetime) -> Attachment:
    event, person = registration.event, registration.person
    assert event.starts_at  # noqa: S101 -- nobody is notified of what has no date
    remote = registration.mode == Mode.REMOTE
    cancelled = not _coming(registration)
    entry = Entry(
        uid=f"{event.uid}-{registration.pk}@uso",
        sequence=sequence,
        cancelled=cancelled,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        title=event.title,
        location=(event.remote_url or _("Remotely")) if remote else event.place,
        description=event.description,
        url=event.remote_url if remote else "",
        attendee_name=person.name,
        attendee_email=person.email,
        organizer=settings.DEFAULT_FROM_EMAIL,
    )
    method = "CANCEL" if cancelled else "REQUEST"
    return {
        "name": "uso.ics",
        "content": calendar_file(entry, at=at),
        "type": f"text/calendar; method={method}",
    }


@action(of="municipality")
def notify_registrar(
    *, municipality: Municipality, registration_ids: Iterable[int], by: User, save_key: str
) -> None:
    """Send whoever registered a summary of one save.

    Parameters
    ----------
    save_key
        Names the save; one summary is sent for it, ever.
    """
    rows = Registration.objects.filter(pk__in=list(registration_ids))
    registrations = list(rows.select_related("event", "person").order_by("event__starts_at", "pk"))
    if registrations:
        notify(
            by,
            about=municipality,
            template="registrations_saved",
            occasion=save_key,
            registrations=registrations,
            municipality=municipality,
            grid_url=f"{settings.BASE_URL}/k/{municipality.slug}/registrations/",
        )
