"""Words that native readers stumbled over never come back: one word a concept (docs/glossary.md)."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
DATA = [
    *sorted((ROOT / "seasons/data").glob("*.toml")),
    *sorted((ROOT / "events/data").glob("*.toml")),
    *sorted((ROOT / "analysis/statistics/data/catalogue").glob("*.toml")),
]


class Banned(NamedTuple):
    """A word, as a pattern of it and its forms; why it is wrong; what is said instead."""

    language: str
    pattern: str
    why: str
    say: str


BANNED = (
    Banned("fi", r"\bosoitin\b|\bosoitint|\bosoittim", "two words for one thing", "indikaattori"),
    Banned("fi", r"\basukaslu(ku|vu)", "the glossary's word is another", "väkiluku"),
    Banned("fi", r"\bvarakood", "the library's word is another", "palautuskoodit"),
    Banned(
        "fi", r"\btaulu(n|a|t|ssa|sta|un|lla|lle|i[a-zä]*)?\b", "a wall has a taulu", "taulukko"
    ),
    Banned("fi", r"\bkootaan\b|\bkoottaessa\b|\bkoottu uudel", "analyses are written", "laaditaan"),
    Banned("fi", r"\bUusi tapahtuma\b", "the button says it otherwise", "Suunnittele tapahtuma"),
    Banned("fi", r"\bKerrotaan analyy|\bkerrotaan analyy|, ei kerrota\b", "told?", "Näytetään …"),
    Banned("fi", r"\b[Ss]ääntö san", "rules do not speak", "Luvuista muodostettu lause"),
    Banned("fi", r"\b[Pp]oisjään", "it never joined", "ei osallistu"),
    Banned("fi", r"^Päätä( rooli)?$", "reads as: decide", "Lopeta rooli"),
    Banned("fi", r"\bkenttä vaaditaan", "says no more than a star", "what to do: Valitse päivä."),
    Banned("fi", r"\bnuolet siirtävät", "not what the keys do", "nuolet liikkuvat"),
    Banned("fi", r"\btapaamisista paikan päällä", "a part of nothing", "tapaamiset paikan päällä"),
    Banned("sv", r"\b[Bb]erätta", "indicators show, people tell", "visas, presenterar, meddela"),
    Banned("sv", r"\b[Uu]tkastet ser\b", "drafts do not see", "Utkastet syns för"),
    Banned("sv", r"\bgav dig\b", "it is news, not history", "har gett dig"),
    Banned("sv", r"\båterta", "of a registration: avanmäla", "avanmäla"),
    Banned("sv", r"plats(er)? kvar på plats", "plats twice", "platser kvar i salen"),
    Banned("sv", r"\bfinns rum\b", "rooms?", "finns plats för alla"),
    Banned("sv", r"\b[Uu]tträde", "it never joined", "deltar inte"),
    Banned("sv", r"\b[Bb]rott i jämför", "a crime?", "avbrott i jämförbarheten"),
    Banned("sv", r"\b[Ee]xpert", "the glossary's word is another", "sakkunnig"),
    Banned("sv", r"(?<!Kommunernas )\b[Nn]yckeltal(?! för utv)(?! på)", "two words", "indikator"),
    Banned("sv", r"[Tt]räff(en|ar|arna)?\b(?!ade)", "two words for one thing", "möte"),
    Banned("sv", r"\b[Ss]kede", "the glossary's word is another", "fas"),
    Banned("sv", r"\b[Kk]amrat", "schoolmates", "kollegial diskussion"),
    Banned("sv", r"\bKuntatalo$|^Helsinki\b", "the house has a Swedish name", "Kommunernas hus"),
    Banned(
        "fi", r"\bSyötä\b|\bOikea (arvo|vaihtoehto)", "the framework's word", "Kirjoita, Valitse"
    ),
    Banned("sv", r"\b[Gg]iltig", "the framework's word", "Välj en dag som finns i kalendern"),
    Banned("en", r"\bEnter a valid\b|\bSelect a valid\b", "the framework's word", "Choose a day"),
    Banned("en", r"^This field is required", "says no more than a star", "what to do"),
)
ALLOWED = {  # "%(table)s" of a catalogue and the like, word for word
    "De ekonomiska nyckeltal enligt 118 § i kommunallagen",  # the law's own word
    "nyckeltal för utvärderingsförfarandet",  # the Treasury's
}


def texts_of(language: str) -> Iterator[tuple[str, str]]:
    """Yield where each text stands, and the text."""
    if language != "en":
        with (ROOT / f"locale/{language}/LC_MESSAGES/django.po").open("rb") as file:
            for message in read_po(file):
                forms = [message.string] if isinstance(message.string, str) else message.string
                yield from ((str(message.id)[:60], text) for text in forms if message.id)
    for path in DATA:
        yield from (
            (path.name, text) for text in of_language(tomllib.loads(path.read_text()), language)
        )


def of_language(facts: Any, language: str, *, inside: bool = False) -> Iterator[str]:
    """Yield the texts under a key of the language, `sv` or `name_sv`, however deep."""
    if isinstance(facts, str) and inside:
        yield facts
    elif isinstance(facts, list):
        for each in facts:
            yield from of_language(each, language, inside=inside)
    elif isinstance(facts, dict):
        for key, each in facts.items():
            own = key == language or key.endswith(f"_{language}")
            yield from of_language(each, language, inside=inside or own)


@pytest.mark.parametrize("banned", BANNED, ids=lambda each: f"{each.language}: {each.say}")
def test_word_does_not_come_back(banned):
    pattern = re.compile(banned.pattern, re.IGNORECASE)
    found = [
        f"{where}: {text} -> {banned.say} ({banned.why})"
        for where, text in texts_of(banned.language)
        if pattern.search(text) and not any(allowed in text for allowed in ALLOWED)
    ]

    assert found == []
