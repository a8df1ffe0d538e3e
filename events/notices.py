"""The one rule of who is notified of what about an event. Pure: no query, no clock.

Each registration stores what its person was last notified of (`Registration.last_notice`). What
differs from it now, and concerns this person, is the next message; where nothing does, there is none.
"""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from events.enums import EventState, Mode
from events.models import Event, Registration
from uso.ground.lib import dates
from uso.ground.lib.languages import localized


@dataclass(frozen=True)
class Notice:
    """What a message said to one person of one event.

    Parameters
    ----------
    address
        Digest of where it was sent: another address knows nothing yet.
    language
        Of title and place; in another they would differ though nothing has changed.
    starts_at, ends_at
        As ISO 8601.
    where
        Place, or link, by way of attending; empty where it was not known.
    """

    address: str
    language: str
    title: str
    starts_at: str
    ends_at: str
    mode: str
    where: str

    def stored(self) -> dict[str, str]:
        """Return it as `Registration.last_notice` has it."""
        return asdict(self)

    @property
    def time(self) -> str:
        """The time in words of the active language."""
        return dates.span(*map(datetime.fromisoformat, (self.starts_at, self.ends_at)))


@dataclass(frozen=True)
class Change:
    """One thing that has changed for somebody, in the active language.

    Parameters
    ----------
    news
        What of it stands in the subject: `new place`.
    """

    news: str
    label: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.label}: {self.before} → {self.after}"


@dataclass(frozen=True)
class News:
    """The next message to a person.

    Parameters
    ----------
    template
        Under `templates/mail/`.
    notice
        What the person knows after it: None where the event left their calendar.
    changes
        What has changed, of one who is coming as before.
    """

    template: str
    notice: Notice | None
    changes: tuple[Change, ...] = ()


def notice_of(registration: Registration, *, language: str = "") -> Notice:
    """Return what there is to tell the person now, in their language or the one named."""
    event, person = registration.event, registration.person
    assert event.starts_at and event.ends_at  # noqa: S101, PT018 -- it is published
    remote = registration.mode == Mode.REMOTE
    language = language or person.language
    return Notice(
        address=_digest(person.email),
        language=language,
        title=_line(event, "title", language),
        starts_at=event.starts_at.isoformat(),
        ends_at=event.ends_at.isoformat(),
        mode=registration.mode,
        where=event.remote_url if remote else _line(event, "place", language),
    )


def _line(event: Event, field: str, language: str) -> str:
    """Return a text of the event in a language, without the blanks that no reader sees."""
    return " ".join(localized(event, field, language).split())


def _digest(email: str) -> str:
    return hashlib.sha256(email.casefold().encode()).hexdigest()[:16]


def news_for(registration: Registration) -> News | None:
    """Return what the person is to be notified of, in the active language; None if of nothing.

    Who has no address is notified of nothing, and knows afterwards what they knew before.
    """
    if not registration.person.email:
        return None
    before = _last_notice(registration)
    if not registration.coming:
        return _farewell(registration) if before else None
    now = notice_of(registration)
    if before is None:
        return News("registration", now)
    changes = changes_between(before, notice_of(registration, language=before.language))
    return News("registration_changed", now, changes) if changes else None


def _last_notice(registration: Registration) -> Notice | None:
    """Return what the person's present address was last notified of."""
    stored: dict[str, Any] | None = registration.last_notice
    notice = Notice(**stored) if stored else None
    return notice if notice and notice.address == _digest(registration.person.email) else None


def _farewell(registration: Registration) -> News:
    cancelled = registration.event.state == EventState.CANCELLED
    return News("event_cancelled" if cancelled else "registration_withdrawn", None)


def changes_between(before: Notice, now: Notice) -> tuple[Change, ...]:
    """List what has changed from one notice to the next, the most important first."""
    remote = now.mode == Mode.REMOTE
    found = [
        Change(_("new time"), _("Time"), before.time, now.time),
        Change(_way(now.mode), _("How"), str(Mode(before.mode).label), str(Mode(now.mode).label)),
        Change(
            _("link for remote participants") if remote else _("new place"),
            _("Link") if remote else _("Place"),
            # Whoever changes from the room to the link learns of it with all else.
            (before.where if before.mode == now.mode else now.where) or _("not known yet"),
            now.where or _("not known yet"),
        ),
        Change(_("new name"), _("Name"), before.title, now.title),
    ]
    return tuple(change for change in found if change.before != change.after)


def _way(mode: str) -> str:
    return _("you take part remotely") if mode == Mode.REMOTE else _("you come on site")
