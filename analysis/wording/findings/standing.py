"""The rule on our place within the group: in how many the figure is larger or smaller, never a rank."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from analysis.engine.arithmetic import Number
from analysis.wording.findings.story import Finding, Story
from uso.ground.lib.numerals import rounded
from uso.ground.lib.texts import LANGUAGES, Text, capital, text


def standing(story: Story) -> Finding | None:
    """Count the peers whose figure, as it is written, is higher, lower or the same as ours."""
    position = story.position
    if position is None or len(position.peers) < 2:
        return None
    own = rounded(position.own, position.decimals)
    theirs = [rounded(value, position.decimals) for value in position.peers.values()]
    parts = _of_changes(story, own, theirs) if _is_change(story) else _of_figures(own, theirs)
    shown = [part for part in parts if part.peers]
    sentence = {key: f"{_sentence(key, story, shown)} ({position.what[key]})." for key in LANGUAGES}
    figures: dict[str, Number | None] = {
        "higher": sum(value > own for value in theirs),
        "lower": sum(value < own for value in theirs),
        "same": sum(value == own for value in theirs),
        "own": position.own,
    }
    return Finding("standing", text(**sentence), figures)


class _Part(NamedTuple):
    """How many peers are alike; what is said of them begins as of the part before, or otherwise."""

    peers: int
    begins: Text
    ends: Text


def _is_change(story: Story) -> bool:
    return story.measure.relative or story.measure.is_change or story.measure.kind == "rate"


def _of_figures(own: Decimal, theirs: Sequence[Decimal]) -> list[_Part]:
    begins = text(fi="luku on", sv="är siffran", en="the figure is")
    return [
        _Part(sum(value > own for value in theirs), begins, _HIGHER),
        _Part(sum(value < own for value in theirs), begins, _LOWER),
        _Part(sum(value == own for value in theirs), begins, _SAME),
    ]


_HIGHER = text(fi="suurempi", sv="högre", en="higher")
_LOWER = text(fi="pienempi", sv="lägre", en="lower")
_SAME = text(fi="sama", sv="densamma", en="the same")


def _of_changes(story: Story, own: Decimal, theirs: Sequence[Decimal]) -> list[_Part]:
    """Part the peers by the way they have gone; of those that went our way by whether further."""
    tense = "outlook" if story.measure.outlook else "past"
    fi, sv, en = _VERBS[tense]
    grows = text(fi=f"muutos {fi}", sv=f"{sv} det fråga om", en=f"there {en}")
    up = _Part(sum(value > 0 for value in theirs), grows, _GROWTH)
    down = _Part(sum(value < 0 for value in theirs), grows, _FALL)
    still = _Part(sum(value == 0 for value in theirs), text(fi="", sv="", en=""), _NO_CHANGE[tense])
    if own == 0:
        return [up, down, still]
    ours = text(fi=f"kasvu {fi}", sv=f"{sv} ökningen", en=f"the growth {en}")
    if own < 0:
        ours = text(fi=f"vähennys {fi}", sv=f"{sv} minskningen", en=f"the fall {en}")
    alike = [abs(value) for value in theirs if value * own > 0]
    return [
        _Part(sum(size > abs(own) for size in alike), ours, _LARGER),
        _Part(sum(size < abs(own) for size in alike), ours, _SMALLER),
        _Part(sum(size == abs(own) for size in alike), ours, _AS_LARGE),
        still,
        down if own > 0 else up,
    ]


_VERBS = {"past": ("oli", "var", "was"), "outlook": ("on", "är", "is")}
_GROWTH = text(fi="kasvua", sv="en ökning", en="growth")
_FALL = text(fi="vähennystä", sv="en minskning", en="a fall")
_NO_CHANGE = {
    "past": text(fi="muutosta ei ollut", sv="skedde ingen förändring", en="there was no change"),
    "outlook": text(fi="muutosta ei ole", sv="sker ingen förändring", en="there is no change"),
}
_LARGER = text(fi="suurempi", sv="större", en="larger")
_SMALLER = text(fi="pienempi", sv="mindre", en="smaller")
_AS_LARGE = text(fi="yhtä suuri", sv="lika stor", en="as large")


def _sentence(language: str, story: Story, parts: Sequence[_Part]) -> str:
    """Write how many are in each part; where all are in one, that it is all of them."""
    if len(parts) == 1:
        (count, begins, ends) = parts[0]
        everyone = _EVERYONE[language].format(_counted(count, language))
        said = f"{begins[language]} {ends[language]}".strip()
        return f"{everyone} {said}{_than(language, story, ends)}"
    clauses, said = [], ""
    for at, (count, begins, ends) in enumerate(parts):
        where = f"{_IN[language]}{_counted(count, language)}"
        if at == 0:
            where = f"{where} {(_PEERS if count > 1 else _PEER)[language]}"
        begin = "" if begins[language] == said else begins[language]
        clauses.append(" ".join(filter(None, (where, begin, ends[language]))))
        said = begins[language]
    last = f" {_AND[language]} {clauses[-1]}"
    return capital(", ".join(clauses[:-1]) + last)


_EVERYONE = {"fi": "Kaikissa {} vertailukunnassa", "sv": "I alla {} jämförelsekommuner", "en": "In all {} peers"}  # fmt: skip
_IN = {"fi": "", "sv": "i ", "en": "in "}
_PEERS = {"fi": "vertailukunnassa", "sv": "jämförelsekommuner", "en": "peers"}
_PEER = {"fi": "vertailukunnassa", "sv": "jämförelsekommun", "en": "peer"}
_AND = {"fi": "ja", "sv": "och", "en": "and"}
_WORDS = {
    "fi": "yhdessä kahdessa kolmessa neljässä viidessä kuudessa seitsemässä kahdeksassa yhdeksässä"
    " kymmenessä",
    "sv": "en två tre fyra fem sex sju åtta nio tio",
    "en": "one two three four five six seven eight nine ten",
}
_NUMERALS = {language: words.split() for language, words in _WORDS.items()}


def _counted(count: int, language: str) -> str:
    """Write a number of municipalities: up to ten as a word."""
    return _NUMERALS[language][count - 1] if count <= 10 else str(count)


def _than(language: str, story: Story, ends: Text) -> str:
    """Say than where, of what is larger or smaller."""
    if ends in (_GROWTH, _FALL, *_NO_CHANGE.values()):
        return ""
    where = story.name.locative(language)
    if ends in (_SAME, _AS_LARGE):
        return f" {_AS[language]} {where}"
    return f" {_THAN[language]} {where}"


_THAN = {"fi": "kuin", "sv": "än", "en": "than"}
_AS = {"fi": "kuin", "sv": "som", "en": "as"}
