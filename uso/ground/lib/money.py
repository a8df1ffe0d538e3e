"""Numbers, shares and money as people write them: ``12 000,00 €``, ``−3,1 %``."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from babel.numbers import format_currency, format_decimal

from uso.ground.lib.languages import current_language

MINUS: Final = "\N{MINUS SIGN}"
NO_BREAK: Final = "\N{NO-BREAK SPACE}"
LOCALES: Final = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}

Number = Decimal | int | float


def number(value: Number, decimals: int | None = None, *, language: str | None = None) -> str:
    r"""Return a number with no-break spaces between thousands and a true minus sign.

    Parameters
    ----------
    value
        Any finite number.
    decimals
        Number of decimals shown, rounded half up; ``None`` shows those it has (at most 3).
    language
        ``fi``, ``sv`` or ``en``; the current language when missing.

    Returns
    -------
    str
        ``5 264`` or ``−3,1``. English has a comma between thousands and a point before decimals.

    Examples
    --------
    >>> number(5264, language="fi")
    '5\xa0264'
    >>> number(Decimal("-3.05"), 1, language="fi")
    '−3,1'
    >>> number(Decimal("1234.5"), 2, language="en")
    '1,234.50'
    """
    return _number(Decimal(str(value)), decimals, language or current_language())


@lru_cache(maxsize=8_192)  # a list repeats its figures, and Babel takes a millisecond a piece
def _number(exact: Decimal, decimals: int | None, language: str) -> str:
    pattern = "#,##0.###"
    if decimals is not None:
        exact = _rounded(exact, decimals)
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(exact, format=pattern, locale=LOCALES[language])
    return text.replace("-", MINUS)


def percent(value: Number, decimals: int = 1, *, language: str | None = None) -> str:
    r"""Return a percentage from a number of hundredths (0–100, not a fraction of 1).

    Parameters
    ----------
    value
        Hundredths: 27.9 means 27,9 %.
    decimals
        Number of decimals shown, rounded half up.
    language
        ``fi``, ``sv`` or ``en``; the current language when missing.

    Returns
    -------
    str
        ``27,9 %`` with a no-break space in Finnish and Swedish, ``27.9%`` in English.

    Examples
    --------
    >>> percent(Decimal("27.94"), language="sv")
    '27,9\xa0%'
    >>> percent(-5, 0, language="en")
    '−5%'
    """
    language = language or current_language()
    sign = "%" if language == "en" else f"{NO_BREAK}%"
    return number(value, decimals, language=language) + sign


def euros(value: Number, decimals: int = 2, *, language: str | None = None) -> str:
    r"""Return a sum of money in euros.

    Parameters
    ----------
    value
        Euros; money itself is Decimal with 2 places.
    decimals
        2, or 0 for whole euros in overviews; rounded half up.
    language
        ``fi``, ``sv`` or ``en``; the current language when missing.

    Returns
    -------
    str
        ``12 000,00 €`` with no-break spaces; ``€12,000.00`` in English.

    Examples
    --------
    >>> euros(Decimal("12000"), language="fi")
    '12\xa0000,00\xa0€'
    >>> euros(Decimal("-9000"), 0, language="en")
    '−€9,000'
    """
    return _euros(Decimal(str(value)), decimals, language or current_language())


def euros_between(low: Number, high: Number, *, language: str | None = None) -> str:
    r"""Return a range of whole euros, its sign once.

    Examples
    --------
    >>> euros_between(8000, 16000, language="fi")
    '8\xa0000–16\xa0000\xa0€'
    >>> euros_between(8000, 16000, language="en")
    '€8,000–16,000'
    """
    language = language or current_language()
    if low == high:
        return euros(low, 0, language=language)
    if language == "en":
        return f"{euros(low, 0, language=language)}–{number(high, 0, language=language)}"
    return f"{number(low, 0, language=language)}–{euros(high, 0, language=language)}"


@lru_cache(maxsize=8_192)
def _euros(value: Decimal, decimals: int, language: str) -> str:
    exact = _rounded(value, decimals)
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    pattern = f"¤{digits}" if language == "en" else f"{digits} ¤"
    text = format_currency(
        exact, "EUR", format=pattern, locale=LOCALES[language], currency_digits=False
    )
    return text.replace("-", MINUS).replace(" ", NO_BREAK)


def cents_of(value: Number) -> int:
    """Return how many decimals a sum is shown with: none where it is whole euros.

    Examples
    --------
    >>> cents_of(Decimal("9000.00")), cents_of(Decimal("9000.50"))
    (0, 2)
    """
    return 0 if value == int(value) else 2


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
