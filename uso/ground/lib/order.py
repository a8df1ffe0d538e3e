"""Order of names as Finns expect it: … x y z å ä ö, whatever case; v and w are one letter."""

from typing import Final, Protocol

_LETTERS: Final = str.maketrans(
    {
        "w": "v",
        "é": "e",
        "è": "e",
        "ü": "y",
        "å": "{",
        "ä": "|",
        "æ": "|",
        "ö": "}",
        "ø": "}",
        "õ": "}",
    }
)


def finnish(text: str) -> tuple[str, str]:
    """Return what to sort a name by.

    Parameters
    ----------
    text
        A name in Finnish or Swedish.

    Returns
    -------
    Key that compares in Finnish order; the name itself settles ties.

    Examples
    --------
    >>> sorted(["Äänekoski", "Öölä", "aamu", "Åland", "Zeta", "Wirta", "Virta"], key=finnish)
    ['aamu', 'Virta', 'Wirta', 'Zeta', 'Åland', 'Äänekoski', 'Öölä']
    """
    return text.casefold().translate(_LETTERS), text


class Named(Protocol):
    """Somebody with a first and a last name."""

    @property
    def first_name(self) -> str: ...

    @property
    def last_name(self) -> str: ...


def by_surname(person: Named) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return what to sort people by: the last name, then the first, in Finnish order.

    Examples
    --------
    >>> from collections import namedtuple
    >>> Person = namedtuple("Person", "last_name first_name")
    >>> people = [Person("O'Brien", "Pat"), Person("Virta-Aho", "Aino"), Person("Virta", "Eino")]
    >>> [person.last_name for person in sorted(people, key=by_surname)]
    ["O'Brien", 'Virta', 'Virta-Aho']
    """
    return finnish(person.last_name), finnish(person.first_name)
