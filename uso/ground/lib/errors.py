"""Errors that are meant for people."""

from uso.ground.lib.characters import clean


class RuleViolation(Exception):
    """A rule of the domain says no; the message is shown to the user as it stands.

    Parameters
    ----------
    message
        Translated sentence: what is wrong and what to do. It may quote what somebody typed or a file
        holds, so signs that no page and no database can hold are taken out.
    field
        Name of the form field it concerns, None for the whole form.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        self.message = clean(str(message))
        super().__init__(self.message)
        self.field = field


class UnreadableFile(RuleViolation):
    """A file of somebody's own cannot be read; the message says what it is and what to do."""
