"""Rules on figures that are themselves changes: a fall is told as a fall and never as a small number."""

from analysis.wording.findings.general import level_now
from analysis.wording.findings.phrases import (
    beside,
    direction,
    filled,
    in_peers,
    is_level,
    signed_bare,
)
from analysis.wording.findings.phrases import written as in_words
from analysis.wording.findings.story import Finding, Story
from analysis.wording.year_phrases import in_year
from uso.ground.lib.numerals import number
from uso.ground.lib.texts import LANGUAGES, Text, text


def change_now(story: Story) -> Finding | None:
    """Write the latest change as a rise or a fall; one that is written as zero by its figure."""
    comparison, measure = story.comparison, story.measure
    last = comparison.latest
    if last is None or direction_of(story, comparison.own[last]) == 0:
        return level_now(story)
    own, group = comparison.own[last], comparison.group_in(last)
    country = comparison.country.get(last)
    head, tail = changed(story, own), compared_changes(story, own, group)
    when = _NO_WHEN if measure.outlook else in_year(last, measure.month)
    brackets = beside(story, group, country, signed_bare(measure), named=group is not None)
    sentence = {
        key: f"{head[key]} {when[key]}".rstrip() + tail[key] + brackets[key] + "."
        for key in LANGUAGES
    }
    figures = {"last": last, "own": own, "peers": group, "country": country}
    return Finding("level_now", sentence, figures)


#: A projection says its years itself.
_NO_WHEN = text(fi="", sv="", en="")


def direction_of(story: Story, change: float) -> int:
    """Return the sign of a figure that is a change: 0 where it is written as zero, or is no change."""
    return direction(change, story.measure.decimals) if story.measure.is_change else 0


def changed(story: Story, change: float) -> Text:
    """Write a change by its size: that something rises or falls is in the words."""
    measure = story.measure
    pattern = measure.words.rises if change > 0 else measure.words.falls
    return filled(
        pattern,
        story,
        number={key: number(abs(change), measure.decimals, key) for key in LANGUAGES},
        value={key: in_words(abs(change), measure, key) for key in LANGUAGES},
    )


def compared_changes(story: Story, own: float, group: float | None) -> Text:
    """Say whether the others change by more or less, or the other way."""
    if group is None:
        return text(fi="", sv="", en="")
    where = in_peers(story)
    if direction_of(story, own) == -direction_of(story, group):
        return _unlike(story, where)
    if is_level(story.measure, abs(own), abs(group)):
        return text(
            fi=f", saman verran kuin {where['fi']}",
            sv=f", lika mycket som {where['sv']}",
            en=f", as much as {where['en']}",
        )
    more = abs(own) > abs(group)
    return text(
        fi=f", {'enemmän' if more else 'vähemmän'} kuin {where['fi']}",
        sv=f", {'mer' if more else 'mindre'} än {where['sv']}",
        en=f", {'more' if more else 'less'} than {where['en']}",
    )


def _unlike(story: Story, where: Text) -> Text:
    en = where["en"] if story.lone_peer or story.weighted else f"what {where['en']}"
    return text(
        fi=f", toisin kuin {where['fi']}",
        sv=f", till skillnad från {where['sv'].removeprefix('i ')}",
        en=f", unlike {en}",
    )
