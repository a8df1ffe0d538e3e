"""Addresses that are secrets, such as those of an invitation and of a board's paper: logs and history name them without it."""

import re
from typing import Any

MASK = "…"
# Also as a parameter of another address (`?next=%2Finvitation%2F…`).
_SECRET = re.compile(
    r"(/invitation/|%2Finvitation%2F|/uso\d+/paper/)(?:[\w.-]|%(?!2F)\w\w)+", re.IGNORECASE
)


def mask(text: str) -> str:
    """Return a text of a log with its secret parts left out."""
    return _SECRET.sub(rf"\1{MASK}", text)


def mask_line(_logger: Any, _method: str, line: str) -> str:
    """Mask a finished line (processor of structlog)."""
    return mask(line)


def mask_report(report: Any, _hint: dict[str, Any]) -> Any:
    """Mask the texts of an error report, wherever they stand (`before_send` of Sentry)."""
    if isinstance(report, str):
        return mask(report)
    if isinstance(report, dict):
        return {key: mask_report(value, _hint) for key, value in report.items()}
    if isinstance(report, list):
        return [mask_report(value, _hint) for value in report]
    return report
