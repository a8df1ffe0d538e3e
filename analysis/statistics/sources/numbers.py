"""Figures written as text, as people and spreadsheets write them. Pure."""

import re
from math import isfinite

#: No figure of a municipality or a country is larger, and up to here a float is exact to the unit.
MAX_FIGURE = 1e15

#: What may part thousands: a space, a no-break space, a thin one, a narrow no-break one.
BLANKS = " \u00a0\u2009\u202f"
#: Finnish texts write a minus (U+2212) as often as a hyphen.
_PLAIN = str.maketrans({"−": "-", **dict.fromkeys(BLANKS, " ")})
_NUMBER = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?: [0-9]{3})+)(?:[.,][0-9]+)?")


def parse_number(text: str) -> float | None:
    """Return the number a text is, None where it is none or can be read in two ways.

    Parameters
    ----------
    text : str
        Digits with a decimal comma or point, thousands apart by a blank of any kind or not at all.

    Examples
    --------
    >>> parse_number("1 234,5"), parse_number("−3.2"), parse_number("12")
    (1234.5, -3.2, 12.0)

    Thousands are three digits, and a comma and a point together say nothing certain:

    >>> parse_number("5 3"), parse_number("1.234,5"), parse_number("1e5"), parse_number("٣")
    (None, None, None, None)
    """
    plain = text.strip().translate(_PLAIN)
    if not _NUMBER.fullmatch(plain):
        return None
    parsed = float(plain.replace(" ", "").replace(",", "."))
    return parsed if isfinite(parsed) else None
