"""The rule on our place within the group: how many are above and how many below, never a rank."""

from analysis.engine.arithmetic import Number
from analysis.wording.findings.story import Finding, Story
from uso.ground.lib.numerals import rounded
from uso.ground.lib.texts import LANGUAGES, text


def standing(story: Story) -> Finding | None:
    """Count the peers whose figure, as it is written, is higher, lower or the same as ours."""
    position = story.position
    if position is None or len(position.peers) < 2:
        return None
    own = rounded(position.own, position.decimals)
    theirs = [rounded(value, position.decimals) for value in position.peers.values()]
    higher, lower = sum(value > own for value in theirs), sum(value < own for value in theirs)
    same = len(theirs) - higher - lower
    write = _all if len(theirs) in (higher, lower, same) else _split
    sentence = {key: write(key, story, (higher, lower, same)) for key in LANGUAGES}
    figures: dict[str, Number | None] = {
        "higher": higher,
        "lower": lower,
        "same": same,
        "own": position.own,
    }
    return Finding("standing", text(**sentence), figures)


_WAYS = {
    "fi": ("ylempänä", "alempana", "samassa kohdassa"),
    "sv": ("högre", "lägre", "på samma plats"),
    "en": ("higher", "lower", "at the same place"),
}
_THAN = {
    "fi": ("kuin", "kuin", "kuin"),
    "sv": ("än", "än", "som"),
    "en": ("than", "than", "as"),
}


def _all(language: str, story: Story, counts: tuple[int, int, int]) -> str:
    """Write that every peer is on one side."""
    way = counts.index(max(counts))
    total, name = sum(counts), story.name.nominative(language)
    words, than = _WAYS[language][way], _THAN[language][way]
    sentences = {
        "fi": f"Kaikki {total} vertailukuntaa ovat asteikolla {words} {than} {name}",
        "sv": f"Alla {total} jämförelsekommuner ligger {words} på skalan {than} {name}",
        "en": f"All {total} peers stand {words} on the scale {than} {name}",
    }
    return f"{sentences[language]}{_what(language, story)}."


def _split(language: str, story: Story, counts: tuple[int, int, int]) -> str:
    """Write how many are on each side; sides without anybody are left out."""
    ways = [
        f"{count} {_verb(language, count)}{words}"
        for count, words in zip(counts, _WAYS[language], strict=True)
        if count
    ]
    and_word = {"fi": "ja", "sv": "och", "en": "and"}[language]
    listed = ", ".join(ways[:-1]) + f" {and_word} {ways[-1]}"
    name = story.name.nominative(language)
    sentences = {
        "fi": f"Vertailukunnista on asteikolla {listed} kuin {name}",
        "sv": f"Av jämförelsekommunerna ligger {listed} på skalan jämfört med {name}",
        "en": f"Of the peers, {listed} on the scale compared with {name}",
    }
    return f"{sentences[language]}{_what(language, story)}."


def _verb(language: str, count: int) -> str:
    """Give the English verb, which alone follows the number."""
    return "" if language != "en" else "stands " if count == 1 else "stand "


def _what(language: str, story: Story) -> str:
    return f" ({story.position.what[language]})" if story.position else ""
