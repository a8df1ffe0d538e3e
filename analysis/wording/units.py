"""Units as a sentence says them, made of the units that tables print: pure.

A unit may be a coordinator's own, so the rules know only how units are written here: a share of
so many ("/ 1 000 asukasta"), an amount for each ("€ / asukas"), an index in brackets.
"""

import re

from uso.ground.lib.texts import Text, text

_NBSP = "\N{NO-BREAK SPACE}"
_THOUSAND, _HUNDRED = rf"1[{_NBSP} ]000", "100"
_SPOKEN: dict[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    "fi": (
        (re.compile(rf"^(.*?) ?/ {_THOUSAND} (\w+)"), r"\1 tuhatta \2 kohden"),
        (re.compile(rf"^(.*?) ?/ {_HUNDRED} (\w+)"), r"\1 sataa \2 kohden"),
        (re.compile(r"^(.*?) ?/ asukas\b"), r"\1 asukasta kohti"),
        (re.compile(r"^t CO"), "tonnia CO"),
        (re.compile(r"^€"), "euroa"),
    ),
    "sv": (
        (re.compile(r"^(.*?) ?/ (\S)"), r"\1 per \2"),
        (re.compile(r"^t CO"), "ton CO"),
        (re.compile(r"^€"), "euro"),
    ),
    "en": (
        (re.compile(r"^t CO"), "tonnes of CO"),
        (re.compile(r"^€"), "euros"),
    ),
}
STEPS = text(fi="yksikköä", sv="enheter", en="units")
_POINTS = text(fi="pistettä", sv="punkter", en="points")


def spoken(unit: str, language: str) -> str:
    """Write out a unit; that of an index, which stands in brackets, is left to the definition.

    Examples
    --------
    >>> spoken("/ 1 000 asukasta", "fi"), spoken("€ / asukas", "fi"), spoken("/ 100 sysselsatta", "sv")
    ('tuhatta asukasta kohden', 'euroa asukasta kohti', 'per 100 sysselsatta')
    >>> spoken("rikosta / 1 000 asukasta", "fi"), spoken("€ per resident", "en"), spoken("(koko maa = 100)", "fi")
    ('rikosta tuhatta asukasta kohden', 'euros per resident', '')
    """
    if unit.startswith("("):
        return ""
    for pattern, words in _SPOKEN[language]:
        unit = pattern.sub(words, unit)
    return unit.strip()


def spoken_change(unit: Text, language: str) -> str:
    """Write out the unit of a change: a ratio moves by units, an index by points.

    Examples
    --------
    >>> spoken_change({"fi": "/ 100 työllistä"}, "fi"), spoken_change({"fi": "(koko maa = 100)"}, "fi")
    ('yksikköä', 'pistettä')
    """
    written = unit[language]
    if written.startswith("("):
        return _POINTS[language]
    if is_bare_ratio(written):
        return STEPS[language]
    return spoken(written, language)


def is_bare_ratio(unit: str) -> bool:
    """Say whether a unit names only what the figure is divided by."""
    return unit.startswith(("/ ", "per ", "‰"))
