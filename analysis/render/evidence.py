"""What a sentence is based on: the rule that wrote it, in words, and the figures it took."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.content.edition import EditionContent, EditionFinding, EditionMeasure
from analysis.render.chart_words import COUNTRY, own_name, peers_label, sentence
from uso.ground.lib.numerals import number
from uso.ground.lib.texts import Text, text

_OVER_ALL_YEARS = text(
    fi="Muutos ensimmäisestä vuodesta viimeiseen.",
    sv="Förändringen från det första året till det sista.",
    en="Change from the first year to the last.",
)
_RECENT_CHANGE = text(
    fi="Uusin luku ja sen muutos vuodesta, joka on lähinnä viiden vuoden takaista.",
    sv="Den senaste siffran och förändringen från det år som är närmast fem år tidigare.",
    en="The latest figure and its change from the year nearest to five years before.",
)
_LEVEL = text(
    fi="Uusin luku koko maan saman vuoden luvun rinnalla.",
    sv="Den senaste siffran bredvid hela landets siffra samma år.",
    en="The latest figure beside that of the whole country of the same year.",
)
RULES: Mapping[str, Text] = {
    "count_over_span": _OVER_ALL_YEARS,
    "number_over_span": _OVER_ALL_YEARS,
    "share_change": _OVER_ALL_YEARS,
    "ratio_change": _OVER_ALL_YEARS,
    "level_change": _OVER_ALL_YEARS,
    "count_now": _RECENT_CHANGE,
    "number_now": _RECENT_CHANGE,
    "share_level": _LEVEL,
    "ratio_level": _LEVEL,
    "level_now": _LEVEL,
    "flow_total": text(
        fi="Viiden vuoden tapahtumat yhteensä ja tuhatta asukasta kohden vuodessa; jakajana on"
        " samojen vuosien keskiväkiluku.",
        sv="Händelserna under fem år sammanlagt och per tusen invånare och år; nämnaren är"
        " medelfolkmängden samma år.",
        en="Events of five years together, and per thousand residents a year; the denominator is the"
        " mean population of the same years.",
    ),
    "flow_streak": text(
        fi="Vuodet, joina luku on ollut yhtäjaksoisesti samalla puolella nollaa.",
        sv="År då siffran utan avbrott har legat på samma sida om noll.",
        en="Years in which the figure has stayed on the same side of zero without a break.",
    ),
    "mean_of_years": text(
        fi="Alle 10 000 asukkaan kunnassa luku, joka on yhden vuoden muutos tai on kuuden viime vuoden"
        " aikana liikkunut edestakaisin, esitetään ensin kolmen viime vuoden keskiarvona.",
        sv="I en kommun med under 10 000 invånare presenteras en siffra som är ett års förändring eller"
        " under de sex senaste åren har rört sig fram och tillbaka först som medeltal för tre år.",
        en="In a municipality of fewer than 10,000 residents a figure that is the change of one year, or has"
        " gone up and down during the last six, is given first as the mean of the last three.",
    ),
    "standing": text(
        fi="Niiden vertailukuntien määrä, joiden luku on kirjoitettuna suurempi, pienempi tai sama.",
        sv="Antalet jämförelsekommuner vars siffra, så som den skrivs, är större, mindre eller"
        " densamma.",
        en="How many peers have a figure that is, as written, higher, lower or the same.",
    ),
}
# How the figure of the peers came into the sentence, by what it is (`kind` of a measure's `peers_figure`).
_OF_CHANGES: Mapping[str, Text] = {
    "median": text(
        fi="Vertailukunnista on otettu kunkin oma muutos ja niiden mediaani.",
        sv="Av jämförelsekommunerna har tagits varje kommuns egen förändring och medianen av dem.",
        en="Of the peers it takes each one's own change and the median of these.",
    ),
    "weighted": text(
        fi="Vertailukuntien muutos on niiden painotetun keskiarvon muutos.",
        sv="Jämförelsekommunernas förändring är förändringen i deras vägda medelvärde.",
        en="The change of the peers is the change of their weighted mean.",
    ),
    "one": text(
        fi="Vertailukunnan muutos on samoilta vuosilta.",
        sv="Jämförelsekommunens förändring gäller samma år.",
        en="The change of the peer is of the same years.",
    ),
}
_OF_LEVELS: Mapping[str, Text] = {
    "median": text(
        fi="Vertailukunnista on otettu saman vuoden mediaani.",
        sv="Av jämförelsekommunerna har tagits medianen för samma år.",
        en="Of the peers it takes the median of the same year.",
    ),
    "weighted": text(
        fi="Vertailukunnista on otettu saman vuoden painotettu keskiarvo.",
        sv="Av jämförelsekommunerna har tagits det vägda medelvärdet för samma år.",
        en="Of the peers it takes the weighted mean of the same year.",
    ),
    "one": text(
        fi="Vertailukunnan luku on samalta vuodelta.",
        sv="Jämförelsekommunens siffra gäller samma år.",
        en="The figure of the peer is of the same year.",
    ),
}
_OF_MEANS: Mapping[str, Text] = {
    "median": text(
        fi="Vertailukuntien mediaani on niiden omista keskiarvoista.",
        sv="Jämförelsekommunernas median är av deras egna medeltal.",
        en="The peer median is of their own means.",
    ),
    "weighted": text(
        fi="Vertailukuntien luku on niiden painotettujen keskiarvojen keskiarvo samoilta vuosilta.",
        sv="Jämförelsekommunernas siffra är medeltalet av deras vägda medelvärden samma år.",
        en="The figure of the peers is the mean of their weighted means of the same years.",
    ),
    "one": text(
        fi="Vertailukunnan luku on laskettu samoin.",
        sv="Jämförelsekommunens siffra är beräknad på samma sätt.",
        en="The figure of the peer is reckoned alike.",
    ),
}
_OF_PEERS: Mapping[str, Mapping[str, Text]] = {
    **dict.fromkeys(
        ("count_over_span", "number_over_span", "share_change", "ratio_change", "level_change"),
        _OF_CHANGES,
    ),
    **dict.fromkeys(("count_now", "number_now"), _OF_CHANGES),
    **dict.fromkeys(("share_level", "ratio_level", "level_now", "flow_total"), _OF_LEVELS),
    "mean_of_years": _OF_MEANS,
}
_LABELS: Mapping[str, Text] = {
    "first": text(fi="Ensimmäinen vuosi", sv="Första året", en="First year"),
    "last": text(fi="Viimeinen vuosi", sv="Sista året", en="Last year"),
    "count": text(fi="Uusin luku", sv="Senaste siffran", en="Latest figure"),
    "total": text(fi="Yhteensä", sv="Sammanlagt", en="In all"),
    "higher": text(fi="Suurempi", sv="Högre", en="Higher"),
    "lower": text(fi="Pienempi", sv="Lägre", en="Lower"),
    "same": text(fi="Sama luku", sv="Samma siffra", en="The same figure"),
}
_YEARS = ("first", "last")
_WHOLE = 1e-9


@dataclass(frozen=True, slots=True)
class Sentence:
    """A finding in words; `basis` is its rule in words, `figures` are labels with figures."""

    text: str
    basis: str
    figures: tuple[tuple[str, str], ...]


def sentence_of(
    content: EditionContent, measure: EditionMeasure, finding: EditionFinding, language: str
) -> Sentence:
    """Write a finding of a measure with what it is based on."""
    return Sentence(
        text=sentence(finding, language),
        basis=_basis(measure, finding, language),
        figures=tuple(
            (_label(content, measure, key, language), _written(key, value, language))
            for key, value in finding.figures.items()
            if value is not None
        ),
    )


def _basis(measure: EditionMeasure, finding: EditionFinding, language: str) -> str:
    """Say the rule and, where the peers have a figure in the sentence, how that was formed."""
    rule, peers = finding.rule, measure.peers_figure
    parts = [RULES[rule][language]] if rule in RULES else []
    if peers and finding.figures.get("peers") is not None and rule in _OF_PEERS:
        parts.append(_OF_PEERS[rule][peers.kind][language])
    return " ".join(parts)


def _label(content: EditionContent, measure: EditionMeasure, key: str, language: str) -> str:
    labels = {
        "own": own_name(content, language),
        "peers": peers_label(measure, language),
        "country": COUNTRY[language],
    }
    return labels[key] if key in labels else _LABELS[key][language]


def _written(key: str, value: float, language: str) -> str:
    """Write a figure with more digits than the sentence, so that its rounding can be checked."""
    if key in _YEARS:
        return str(int(value))
    decimals = 0 if abs(value - round(value)) < _WHOLE else 2
    return number(value, decimals, language)
