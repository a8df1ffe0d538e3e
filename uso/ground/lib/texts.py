"""Texts that an analysis keeps in three languages: pure."""

from collections.abc import Mapping

from uso.ground.lib.languages import LANGUAGES

__all__ = ["LANGUAGES", "Text", "capital", "small", "text"]

#: Language to words.
Text = Mapping[str, str]


def text(*, fi: str, sv: str, en: str) -> Text:
    """Keep a text in the three languages of an analysis."""
    return {"fi": fi, "sv": sv, "en": en}


def capital(words: str) -> str:
    """Start a sentence or a label with the words."""
    return words[:1].upper() + words[1:]


def small(words: str) -> str:
    """Put a name inside a sentence; an abbreviation stays as it is.

    Examples
    --------
    >>> small("Työttömyysaste"), small("EVP-indeksi")
    ('työttömyysaste', 'EVP-indeksi')
    """
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
