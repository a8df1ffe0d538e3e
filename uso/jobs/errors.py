"""How a job says that it could not do what was asked."""


class JobFailed(Exception):  # noqa: N818 -- reads as what it is where it is raised
    """The job ends as failed with this sentence, written for the person who started it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
