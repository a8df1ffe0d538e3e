"""Who is written to of a workshop: the coordinators of wishes, the municipality of all answers."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from municipalities.enums import Role
from municipalities.models import User
from municipalities.queries import coordinator_in_charge, coordinators, users_in_role
from uso.ground.actions import notify
from uso.ground.lib.calendars import Entry, calendar_attachment
from uso.ground.mail.actions import Attachment
from workshops.models import Workshop


def notify_of_wish(workshop: Workshop) -> None:
    """Write to the coordinators of a new wish; not to the one who wished for a municipality."""
    _notify_coordinators(workshop, "workshop_asked", by=workshop.asked_by)


def notify_of_answer(workshop: Workshop, *, asker: User, at: datetime) -> None:
    """Write to whoever asked something back that the municipality has answered."""
    reader = coordinator_in_charge(asker)
    if reader and reader != workshop.asked_by:
        _notify(
            reader, workshop, "workshop_answered", workshop.asked_by, at.isoformat(), staff=True
        )


def notify_of_question(workshop: Workshop, *, by: User, at: datetime) -> None:
    """Write to the municipality that something is asked about its wish."""
    for reader in people_concerned(workshop):
        _notify(reader, workshop, "workshop_question", by, at.isoformat())


def notify_of_day(workshop: Workshop, *, by: User, at: datetime) -> None:
    """Write the agreed day to the municipality, with a calendar entry; a moved one in words."""
    readers = people_concerned(workshop)
    earlier = workshop.notified_days
    assert workshop.planned_on  # noqa: S101 -- it is agreed
    _store_days(workshop, {str(reader.pk): workshop.planned_on.isoformat() for reader in readers})
    for reader in readers:
        before = earlier.get(str(reader.pk))
        _notify(
            reader,
            workshop,
            "workshop_planned",
            by,
            at.isoformat(),
            attachments=[_entry(workshop, reader, at)],
            before=date.fromisoformat(before) if before else None,
        )


def notify_of_day_handed_over(workshop: Workshop, reader: User, *, by: User, at: datetime) -> None:
    """Write the agreed day to one whom it concerns from now on, with its calendar entry."""
    assert workshop.planned_on  # noqa: S101 -- it is agreed
    _store_days(
        workshop, workshop.notified_days | {str(reader.pk): workshop.planned_on.isoformat()}
    )
    entries = [_entry(workshop, reader, at)]
    _notify(
        reader, workshop, "workshop_planned", by, at.isoformat(), attachments=entries, before=None
    )


def notify_of_cancelling(workshop: Workshop, *, by: User, at: datetime) -> None:
    """Write to the side that did not cancel; whoever has the day in the calendar loses it there."""
    notified = workshop.notified_days
    _store_days(workshop, {})
    for reader in people_concerned(workshop):
        knows = str(reader.pk) in notified
        if knows or reader != by:
            entries = [_entry(workshop, reader, at)] if knows else []
            _notify(reader, workshop, "workshop_cancelled", by, attachments=entries)
    if by not in coordinators():
        _notify_coordinators(workshop, "workshop_cancelled", by=by)


def notify_of_leaving(workshop: Workshop, *, by: User, at: datetime) -> None:
    """Take the day out of the calendars that have it: the municipality leaves the season."""
    notified = workshop.notified_days
    _store_days(workshop, {})
    for reader in people_concerned(workshop):
        if str(reader.pk) in notified:
            entries = [_entry(workshop, reader, at)]
            _notify(reader, workshop, "workshop_withdrawn", by, attachments=entries)


def notify_of_release(workshop: Workshop, holder: User, *, by: User, at: datetime) -> None:
    """Take the day out of the calendar of one whom it does not concern any more."""
    others = {key: day for key, day in workshop.notified_days.items() if key != str(holder.pk)}
    _store_days(workshop, others)
    entries = [_entry(workshop, holder, at, cancelled=True)]
    _notify(holder, workshop, "workshop_released", by, at.isoformat(), attachments=entries)


def people_concerned(workshop: Workshop) -> list[User]:
    """List whom of the municipality to write to: who wished, or today's contact persons instead."""
    contacts = users_in_role(Role.CONTACT, municipality=workshop.municipality)
    return contacts if contacts and workshop.asked_by not in contacts else [workshop.asked_by]


def _store_days(workshop: Workshop, days: dict[str, str]) -> None:
    """Store who knows of which day; the step has locked the row."""
    Workshop.objects.filter(pk=workshop.pk).update(notified_days=days, sequence=F("sequence") + 1)
    workshop.notified_days, workshop.sequence = days, workshop.sequence + 1


def _notify_coordinators(workshop: Workshop, template: str, *, by: User) -> None:
    for reader in coordinators():
        if reader != by:
            _notify(reader, workshop, template, by, staff=True)


def _notify(
    reader: User,
    workshop: Workshop,
    template: str,
    by: User,
    occasion: str = "",
    *,
    attachments: Iterable[Attachment] = (),
    staff: bool = False,
    **context: Any,
) -> None:
    notify(
        reader,
        about=workshop,
        template=template,
        reply_to=by,
        occasion=occasion,
        attachments=attachments,
        workshop=workshop,
        municipality=workshop.municipality,
        by=by,
        has_entry=bool(attachments),
        path=_staff_page(workshop) if staff else _page(workshop),
        **context,
    )


def _page(workshop: Workshop) -> str:
    return reverse("workshops:detail", args=[workshop.municipality.slug, workshop.pk])


def _staff_page(workshop: Workshop) -> str:
    return reverse("workshops_network:detail", args=[workshop.season.number, workshop.pk])


def _entry(
    workshop: Workshop, reader: User, at: datetime, *, cancelled: bool = False
) -> Attachment:
    """Return the day as an entry of the reader's calendar, or as one that leaves it."""
    assert workshop.planned_on  # noqa: S101 -- it is, or was, agreed
    url = f"{settings.BASE_URL}{_page(workshop)}"
    with translation.override(reader.language):
        entry = Entry(
            uid=f"workshop-{workshop.pk}-{reader.pk}@uso",
            sequence=workshop.sequence,
            cancelled=cancelled or workshop.cancelled_at is not None,
            starts_at=workshop.planned_on,
            ends_at=workshop.planned_on,
            title=_("Development workshop: %(topic)s") % {"topic": workshop.topic},
            location="",
            description=f"{workshop.municipality}\n{url}",
            url=url,
            attendee_name=reader.name,
            attendee_email=reader.email,
            organizer=settings.DEFAULT_FROM_EMAIL,
        )
    return calendar_attachment(entry, at=at)
