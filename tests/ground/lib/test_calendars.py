"""Calendar entries, read back by other programs: icalendar's parser and dateutil's zones."""

import io
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from icalendar import Calendar

from uso.ground.lib.calendars import Entry, calendar_attachment, calendar_file

HELSINKI = ZoneInfo("Europe/Helsinki")
WRITTEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def entry(**fields) -> Entry:
    starts_at = datetime(2026, 12, 8, 7, 0, tzinfo=UTC)
    return Entry(
        **{
            "uid": "abc-1@uso",
            "sequence": 3,
            "cancelled": False,
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=6),
            "title": "Teemaseminaari IV; siiloista, silloille",
            "location": "Tampere",
            "description": "Rivi yksi\nRivi kaksi å ä ö " + "pitkä " * 30,
            "url": "",
            "attendee_name": 'Eero "Eka" Esimerkki',
            "attendee_email": "eero@kannus.example",
            "organizer": "USO <uso@example.fi>",
            **fields,
        }
    )


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def read_back(**fields):
    calendar = Calendar.from_ical(calendar_file(entry(**fields), at=WRITTEN))
    (event,) = calendar.walk("VEVENT")
    return calendar, event


# Both sides of both clock changes of 2026, and the hours around one of them.
MOMENTS = [
    datetime(2026, 3, 28, 9, 0, tzinfo=HELSINKI),
    datetime(2026, 3, 29, 2, 30, tzinfo=HELSINKI),
    datetime(2026, 3, 29, 4, 30, tzinfo=HELSINKI),
    datetime(2026, 3, 30, 9, 0, tzinfo=HELSINKI),
    datetime(2026, 10, 24, 9, 0, tzinfo=HELSINKI),
    datetime(2026, 10, 26, 9, 0, tzinfo=HELSINKI),
    datetime(2026, 12, 8, 9, 0, tzinfo=HELSINKI),
]


@pytest.mark.parametrize("starts_at", MOMENTS)
def test_moment_is_the_same_read_by_icalendar(starts_at):
    utc = starts_at.astimezone(UTC)

    _calendar, event = read_back(starts_at=utc, ends_at=utc + timedelta(hours=1))

    assert event["DTSTART"].dt.astimezone(UTC) == utc
    assert event["DTSTART"].params["TZID"] == "Europe/Helsinki"
    assert event["DTEND"].dt.astimezone(UTC) == utc + timedelta(hours=1)


@pytest.mark.parametrize("starts_at", MOMENTS)
def test_moment_is_the_same_read_by_the_zone_in_the_file(starts_at):
    """A calendar that does not know Helsinki reads the zone's rule, as dateutil does here."""
    text = calendar_file(entry(starts_at=starts_at), at=WRITTEN)
    zone = tzical(io.StringIO(text)).get("Europe/Helsinki")
    (line,) = [line for line in unfolded(text) if line.startswith("DTSTART;TZID=Europe/Helsinki:")]
    written = datetime.strptime(line.partition(":")[2], "%Y%m%dT%H%M%S")  # noqa: DTZ007

    assert written.replace(tzinfo=zone).astimezone(UTC) == starts_at.astimezone(UTC)


def test_request_names_everything_a_calendar_needs():
    calendar, event = read_back()

    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    assert calendar["PRODID"] == "-//USO//Tapahtumat//FI"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("abc-1@uso", 3, "CONFIRMED")
    assert event["DTSTAMP"].dt == WRITTEN
    assert event["SUMMARY"] == "USO: Teemaseminaari IV; siiloista, silloille"
    assert event["DESCRIPTION"] == entry().description
    assert event["LOCATION"] == "Tampere"
    assert event["ORGANIZER"] == "mailto:uso@example.fi"
    assert event["ATTENDEE"] == "mailto:eero@kannus.example"
    assert event["ATTENDEE"].params == {
        "CN": "Eero 'Eka' Esimerkki",
        "PARTSTAT": "ACCEPTED",
        "RSVP": "FALSE",  # the registration is the answer
    }
    assert "URL" not in event


def test_cancellation_names_the_same_entry():
    calendar, event = read_back(cancelled=True, sequence=4)

    assert calendar["METHOD"] == "CANCEL"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("abc-1@uso", 4, "CANCELLED")


def test_link_and_texts_are_written_where_there_are_any():
    _calendar, event = read_back(
        url="https://example.fi/linkki", location="", description="", attendee_name=""
    )

    assert event["URL"] == "https://example.fi/linkki"
    assert {"LOCATION", "DESCRIPTION"} & event.keys() == set()
    assert "CN" not in event["ATTENDEE"].params


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Sparraus 6", "USO: Sparraus 6"),
        ("USO-käynnistys", "USO-käynnistys"),
        ("Yhdyshenkilöiden USO8-tapaaminen", "Yhdyshenkilöiden USO8-tapaaminen"),
        ("TUSOn uudistus", "USO: TUSOn uudistus"),
    ],
)
def test_title_names_the_service_once(title, summary):
    assert read_back(title=title)[1]["SUMMARY"] == summary


def test_days_end_on_the_day_after_and_need_no_zone():
    calendar, event = read_back(starts_at=date(2026, 12, 8), ends_at=date(2026, 12, 9))

    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 12, 8), date(2026, 12, 10))
    assert calendar.walk("VTIMEZONE") == []


@pytest.mark.parametrize(
    ("email", "attendee"),
    [
        ("aino@ääkkönen.fi", "mailto:aino@xn--kknen-fraa0m.fi"),
        ("äiti+uso@kannus.example", "mailto:%C3%A4iti+uso@kannus.example"),
    ],
)
def test_address_is_of_ascii_alone(email, attendee):
    assert read_back(attendee_email=email)[1]["ATTENDEE"] == attendee


@pytest.mark.parametrize(("cancelled", "method"), [(False, "REQUEST"), (True, "CANCEL")])
def test_attachment_names_the_method_of_the_entry(cancelled, method):
    attachment = calendar_attachment(entry(cancelled=cancelled), at=WRITTEN)

    assert attachment["type"] == f"text/calendar; method={method}"
    assert f"METHOD:{method}\r\n" in attachment["content"]


def test_lines_are_folded_at_75_octets():
    text = calendar_file(entry(), at=WRITTEN)

    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
