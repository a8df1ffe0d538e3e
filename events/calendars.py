"""Calendar entries participants get by mail (RFC 5545, RFC 5546). Pure: no database, no clock."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Final

from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from uso.ground.lib.dates import HELSINKI

# The rule of Directive 2000/84/EC: the last Sundays of March and October, at 1.00 UTC.
HELSINKI_ZONE: Final = Timezone.from_ical(
    "\r\n".join(
        (
            "BEGIN:VTIMEZONE",
            "TZID:Europe/Helsinki",
            "BEGIN:DAYLIGHT",
            "DTSTART:19960331T030000",
            "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
            "TZNAME:EEST",
            "TZOFFSETFROM:+0200",
            "TZOFFSETTO:+0300",
            "END:DAYLIGHT",
            "BEGIN:STANDARD",
            "DTSTART:19961027T040000",
            "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
            "TZNAME:EET",
            "TZOFFSETFROM:+0300",
            "TZOFFSETTO:+0200",
            "END:STANDARD",
            "END:VTIMEZONE",
            "",
        )
    )
)


@dataclass(frozen=True)
class Entry:
    """One participant's entry of one event, in the participant's language.

    Parameters
    ----------
    uid
        The same for all messages about this participant and event.
    sequence
        Raised with every change; a calendar keeps the highest.
    cancelled
        Whether the entry leaves the calendar.
    starts_at, ends_at
        Aware datetimes; `ends_at` may be missing.
    location
        Place, or the link of the remote way.
    organizer
        Address of the service, `Name <name@example.fi>`.
    """

    uid: str
    sequence: int
    cancelled: bool
    starts_at: datetime
    ends_at: datetime | None
    title: str
    location: str
    description: str
    url: str
    attendee_name: str
    attendee_email: str
    organizer: str


def calendar_file(entry: Entry, *, at: datetime) -> str:
    """Return the text of an .ics file that asks a calendar to keep or to remove the entry.

    Parameters
    ----------
    entry
        What and for whom.
    at
        Moment of writing (DTSTAMP).
    """
    calendar = Calendar()
    calendar.add("prodid", "-//USO//Tapahtumat//FI")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if entry.cancelled else "REQUEST")
    calendar.add_component(HELSINKI_ZONE)
    calendar.add_component(_event(entry, at))
    return str(calendar.to_ical(sorted=False), encoding="utf-8")


def _event(entry: Entry, at: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("dtstamp", at)
    event.add("dtstart", entry.starts_at.astimezone(HELSINKI))
    if entry.ends_at:
        event.add("dtend", entry.ends_at.astimezone(HELSINKI))
    event.add("summary", entry.title)
    for name in ("location", "description", "url"):
        if text := getattr(entry, name):
            event.add(name, text)
    event.add("organizer", _address(*parseaddr(entry.organizer)), encode=False)
    attendee = _address(entry.attendee_name, entry.attendee_email)
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    event.add("attendee", attendee, encode=False)
    return event


def _address(name: str, email: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    if name:
        # A parameter's value has no escapes: a quote or a line break cannot stand in it.
        address.params["CN"] = vText(" ".join(name.replace('"', "'").split()))
    return address
