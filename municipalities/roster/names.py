"""First and last name, and which of them comes first."""

import re
from collections.abc import Iterable
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from municipalities.roster.headings import Order, folded

_PARTICLES: Final = frozenset({"von", "af", "de", "van", "der", "da", "di", "la", "le"})
_SURNAME: Final = re.compile(r"(?:nen|sson|ström|berg|lund|qvist|mäki|niemi|lahti|koski|ranta)$")


def is_turned(firsts: Iterable[str], lasts: Iterable[str], order: str) -> bool:
    """Say whether last names stand first: as asked, else by their endings.

    >>> is_turned(["Meikäläinen", "Virtanen"], ["Maija", "Matti"], "")
    True
    """
    if order:
        return order == Order.LAST_NAME
    ends = [
        sum(_SURNAME.search(each.casefold()) is not None for each in names)
        for names in (firsts, lasts)
    ]
    return ends[0] > ends[1]


def split_name(name: str, *, last_name_first: bool) -> tuple[str, str]:
    """Return first and last name; a comma stands after the last name, whatever the order.

    >>> split_name("Meikäläinen, Maija", last_name_first=False)
    ('Maija', 'Meikäläinen')
    >>> split_name("von Essen Carl Gustaf", last_name_first=True)
    ('Carl Gustaf', 'von Essen')
    >>> split_name("Maija Liisa af Forselles", last_name_first=False)
    ('Maija Liisa', 'af Forselles')
    """
    if "," in name:
        last, _comma, first = name.partition(",")
        return first.strip(), last.strip()
    words = name.split()
    particles = [at for at, word in enumerate(words) if word.casefold() in _PARTICLES]
    if last_name_first:
        cut = 1
        while cut < len(words) and words[cut - 1].casefold() in _PARTICLES:
            cut += 1
        return " ".join(words[cut:]), " ".join(words[:cut])
    cut = particles[0] if particles and particles[0] else len(words) - 1
    return " ".join(words[:cut]), " ".join(words[cut:])


def require_name(name: str) -> None:
    """Refuse what is no name: it has a letter, as names are compared, and is no address.

    Without a letter two people could not be told from each other.
    """
    if "@" in name or not any(sign.isalpha() for sign in folded(name)):
        raise ValidationError(
            _("“%(name)s” is no name: write it in letters."), params={"name": name[:60]}
        )
