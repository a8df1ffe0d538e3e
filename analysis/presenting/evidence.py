"""What a sentence stands on: the rule that wrote it, in words, and the figures it took."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.content import Json
from analysis.numerals import number
from analysis.presenting.words import COUNTRY, own_name, sentence
from analysis.texts import Text, capital, text

_OVER_ALL_YEARS = text(
    fi="Muutos ensimmäisestä vuodesta viimeiseen. Vertailukunnista on otettu kunkin oma muutos ja"
    " niiden mediaani.",
    sv="Förändringen från det första året till det sista. Av jämförelsekommunerna har tagits varje"
    " kommuns egen förändring och medianen av dem.",
    en="Change from the first year to the last. Of the peers it takes each one's own change and the"
    " median of these.",
)
_LATELY = text(
    fi="Uusin luku ja sen muutos vuodesta, joka on lähinnä viiden vuoden takaista.",
    sv="Den senaste siffran och förändringen från det år som är närmast fem år tidigare.",
    en="The latest figure and its change from the year nearest to five years before.",
)
_LEVEL = text(
    fi="Uusin luku vertailukuntien saman vuoden mediaanin ja koko maan rinnalla.",
    sv="Den senaste siffran bredvid jämförelsekommunernas median och hela landet samma år.",
    en="The latest figure beside the median of the peers and the whole country of the same year.",
)
RULES: Mapping[str, Text] = {
    "count_over_span": _OVER_ALL_YEARS,
    "number_over_span": _OVER_ALL_YEARS,
    "share_change": _OVER_ALL_YEARS,
    "ratio_change": _OVER_ALL_YEARS,
    "level_change": _OVER_ALL_YEARS,
    "count_now": _LATELY,
    "number_now": _LATELY,
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
        fi="Alle 10 000 asukkaan kunnassa luku, joka kuuden viime vuoden aikana on liikkunut edestakaisin,"
        " kerrotaan myös kolmen viime vuoden keskiarvona. Vertailukuntien mediaani on niiden omista"
        " keskiarvoista.",
        sv="I en kommun med under 10 000 invånare berättas en siffra som under de sex senaste åren har"
        " rört sig fram och tillbaka också som medeltal för tre år. Jämförelsekommunernas median är av"
        " deras egna medeltal.",
        en="In a municipality of fewer than 10,000 residents a figure that has gone up and down during the"
        " last six years is also told as the mean of the last three. The peer median is of their own means.",
    ),
    "standing": text(
        fi="Niiden vertailukuntien määrä, joiden luku on kirjoitettuna suurempi, pienempi tai sama.",
        sv="Antalet jämförelsekommuner vars siffra, så som den skrivs, är större, mindre eller"
        " densamma.",
        en="How many peers have a figure that is, as written, higher, lower or the same.",
    ),
    "superseded": text(
        fi="Vanhentuneesta ennusteesta ei tehdä päätelmiä.",
        sv="Av en föråldrad prognos dras inga slutsatser.",
        en="Nothing is concluded from a superseded projection.",
    ),
}
_LABELS: Mapping[str, Text] = {
    "first": text(fi="Ensimmäinen vuosi", sv="Första året", en="First year"),
    "last": text(fi="Viimeinen vuosi", sv="Sista året", en="Last year"),
    "count": text(fi="Uusin luku", sv="Senaste siffran", en="Latest figure"),
    "total": text(fi="Yhteensä", sv="Sammanlagt", en="In all"),
    "higher": text(fi="Ylempänä", sv="Högre", en="Higher"),
    "lower": text(fi="Alempana", sv="Lägre", en="Lower"),
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


def told(content: Json, finding: Json, language: str) -> Sentence:
    """Write a finding with what it stands on."""
    return Sentence(
        text=sentence(finding, language),
        basis=RULES[finding["rule"]][language] if finding["rule"] in RULES else "",
        figures=tuple(
            (_label(content, key, language), _written(key, value, language))
            for key, value in finding["figures"].items()
            if value is not None
        ),
    )


def _label(content: Json, key: str, language: str) -> str:
    labels = {
        "own": own_name(content, language),
        "peers": capital(content["peers_label"][language]),
        "country": COUNTRY[language],
    }
    return labels[key] if key in labels else _LABELS[key][language]


def _written(key: str, value: float, language: str) -> str:
    """Write a figure with more digits than the sentence, so that its rounding can be checked."""
    if key in _YEARS:
        return str(int(value))
    decimals = 0 if abs(value - round(value)) < _WHOLE else 2
    return number(value, decimals, language)
