"""Figures as people write them, in a named language.

Unlike the template filters these do not follow the language of the request: an analysis keeps its
sentences in three languages at once.
"""

from decimal import ROUND_HALF_UP, Decimal
from functools import cache

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
EN_DASH = "\N{EN DASH}"

_THOUSANDS = {"fi": NBSP, "sv": NBSP, "en": ","}
_DECIMAL = {"fi": ",", "sv": ",", "en": "."}
_POINT = {
    "fi": f"{NBSP}prosenttiyksikköä",
    "sv": f"{NBSP}procentenheter",
    "en": f"{NBSP}percentage points",
}
_PERCENT = {"fi": f"{NBSP}%", "sv": f"{NBSP}%", "en": "%"}


def rounded(value: float, decimals: int) -> Decimal:
    """Round half away from zero, as published tables do.

    Parameters
    ----------
    value
        Any finite number; a float is taken as it prints (2.675 is 2.675).
    decimals
        Digits kept after the point, 0 or more.

    Returns
    -------
    Decimal
        Never a negative zero.

    Examples
    --------
    >>> rounded(2.675, 2), rounded(-0.04, 1)
    (Decimal('2.68'), Decimal('0.0'))
    """
    result = Decimal(repr(value)).quantize(_quantum(decimals), ROUND_HALF_UP)
    return abs(result) if result == 0 else result


@cache
def _quantum(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def number(value: float, decimals: int = 0, language: str = "fi") -> str:
    r"""Write a number with its language's decimal mark and thousands.

    Examples
    --------
    >>> number(-12345.65, 1, "fi"), number(12345.65, 1, "en")
    ('−12\xa0345,7', '12,345.7')
    """
    exact = rounded(value, decimals)
    text = f"{abs(exact):,.{decimals}f}"
    whole, _, rest = text.partition(".")
    written = whole.replace(",", _THOUSANDS[language])
    if rest:
        written += _DECIMAL[language] + rest
    return MINUS + written if exact < 0 else written


def signed(value: float, decimals: int = 1, language: str = "fi") -> str:
    """Write a change: always with its sign, none for zero.

    Examples
    --------
    >>> signed(2.04, 1), signed(-0.5, 1), signed(0.02, 1)
    ('+2,0', '−0,5', '0,0')
    """
    sign = "+" if rounded(value, decimals) > 0 else ""
    return sign + number(value, decimals, language)


def percent(value: float, decimals: int = 1, language: str = "fi") -> str:
    r"""Write a share, with the blank Finnish and Swedish put before the sign.

    Examples
    --------
    >>> percent(27.9), percent(27.9, 1, "en")
    ('27,9\xa0%', '27.9%')
    """
    return number(value, decimals, language) + _PERCENT[language]


def signed_percent(value: float, decimals: int = 1, language: str = "fi") -> str:
    """Write a change in per cent with its sign."""
    return signed(value, decimals, language) + _PERCENT[language]


def points(value: float, decimals: int = 1, language: str = "fi") -> str:
    r"""Write a difference of two shares in percentage points, without a sign.

    Examples
    --------
    >>> points(2.1), points(2.1, 1, "sv")
    ('2,1\xa0prosenttiyksikköä', '2,1\xa0procentenheter')
    """
    return number(value, decimals, language) + _POINT[language]


def span(first: int, last: int) -> str:
    """Write a span of years.

    Examples
    --------
    >>> span(2016, 2020), span(2024, 2024)
    ('2016–2020', '2024')
    """
    return f"{first}" if first == last else f"{first}{EN_DASH}{last}"
