"""Mail to participants, with a calendar entry, and to those who register them."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from events.enums import Mode, RegistrationState
from events.models import Registration
from events.notices import Notice, news_for, notice_of
from municipalities.models import Municipality, Person, User
from municipalities.queries import coordinator_in_charge, distinct_names
from uso.ground.actions import action, notify
from uso.ground.lib.calendars import Entry, calendar_attachment


@action(of="municipality")
def notify_participants(*, municipality: Municipality, by: User | None, at: datetime) -> int:
    """Notify each participant of what has changed for them (`events.notices`); return how many.

    Run twice it notifies once. What changed twice is one message, as it is now. Participants
    without an address, and events that have begun, are passed over.

    Parameters
    ----------
    by
        Whose save it follows; None on the clock's round.
    """
    rows = Registration.objects.to_look_at(at=at)
    waiting = rows.select_related("event__published_by", "registered_by", "cancelled_by")
    return sum(_notify(registration, municipality, at) for registration in waiting.order_by("pk"))


def _notify(registration: Registration, municipality: Municipality, at: datetime) -> bool:
    with translation.override(registration.person.language):
        news = news_for(registration)
        if news is None or not _claim(registration, news.notice):
            return False
        notify(
            registration.person,
            about=registration,
            template=news.template,
            reply_to=coordinator_in_charge(registration.event.published_by),
            occasion=str(registration.sequence),
            attachments=[calendar_attachment(_entry(registration, municipality), at=at)],
            event=registration.event,
            changes=news.changes,
            mode=Mode(registration.mode).label,
            participant=registration.person.name,
            remote=registration.mode == Mode.REMOTE,
            municipality=municipality,
            registered_by=registration.cancelled_by or registration.registered_by,
        )
    return True


def _claim(registration: Registration, notice: Notice | None) -> bool:
    """Store what the person is notified of, unless another task has notified them meanwhile."""
    claimed = Registration.objects.filter(
        pk=registration.pk, sequence=registration.sequence
    ).update(sequence=F("sequence") + 1, last_notice=notice and notice.stored())
    registration.sequence += 1
    return bool(claimed)


def remove_entry(registration: Registration, *, at: datetime) -> None:
    """Take the calendar entry of a second registration away, before the registration goes; the other stays."""
    registration.state = RegistrationState.CANCELLED
    registration.sequence += 1
    notify(
        registration.person,
        about=registration,
        template="registration_joined",
        reply_to=coordinator_in_charge(registration.event.published_by),
        occasion=str(registration.sequence),
        attachments=[calendar_attachment(_entry(registration, registration.municipality), at=at)],
        event=registration.event,
        participant=registration.person.name,
        municipality=registration.municipality,
        registered_by=registration.registered_by,
    )


def _entry(registration: Registration, municipality: Municipality) -> Entry:
    event, person = registration.event, registration.person
    assert event.starts_at and event.ends_at  # noqa: S101, PT018 -- it is published
    page = reverse("events:detail", args=[municipality.slug, event.pk])
    url = f"{settings.BASE_URL}{page}"
    way = f"{_('How:')} {Mode(registration.mode).label}"
    now = notice_of(registration)
    return Entry(
        uid=f"{event.uid}-{registration.pk}@uso",
        sequence=registration.sequence,
        cancelled=not registration.coming,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        title=now.title,
        location=now.where or (_("Remotely") if registration.mode == Mode.REMOTE else ""),
        description="\n\n".join(filter(None, [event.description, f"{way}\n{url}"])),
        url=url,
        attendee_name=person.name,
        attendee_email=person.email,
        organizer=settings.DEFAULT_FROM_EMAIL,
    )


def _named_apart(registrations: list[Registration]) -> list[Registration]:
    """Give each registration the name that tells its person from namesakes on the list."""
    names = distinct_names(Person.objects.all())
    for registration in registrations:
        registration.who = names[registration.person_id]  # type: ignore[attr-defined]
    return registrations


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
        page = reverse("events:grid", args=[municipality.slug])
        notify(
            by,
            about=municipality,
            template="registrations_saved",
            reply_to=coordinator_in_charge(None),
            occasion=save_key,
            registrations=_named_apart(registrations),
            informed=any(registration.person.email for registration in registrations),
            municipality=municipality,
            grid_url=f"{settings.BASE_URL}{page}",
        )
