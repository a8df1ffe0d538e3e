"""Errors that are meant for people."""


class RuleViolation(Exception):
    """A rule of the domain says no; the message is shown to the user as it stands.

    Parameters
    ----------
    message
        Translated sentence: what is wrong and what to do.
    field
        Name of the form field it concerns, None for the whole form.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
