"""One thing that waits for somebody: a sentence, its age or deadline, one press."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.safestring import SafeString

from uso.ground.lib import marks
from uso.ground.lib.templatetags.uso_format import age, days_left

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

    @property
    def drawn(self) -> SafeString:
        """The row as HTML, drawn in Python: a season's board has forty."""
        return marks.todo(
            marks.fill("<b>{}</b> {}", self.subject, self.sentence)
            if self.subject
            else self.sentence,
            age=days_left(self.until) if self.until else age(self.since),
            late=self.late,
            href=self.href,
            action=self.action,
        )
