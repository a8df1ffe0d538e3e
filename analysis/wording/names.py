"""Names of municipalities inside sentences, in Finnish, Swedish and English.

Finnish local cases cannot be derived from the name (Kannuksessa but Nokialla), so the forms are
facts stored on the municipality, with a mark where no source settles them. There the sentence
takes the genitive and the word for municipality, which is right for every name. A town is a
municipality in law (Local Government Act 410/2015), so "kunnassa" is right of towns too.
"""

import re
from typing import Any

from analysis.engine.record import Record

_SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_SYLLABLE = re.compile(r"(?<=\w{2})(?=[bcdfghjklmnpqrstvwxz][aeiouyäöå]\w)")
_SIBILANTS = ("s", "x", "z")
# Swedish names of islands where usage wavers between "i" and "på": the advised form names the
# municipality itself (Kotus, Språkbruk; Svensk presstjänst).
_BY_GENITIVE_SV = frozenset({"Kökar", "Kimitoön"})


class Name(Record):
    """The forms a sentence needs of one municipality; plain text, stored in an edition."""

    fi: str
    sv: str
    en: str
    genitive_fi: str
    locative_fi: str

    @classmethod
    def of(cls, municipality: Any) -> "Name":
        """Take the forms from a municipality row."""
        return cls(
            fi=municipality.name_fi,
            sv=municipality.name_sv,
            en=name_en(municipality.name_fi, municipality.name_sv, municipality.language_status),
            genitive_fi=municipality.genitive_fi,
            locative_fi=locative_fi(
                municipality.genitive_fi, municipality.locative_fi, municipality.locative_sure
            ),
        )

    def nominative(self, language: str) -> str:
        """Say the name itself: Kannus."""
        return {"fi": self.fi, "sv": self.sv, "en": self.en}[language]

    def genitive(self, language: str) -> str:
        """Say whose: Kannuksen, Borgås, Porvoo's."""
        forms = {"fi": self.genitive_fi, "sv": genitive_sv(self.sv), "en": genitive_en(self.en)}
        return forms[language]

    def locative(self, language: str) -> str:
        """Say where: Kannuksessa, i Borgå, in Porvoo."""
        forms = {"fi": self.locative_fi, "sv": locative_sv(self.sv), "en": f"in {self.en}"}
        return forms[language]

    def origin(self, language: str) -> str:
        """Say from where: Kannuksesta, från Borgå, from Porvoo."""
        forms = {
            "fi": elative_fi(self.locative_fi),
            "sv": locative_sv(self.sv).replace("i ", "från ", 1),
            "en": f"from {self.en}",
        }
        return forms[language]


def elative_fi(locative: str) -> str:
    """Turn a local case into its brother that says from where.

    Examples
    --------
    >>> elative_fi("Kannuksessa"), elative_fi("Nokialla"), elative_fi("Mynämäen kunnassa")
    ('Kannuksesta', 'Nokialta', 'Mynämäen kunnasta')
    """
    stem, ending, vowel = locative[:-3], locative[-3:-1], locative[-1]
    return f"{stem}{'st' if ending == 'ss' else 'lt'}{vowel}"


def locative_fi(genitive: str, locative: str, sure: bool) -> str:
    """Choose the stored local case, or the form that avoids choosing.

    Examples
    --------
    >>> locative_fi("Kannuksen", "Kannuksessa", True)
    'Kannuksessa'
    >>> locative_fi("Mynämäen", "Mynämäessä", False), locative_fi("Kosken Tl", "", False)
    ('Mynämäen kunnassa', 'Kosken Tl kunnassa')
    """
    return locative if locative and sure else f"{genitive} kunnassa"


def genitive_sv(name: str) -> str:
    """Add the Swedish genitive, which a final sibilant swallows.

    Examples
    --------
    >>> genitive_sv("Borgå"), genitive_sv("Pargas")
    ('Borgås', 'Pargas')
    """
    return name if name.lower().endswith(_SIBILANTS) else f"{name}s"


def locative_sv(name: str) -> str:
    """Say where in Swedish: "i" for municipalities, islands included.

    Examples
    --------
    >>> locative_sv("Larsmo"), locative_sv("Kökar"), locative_sv("Kimitoön")
    ('i Larsmo', 'i Kökars kommun', 'i Kimitoöns kommun')
    """
    return f"i {genitive_sv(name)} kommun" if name in _BY_GENITIVE_SV else f"i {name}"


def genitive_en(name: str) -> str:
    """Add the English genitive.

    Examples
    --------
    >>> genitive_en("Porvoo"), genitive_en("Kannus")
    ("Porvoo's", "Kannus's")
    """
    return f"{name}'s"


def name_en(name_fi: str, name_sv: str, language: str) -> str:
    """Pick the name English text uses: that of the municipality's (first) language.

    Examples
    --------
    >>> name_en("Porvoo", "Borgå", "fi-sv"), name_en("Parainen", "Pargas", "sv-fi")
    ('Porvoo', 'Pargas')
    """
    return name_sv if language.startswith("sv") else name_fi


def breakable(name: str) -> str:
    """Let a Finnish name break between syllables, for a narrow column: a soft hyphen at each place.

    A syllable begins at a consonant before a vowel; no lone letter is left on either line.

    Examples
    --------
    >>> breakable("Toholampi").replace(_SOFT_HYPHEN, "-"), breakable("Akaa")
    ('To-ho-lampi', 'Akaa')
    """
    return _SYLLABLE.sub(_SOFT_HYPHEN, name)
