"""One thing that waits for somebody: a sentence, its age or deadline, one press."""

from dataclasses import dataclass
from datetime import date, datetime

Day = datetime | date


@dataclass(frozen=True)
class Todo:
    """A row of "waits for you".

    Parameters
    ----------
    sentence
        Who and what, in the user's language.
    since, until
        When it began to wait, or when it is too late; at most one of them.
    late
        It is drawn in amber.
    href, action
        Where the press leads, and its words.
    """

    sentence: str
    href: str
    action: str
    since: Day | None = None
    until: Day | None = None
    late: bool = False
    subject: str = ""
