"""What the sentences say alike: the comparison in brackets and the words of the group."""

from collections.abc import Callable, Mapping

from analysis.engine.measures import Measure
from analysis.wording.findings.story import Story
from analysis.wording.names import Name
from analysis.wording.units import spoken, spoken_change
from uso.ground.lib.numerals import number, percent, points, rounded, signed, signed_percent
from uso.ground.lib.texts import LANGUAGES, Text, capital, small, text

Write = Callable[[float, str], str]

# Differences from the median smaller than this are called the same: per cent of a count,
# percentage points of a share.
SAME = {"count": 0.5, "share": 0.5}


def beside(
    story: Story, group: float | None, country: float | None, write: Write, *, named: bool = False
) -> Text:
    """Write the comparison in brackets, or nothing when there is nothing to compare with.

    `named` tells that the sentence has just named the group, so that the bracket need not.
    """
    labels = _named_labels(story) if named else peers_label(story.peers, story.weighted)
    return {
        language: _bracket(labels[language], group, country, write, language)
        for language in LANGUAGES
    }


def _named_labels(story: Story) -> Text:
    if story.lone_peer:
        return text(fi="", sv="", en="")
    if story.weighted:
        return text(fi="painotettu keskiarvo", sv="vägt medelvärde", en="weighted mean")
    return text(fi="mediaani", sv="median", en="median")


def _bracket(
    label: str, group: float | None, country: float | None, write: Write, language: str
) -> str:
    parts = []
    if group is not None:
        parts.append(f"{label} {write(group, language)}".lstrip())
    if country is not None:
        parts.append(f"{COUNTRY_LABEL_INSIDE[language]} {write(country, language)}")
    return f" ({', '.join(parts)})" if parts else ""


COUNTRY_LABEL_INSIDE = text(fi="koko maa", sv="hela landet", en="whole country")
_MEDIAN = text(fi="vertailukuntien mediaani", sv="jämförelsekommunernas median", en="peer median")
_MEAN = text(
    fi="vertailukuntien painotettu keskiarvo",
    sv="jämförelsekommunernas vägda medelvärde",
    en="weighted mean of the peers",
)


def peers_label(peers: tuple[Name, ...], weighted: bool) -> Text:
    """Name the group's figure: its median, its weighted mean, or the only peer by its name."""
    if len(peers) == 1:
        return {language: peers[0].nominative(language) for language in LANGUAGES}
    return _MEAN if weighted else _MEDIAN


def in_peers(story: Story) -> Text:
    """Say where the usual figure is found: among the peers, or in the only one."""
    if lone := story.lone_peer:
        return {language: lone.locative(language) for language in LANGUAGES}
    if story.weighted:
        return text(
            fi="vertailukunnissa kokonaisuutena",
            sv="i jämförelsekommunerna som helhet",
            en="in the peers as a whole",
        )
    return text(
        fi="vertailukunnissa yleensä",
        sv="i jämförelsekommunerna i allmänhet",
        en="is usual among the peers",
    )


def direction(change: float, decimals: int = 1) -> int:
    """Return the sign a change shows when written: 0 where it rounds to zero."""
    return 0 if abs(change) < 0.5 * 10**-decimals else 1 if change > 0 else -1


def subject(story: Story) -> Text:
    """Begin a sentence: whose figure it is, in the measure's own words or by its name."""
    own = story.measure.words.subject
    return filled(own, story) if own else _plain_subject(story)


def short_subject(story: Story) -> Text:
    """Begin a later sentence, which need not say again whose figure it is."""
    own = story.measure.words.subject
    if not own:
        return story.measure.name
    bare = {key: own[key].format(whose="", where="", origin="") for key in LANGUAGES}
    return {key: capital(" ".join(bare[key].split())) for key in LANGUAGES}


def _plain_subject(story: Story) -> Text:
    name, us = story.measure.name, story.name
    return text(
        fi=f"{us.genitive('fi')} {small(name['fi'])}",
        sv=f"{name['sv']} {us.locative('sv')}",
        en=f"{name['en']} {us.locative('en')}",
    )


def filled(pattern: Text, story: Story, **more: Mapping[str, str]) -> Text:
    """Put the forms of our name, and more words by language, into a pattern."""
    us = story.name
    return {
        key: capital(
            pattern[key].format(
                whose=us.genitive(key),
                where=us.locative(key),
                origin=us.origin(key),
                **{name: words[key] for name, words in more.items()},
            )
        )
        for key in LANGUAGES
    }


def compared(story: Story, own: float, group: float | None, *, counted: bool = False) -> Text:
    """Say whether our figure is larger than usual: of what is counted, whether there is more."""
    if group is None:
        return text(fi="", sv="", en="")
    where = in_peers(story)
    if is_level(story.measure, own, group):
        return text(
            fi=f", samaa tasoa kuin {where['fi']}",
            sv=f", på samma nivå som {where['sv']}",
            en=f", about the same as {where['en']}",
        )
    fi, sv, en = _MORE[counted] if own > group else _LESS[counted]
    return text(
        fi=f", {fi} kuin {where['fi']}",
        sv=f", {sv} än {where['sv']}",
        en=f", {en} than {where['en']}",
    )


#: By whether it is said of what is counted.
_MORE = {True: ("enemmän", "fler", "more"), False: ("suurempi", "högre", "higher")}
_LESS = {True: ("vähemmän", "färre", "fewer"), False: ("pienempi", "lägre", "lower")}


def is_level(measure: Measure, own: float, group: float) -> bool:
    """Say whether two figures differ by no more than the rounding of their source.

    Two rounded figures may be one step apart and come from the same one; of an exact figure any
    difference that is written counts.
    """
    apart = abs(rounded(own, measure.decimals) - rounded(group, measure.decimals))
    return (
        apart == 0 if measure.exact else apart <= rounded(10**-measure.decimals, measure.decimals)
    )


def _per_cent(measure: Measure) -> bool:
    return measure.unit["en"] == "%"


def written(value: float, measure: Measure, language: str) -> str:
    """Write a figure with its unit written out."""
    if _per_cent(measure):
        return percent(value, measure.decimals, language)
    return _with(
        number(value, measure.decimals, language), spoken(measure.unit[language], language)
    )


def written_change(value: float, measure: Measure, language: str) -> str:
    """Write the size of a change with its unit; of shares in percentage points."""
    if _per_cent(measure):
        return points(value, measure.decimals, language)
    figure = number(value, measure.decimals, language)
    return _with(figure, spoken_change(measure.unit, language))


def _with(figure: str, unit: str) -> str:
    return f"{figure}\N{NO-BREAK SPACE}{unit}" if unit else figure


def bare(measure: Measure) -> Write:
    """Write figures that stand beside one with its unit."""
    if _per_cent(measure):
        return lambda value, language: percent(value, measure.decimals, language)
    return lambda value, language: number(value, measure.decimals, language)


def bare_change(measure: Measure) -> Write:
    """Write changes that stand beside one with its unit."""
    return lambda value, language: signed(value, measure.decimals, language)


def signed_bare(measure: Measure) -> Write:
    """Write figures that are themselves changes, beside one that is told in words."""
    if _per_cent(measure):
        return lambda value, language: signed_percent(value, measure.decimals, language)
    return bare_change(measure)
