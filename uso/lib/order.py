"""Order of names as Finns expect it: … x y z å ä ö, whatever case; v and w are one letter."""

from typing import Final

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
