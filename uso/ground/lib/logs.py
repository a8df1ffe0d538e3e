"""What the logs leave out."""

import logging
from http import HTTPStatus


class RefusalsInOneLine(logging.Filter):
    """Leave out the traceback of a page somebody may not see: it names no fault."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line through, that of a 403 without its exception."""
        if getattr(record, "status_code", None) == HTTPStatus.FORBIDDEN:
            record.exc_info = record.exc_text = None
        return True
