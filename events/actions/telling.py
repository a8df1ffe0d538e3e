"""What participants and those who register them are told by mail."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from events.calendars import Entry, calendar_file
from events.enums import EventState, Mode
from events.models import Registration
from municipalities.models import Municipality, User
from uso.ground.mail.actions import Attachment, queue_message


def tell_participants(*, municipality: Municipality, at: datetime) -> int:
    """Tell each participant what has changed since the last message; return how many were told.

    Call it in the municipality's scope; run twice it tells once. What changed twice is told once,
    as it is now. Participants without an address, and events that have begun, are passed over.
    """
    untold = Registration.objects.untold().select_related(
        "event", "person", "registered_by", "cancelled_by"
    )
    return sum(_tell(registration, municipality, at) for registration in untold.order_by("pk"))


def _tell(registration: Registration, municipality: Municipality, at: datetime) -> bool:
    sequence = registration.revision + registration.event.sequence
    claimed = Registration.objects.filter(
        pk=registration.pk,
        revision=registration.revision,
        told_sequence=registration.told_sequence,
    ).update(told_sequence=sequence)
    if not claimed or not _worth_telling(registration, at):
        return False
    person, language = registration.person, registration.person.language
    with translation.override(language):
        queue_message(
            key=f"registration:{registration.pk}:{sequence}",
            template=_template(registration),
            language=language,
            to_email=person.email,
            to_name=person.name,
            context=_context(registration, municipality),
            municipality_id=municipality.pk,
            attachments=[_attachment(registration, sequence, at)],
        )
    return True


def _worth_telling(registration: Registration, at: datetime) -> bool:
    starts_at = registration.event.starts_at
    if not registration.person.email or starts_at is None or starts_at <= at:
        return False
    return registration.told_sequence is not None or _coming(registration)


def _changed_by(registration: Registration) -> User:
    return registration.cancelled_by or registration.registered_by


def _coming(registration: Registration) -> bool:
    return registration.choice is not None and registration.event.state == EventState.PUBLISHED


def _template(registration: Registration) -> str:
    if registration.event.state == EventState.CANCELLED:
        return "event_cancelled"
    if registration.choice is None:
        return "registration_withdrawn"
    return "registration" if registration.told_sequence is None else "registration_changed"


def _context(registration: Registration, municipality: Municipality) -> dict[str, object]:
    return {
        "event": registration.event,
        "person": registration.person,
        "mode": Mode(registration.mode).label,
        "remote": registration.mode == Mode.REMOTE,
        "municipality": municipality,
        "registered_by": _changed_by(registration),
    }


def _attachment(registration: Registration, sequence: int, at: datetime) -> Attachment:
    event, person = registration.event, registration.person
    assert event.starts_at  # noqa: S101 -- what has no date is not told
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


def tell_registrar(
    *, municipality: Municipality, registration_ids: Iterable[int], by: User, save_key: str
) -> None:
    """Send whoever registered a summary of one save. Call it in the municipality's scope.

    Parameters
    ----------
    save_key
        Names the save; one summary is sent for it, ever.
    """
    rows = Registration.objects.filter(pk__in=list(registration_ids))
    registrations = list(rows.select_related("event", "person").order_by("event__starts_at", "pk"))
    if registrations:
        queue_message(
            key=f"registrations:{save_key}",
            template="registrations_saved",
            language=by.language,
            to_email=by.email,
            to_name=by.name,
            context={
                "registrations": registrations,
                "municipality": municipality,
                "grid_url": f"{settings.BASE_URL}/k/{municipality.slug}/registrations/",
            },
            municipality_id=municipality.pk,
        )
