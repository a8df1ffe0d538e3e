"""Calendar entries people get by mail (RFC 5545, RFC 5546). Pure: no database, no clock."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.utils import parseaddr
from typing import Final
from urllib.parse import quote

from django.utils.encoding import punycode
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


SERVICE: Final = "USO"  # begins the title of an entry: a calendar holds others' events too


@dataclass(frozen=True)
class Entry:
    """One person's entry of one event, in the person's language.

    Parameters
    ----------
    uid
        The same for all messages about this person and event.
    sequence
        Raised with every change; a calendar keeps the highest.
    cancelled
        Whether the entry leaves the calendar.
    starts_at, ends_at
        Aware datetimes, or the first and the last day. Both: Exchange leaves out what has no end.
    title
        Without the name of the service, which the entry puts before it.
    location
        Place, or the link of the remote way.
    url
        Address of the page about it.
    organizer
        Address of the service, `Name <name@example.fi>`.
    """

    uid: str
    sequence: int
    cancelled: bool
    starts_at: date | datetime
    ends_at: date | datetime
    title: str
    location: str
    description: str
    url: str
    attendee_name: str
    attendee_email: str
    organizer: str

    @property
    def method(self) -> str:
        """What the message asks of the calendar."""
        return "CANCEL" if self.cancelled else "REQUEST"


def calendar_attachment(entry: Entry, *, at: datetime) -> dict[str, str]:
    """Return the entry as a message carries it (`uso.ground.mail.actions.Attachment`)."""
    return {
        "name": "uso.ics",
        "content": calendar_file(entry, at=at),
        "type": f"text/calendar; method={entry.method}",
    }


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
    calendar.add("method", entry.method)
    if isinstance(entry.starts_at, datetime):
        calendar.add_component(HELSINKI_ZONE)
    calendar.add_component(_event(entry, at))
    return str(calendar.to_ical(sorted=False), encoding="utf-8")


def _event(entry: Entry, at: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("dtstamp", at)
    event.add("dtstart", _moment(entry.starts_at))
    event.add("dtend", _moment(entry.ends_at, last=True))
    event.add("summary", _titled(entry.title))
    for name in ("location", "description", "url"):
        if text := getattr(entry, name):
            event.add(name, text)
    event.add("organizer", _address(*parseaddr(entry.organizer)), encode=False)
    attendee = _address(entry.attendee_name, entry.attendee_email)
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    event.add("attendee", attendee, encode=False)
    return event


def _moment(moment: date | datetime, *, last: bool = False) -> date | datetime:
    """Return a moment in Finnish time; a last day as the day after it, as the format wants."""
    if isinstance(moment, datetime):
        return moment.astimezone(HELSINKI)
    return moment + timedelta(days=last)


def _titled(title: str) -> str:
    """Put the name of the service before a title that does not have it."""
    return title if re.search(rf"\b{SERVICE}", title) else f"{SERVICE}: {title}"


def _address(name: str, email: str) -> vCalAddress:
    local, _at, domain = email.rpartition("@")
    # The address of a mailbox is a URI here: ASCII alone.
    address = vCalAddress(f"mailto:{quote(local, safe=LOCAL_SAFE)}@{punycode(domain)}")
    if name:
        # A parameter's value has no escapes: a quote or a line break cannot stand in it.
        address.params["CN"] = vText(" ".join(name.replace('"', "'").split()))
    return address


LOCAL_SAFE: Final = "!$'*+"  # what RFC 6068 leaves as it is in the part before the @
