"""What the sentences say alike: the comparison in brackets and the words of the group."""

from collections.abc import Callable

from analysis.wording.findings.story import Story
from analysis.wording.names import Name
from uso.ground.lib.texts import LANGUAGES, Text, text

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
            fi="vertailukunnissa keskimäärin",
            sv="i jämförelsekommunerna i genomsnitt",
            en="the average of the peers",
        )
    return text(
        fi="vertailukunnissa yleensä",
        sv="i jämförelsekommunerna i allmänhet",
        en="is usual among the peers",
    )


def direction(change: float, decimals: int = 1) -> int:
    """Tell the sign a change shows when written: 0 where it rounds to zero."""
    return 0 if abs(change) < 0.5 * 10**-decimals else 1 if change > 0 else -1
