"""Which signs of a text are seen."""

import unicodedata

# Letters and symbols by their category that are drawn as nothing or as a space: the Hangul and
# Khmer fillers, the empty Braille cell (Unicode 16, Default_Ignorable_Code_Point and U+2800).
EMPTY = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
SEEN = frozenset("LNPS")  # letters, numbers, punctuation, symbols


def is_seen(text: str) -> bool:
    r"""Tell whether anything of a text is seen, or it is empty to whoever reads it.

    >>> is_seen("\u200b\xa0\ufeff"), is_seen("\u200b–")
    (False, True)
    """
    return any(unicodedata.category(sign)[0] in SEEN and sign not in EMPTY for sign in text)
