"""The rule on figures that go up and down in a small municipality: the mean of the last years."""

from analysis.wording.findings.phrases import (
    bare,
    beside,
    compared,
    filled,
    signed_bare,
    subject,
    written,
)
from analysis.wording.findings.rise_or_fall import changed, compared_changes, direction_of
from analysis.wording.findings.story import Finding, Story
from uso.ground.lib.numerals import number, span
from uso.ground.lib.texts import LANGUAGES, Text, text


def mean_of_years(story: Story) -> Finding | None:
    """Write the mean of the last years where it is read in place of the latest figure."""
    mean = story.mean
    if mean is None:
        return None
    is_change = direction_of(story, mean.own) != 0
    head = _changed(story, mean.own) if is_change else _level(story, mean.own)
    years = span(mean.first, mean.last)
    when = text(
        fi=f" vuosina {years} keskimäärin",
        sv=f" i genomsnitt {years}",
        en=f" on average in {years}",
    )
    counted = bool(story.measure.words.told)
    tail = (
        compared_changes(story, mean.own, mean.group)
        if is_change
        else compared(story, mean.own, mean.group, counted=counted)
    )
    write = signed_bare(story.measure) if is_change else bare(story.measure)
    brackets = beside(story, mean.group, mean.country, write, named=mean.group is not None)
    sentence = {
        key: head[key] + when[key] + tail[key] + brackets[key] + _VARIES[is_change][key] + "."
        for key in LANGUAGES
    }
    figures = {"last": mean.last, "own": mean.own, "peers": mean.group, "country": mean.country}
    return Finding("mean_of_years", sentence, figures)


#: By whether the figure is a change, which varies by its nature.
_VARIES: dict[bool, Text] = {
    True: text(fi="", sv="", en=""),
    False: text(
        fi="; luku vaihtelee vuodesta toiseen",
        sv="; siffran varierar från år till år",
        en="; the figure varies from year to year",
    ),
}


def _changed(story: Story, mean: float) -> Text:
    head = changed(story, mean)
    return text(fi=f"{head['fi']} vuodessa", sv=f"{head['sv']} per år", en=f"{head['en']} a year")


def _level(story: Story, mean: float) -> Text:
    measure = story.measure
    value = {key: written(mean, measure, key) for key in LANGUAGES}
    if measure.words.told:
        figure = {key: number(mean, measure.decimals, key) for key in LANGUAGES}
        return filled(measure.words.told, story, number=figure, value=value)
    what = subject(story)
    return text(
        fi=f"{what['fi']} oli {value['fi']}",
        sv=f"{what['sv']} var {value['sv']}",
        en=f"{what['en']} was {value['en']}",
    )
