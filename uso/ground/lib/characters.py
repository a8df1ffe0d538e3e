"""Texts without signs that are not seen."""

import re
import unicodedata
from typing import Any

# Letters and symbols by their category that are drawn as nothing or as a space: the Hangul and
# Khmer fillers, the empty Braille cell (Unicode 16, Default_Ignorable_Code_Point and U+2800).
EMPTY = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")

# Combining grapheme joiner, the Mongolian and the general selectors of a variant: marks without a shape.
_SHAPELESS = re.compile("[\u034f\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_LINE_BREAKS = str.maketrans(dict.fromkeys("\u2028\u2029\x85\x0b\x0c", "\n"))
_KEPT_CONTROLS = frozenset("\n\r\t")
# Marks on one letter, by the Stream-Safe Text Format (UAX 15): composing sorts them, which takes a time
# that grows with the square of their number.
MOST_MARKS = 30
# Format and direction signs, halves of a letter (surrogates), controls.
_UNSEEN = frozenset({"Cf", "Cs", "Cc"})


def clean(text: str) -> str:
    r"""Return a text in composed letters (NFC), without signs that are not seen; blanks and lines stay.

    What goes: controls but for tabs and line breaks, joiners and soft hyphens, direction signs, halves of
    a letter, empty letters, marks piled on one letter. Two texts that look alike to a reader so become one.

    >>> clean("Ja\u0308msa\u0308\u200b"), clean("\u202eab\x00\nc"), clean("\ud800\u3164")
    ('Jämsä', 'ab\nc', '')
    """
    if text.isascii() and text.isprintable():
        return text
    shaped = _SHAPELESS.sub("", text.translate(_LINE_BREAKS))
    # Composed last: what is taken out may have stood between a letter and its mark.
    seen = "".join(sign for sign in shaped if _may_stay(sign))
    return unicodedata.normalize("NFC", _without_piles(seen))


def _without_piles(text: str) -> str:
    if len(text) <= MOST_MARKS:
        return text
    kept, marks = [], 0
    for sign in text:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def _may_stay(sign: str) -> bool:
    if sign in _KEPT_CONTROLS:
        return True
    noncharacter = ord(sign) & 0xFFFE == 0xFFFE
    return unicodedata.category(sign) not in _UNSEEN and sign not in EMPTY and not noncharacter


def clean_line(text: str) -> str:
    r"""Return a cleaned text on one line, with one plain blank where there were blanks of any kind.

    >>> clean_line(" Matti\xa0 Meik\u200bäläinen\n")
    'Matti Meikäläinen'
    """
    return " ".join(clean(text).split())


def storable(value: Any) -> Any:
    r"""Return a value of JSON with all its texts cleaned, for the database takes no zero sign nor half a letter.

    >>> storable({"a\x00": ["\ud800b", 1, None]})
    {'a': ['b', 1, None]}
    """
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {storable(name): storable(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [storable(one) for one in value]
    return value
