"""Texts that are stored in several languages."""

from typing import Any

from django.utils.translation import get_language

LANGUAGES = ("fi", "sv", "en")


def localized(row: Any, field: str, language: str | None = None) -> str:
    """Return `field_<language>` of a row; Finnish where that language has no text.

    Parameters
    ----------
    row
        Object with attributes `field_fi` and perhaps `field_sv`, `field_en`.
    field
        Name without its language.
    language
        `fi`, `sv` or `en`; None means the active language.
    """
    code = (language or get_language() or "fi")[:2]
    return getattr(row, f"{field}_{code}", "") or str(getattr(row, f"{field}_fi"))


def current_language() -> str:
    """Return the language being spoken, as two letters; Finnish when none of ours is."""
    code = (get_language() or "fi")[:2]
    return code if code in LANGUAGES else "fi"


def localized_list(row: Any, field: str, language: str | None = None) -> list[str]:
    """Return the list `field_<language>` of a row; the Finnish one where that language has none."""
    code = (language or get_language() or "fi")[:2]
    return list(getattr(row, f"{field}_{code}", None) or getattr(row, f"{field}_fi"))
