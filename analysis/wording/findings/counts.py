"""Rules on a count: the population."""

from analysis.engine.arithmetic import change_pct
from analysis.wording.findings.general import since_then
from analysis.wording.findings.moves import recent, since_first
from analysis.wording.findings.phrases import SAME, beside, direction, in_peers
from analysis.wording.findings.story import Finding, Story
from analysis.wording.names import Name
from uso.ground.lib.numerals import number, percent, signed_percent, span
from uso.ground.lib.texts import LANGUAGES, Text, text


def count_over_span(story: Story) -> Finding | None:
    """Compare our change from the first year with that of the peers."""
    move = since_first(story, change_pct)
    if move is None:
        return None
    own, years = move.own, span(move.first, move.last)
    tail = _pace(story, own, move.peers)
    brackets = beside(
        story,
        move.peers,
        move.country,
        lambda value, lang: signed_percent(value, 1, lang),
        named=bool(tail["fi"]),
    )
    sentence = {
        language: _count_head(story.name, language, own, abs(own), years)
        + tail[language]
        + brackets[language]
        + "."
        for language in LANGUAGES
    }
    return Finding("count_over_span", sentence, move.figures)


def _count_head(name: Name, language: str, own: float, amount: float, years: str) -> str:
    way = direction(own)
    much = percent(amount, 1, language)
    heads = {
        "fi": (
            f"{name.genitive('fi')} väkiluku "
            + ("pysyi ennallaan" if way == 0 else ("kasvoi " if way > 0 else "väheni ") + much)
            + f" vuosina {years}"
        ),
        "sv": (
            f"Folkmängden {name.locative('sv')} "
            + ("var oförändrad" if way == 0 else ("ökade" if way > 0 else "minskade"))
            + ("" if way == 0 else f" med {much}")
            + f" {years}"
        ),
        "en": (
            f"The population of {name.en} "
            + ("stayed the same" if way == 0 else ("grew" if way > 0 else "fell") + f" by {much}")
            + f" in {years}"
        ),
    }
    return heads[language]


def _pace(story: Story, own: float, group: float | None) -> Text:
    """Say how our change differs from the usual one."""
    if group is None or 0 in (direction(own), direction(group)):
        return text(fi="", sv="", en="")
    where = in_peers(story)
    if direction(own) != direction(group):
        grew = group > 0
        return _although(story, where, grew=grew)
    if abs(own - group) < SAME["count"]:
        return _same_pace(story, where)
    faster = abs(own) > abs(group)
    return text(
        fi=f", {'nopeammin' if faster else 'hitaammin'} kuin {where['fi']}",
        sv=f", {'snabbare' if faster else 'långsammare'} än {where['sv']}",
        en=f", {'faster' if faster else 'more slowly'} than {where['en']}",
    )


def _although(story: Story, where: Text, *, grew: bool) -> Text:
    usual = "" if story.lone_peer else " usually"
    where_en = where["en"] if story.lone_peer else "among the peers"
    return text(
        fi=f", vaikka {where['fi']} väki {'lisääntyi' if grew else 'väheni'}",
        sv=f", medan den {'ökade' if grew else 'minskade'} {where['sv']}",
        en=f", while it{usual} {'grew' if grew else 'fell'} {where_en}",
    )


def _same_pace(story: Story, where: Text) -> Text:
    where_en = where["en"] if story.lone_peer else "is usual among the peers"
    return text(
        fi=f", samaa tahtia kuin {where['fi']}",
        sv=f", i samma takt som {where['sv']}",
        en=f", at the same pace as {where_en}",
    )


def count_now(story: Story) -> Finding | None:
    """Write the latest count and its change over about five years."""
    move = recent(story, change_pct)
    if move is None:
        return None
    latest, last, change = story.comparison.own[move.last], move.last, since_then(move)
    brackets = beside(
        story, move.peers, move.country, lambda value, lang: signed_percent(value, 1, lang)
    )
    now = {language: number(latest, 0, language) for language in LANGUAGES}
    sentence = text(
        fi=f"Väkiluku oli vuoden {last} lopussa {now['fi']}; {change['fi']}{brackets['fi']}.",
        sv=f"Folkmängden uppgick till {now['sv']} i slutet av {last}; {change['sv']}{brackets['sv']}.",
        en=f"The population was {now['en']} at the end of {last}; {change['en']}{brackets['en']}.",
    )
    return Finding("count_now", sentence, {**move.figures, "count": latest})
