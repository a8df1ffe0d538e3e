"""How a job says that it could not do what was asked."""


class JobFailed(Exception):
    """The job ends as failed with this sentence, written for the person who started it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
