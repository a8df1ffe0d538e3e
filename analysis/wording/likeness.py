"""The likeness of two municipalities in words, in Finnish, Swedish and English: pure.

The words are here rather than in the catalogues of the interface because an edition keeps all
three languages at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.engine.similarity import FIGURES, REGION, Landscape, Likeness, Weights
from uso.ground.lib.numerals import number, percent, signed_percent, span
from uso.ground.lib.texts import LANGUAGES, Text, capital, small, text

#: Differences in spreads up to which a factor is called alike, and fairly alike; above, it differs.
ALIKE, FAIRLY = 0.5, 1.0
#: Distances above this are far: twice what is called a difference.
FAR = 2.0


@dataclass(frozen=True, slots=True)
class Words:
    """What a factor is called: alone in a table, and in a sentence after the word of likeness.

    The region has no phrase: it is the same or another one, never fairly alike.
    """

    name: Text
    phrase: Text


FACTOR_WORDS: Mapping[str, Words] = {
    "size": Words(
        text(fi="Koko", sv="Storlek", en="Size"),
        text(fi="kooltaan", sv="storlek", en="size"),
    ),
    "ages": Words(
        text(fi="Ikärakenne", sv="Åldersstruktur", en="Age structure"),
        text(fi="ikärakenteeltaan", sv="åldersstruktur", en="age structure"),
    ),
    "growth": Words(
        text(fi="Väestökehitys", sv="Befolkningsutveckling", en="Population change"),
        text(fi="väestökehitykseltään", sv="befolkningsutveckling", en="population change"),
    ),
    "commuting": Words(
        text(fi="Pendelöinti", sv="Pendling", en="Commuting"),
        text(fi="pendelöinniltään", sv="pendling", en="commuting"),
    ),
    "employment": Words(
        text(fi="Työllisyys", sv="Sysselsättning", en="Employment"),
        text(fi="työllisyydeltään", sv="sysselsättning", en="employment"),
    ),
    "education": Words(
        text(fi="Koulutustaso", sv="Utbildningsnivå", en="Level of education"),
        text(fi="koulutustasoltaan", sv="utbildningsnivå", en="level of education"),
    ),
    "loans": Words(
        text(fi="Lainakanta", sv="Lånestock", en="Municipal loans"),
        text(fi="lainakannaltaan", sv="lånestock", en="municipal loans"),
    ),
    REGION: Words(text(fi="Maakunta", sv="Landskap", en="Region"), {}),
}

FIGURE_WORDS: Mapping[str, Text] = {
    "population": text(fi="väkiluku", sv="folkmängd", en="population"),
    "share_under_15": text(fi="alle 15-vuotiaat", sv="under 15 år", en="under 15"),
    "share_65_plus": text(fi="65 vuotta täyttäneet", sv="65 år fyllda", en="65 or over"),
    "population_change": text(
        fi="väkiluvun muutos", sv="förändring i folkmängden", en="change in population"
    ),
    "job_self_sufficiency": text(
        fi="työpaikkaomavaraisuus", sv="självförsörjningsgrad för arbetsplatser",
        en="job self-sufficiency",
    ),
    "share_working_in_home_municipality": text(
        fi="asuinkunnassaan työssäkäyvät", sv="arbetar i hemkommunen",
        en="working in the home municipality",
    ),
    "employment_rate": text(
        fi="työllisyysaste", sv="sysselsättningsgrad", en="employment rate"
    ),
    "education_tertiary_share": text(
        fi="korkea-asteen tutkinto", sv="examen på högre nivå", en="tertiary qualification"
    ),
    "loans_per_capita": text(
        fi="lainaa asukasta kohti", sv="lån per invånare", en="loans per resident"
    ),
}  # fmt: skip


def distance_words(distance: float | None) -> Text:
    """Say how far a municipality is as a whole.

    Parameters
    ----------
    distance
        In spreads; `None` where nothing is known.

    Examples
    --------
    >>> distance_words(0.5)["fi"], distance_words(0.51)["sv"], distance_words(1.2)["en"]
    ('hyvin samankaltainen', 'ganska lik', 'different')
    """
    if distance is None:
        return text(fi="ei voi verrata", sv="kan inte jämföras", en="cannot be compared")
    if distance <= ALIKE:
        return text(fi="hyvin samankaltainen", sv="mycket lik", en="very alike")
    if distance <= FAIRLY:
        return text(fi="melko samankaltainen", sv="ganska lik", en="fairly alike")
    if distance <= FAR:
        return text(fi="erilainen", sv="olik", en="different")
    return text(fi="hyvin erilainen", sv="mycket olik", en="very different")


def reason_words(likeness: Likeness, weights: Weights) -> Text:
    """Say in one sentence in what a municipality is alike and in what it differs.

    Parameters
    ----------
    likeness
        As measured; the factors come in their order.
    weights
        Only the factors that count are named.

    Returns
    -------
    Text
        A sentence with its full stop. What is alike (difference at most half a spread), fairly
        alike (at most one), different, of what there is no figure, and whether the region is the
        same, in this order; a part without factors is left out.

    Examples
    --------
    >>> found = Likeness("074", {"size": 0.2, "ages": 0.4, "commuting": 1.3}, 0.6, 1.0)
    >>> reason_words(found, {"size": 1, "ages": 1, "commuting": 2})["en"]
    'Alike in size and age structure; differs in commuting.'
    """
    bands: dict[str, list[str]] = {"alike": [], "fairly": [], "differs": [], "unknown": []}
    counted = {key: found for key, found in likeness.differences.items() if weights.get(key)}
    for key, difference in counted.items():
        if key != REGION:
            bands[_band(difference)].append(key)
    where = _WHERE[counted[REGION] == 0] if REGION in counted else {}
    return {language: _sentence(bands, where, language) for language in LANGUAGES}


def _band(difference: float | None) -> str:
    if difference is None:
        return "unknown"
    return "alike" if difference <= ALIKE else "fairly" if difference <= FAIRLY else "differs"


_PARTS: Mapping[str, Text] = {
    "alike": text(fi="samankaltainen {}", sv="lik i fråga om {}", en="alike in {}"),
    "fairly": text(
        fi="melko samankaltainen {}", sv="ganska lik i fråga om {}", en="fairly alike in {}"
    ),
    "differs": text(fi="eroaa {}", sv="skiljer sig i fråga om {}", en="differs in {}"),
    "unknown": text(
        fi="ei verrattu, koska luku puuttuu: {}",
        sv="inte jämförd, eftersom siffran saknas: {}",
        en="not compared, for the figure is missing: {}",
    ),
}


_WHERE: Mapping[bool, Text] = {
    True: text(fi="samassa maakunnassa", sv="i samma landskap", en="in the same region"),
    False: text(fi="eri maakunnassa", sv="i ett annat landskap", en="in another region"),
}


def _sentence(bands: Mapping[str, Sequence[str]], where: Text, language: str) -> str:
    parts = [
        _PARTS[band][language].format(_listed(_called(band, keys, language), language))
        for band, keys in bands.items()
        if keys
    ]
    if where:
        parts.append(where[language])
    whole = "; ".join(parts)
    return f"{capital(whole)}." if whole else ""


def _called(band: str, keys: Iterable[str], language: str) -> list[str]:
    if band == "unknown":  # a list after a colon: the name itself
        return [small(FACTOR_WORDS[key].name[language]) for key in keys]
    return [FACTOR_WORDS[key].phrase[language] for key in keys]


_AND = {"fi": "ja", "sv": "och", "en": "and"}


def _listed(words: Sequence[str], language: str) -> str:
    """List with the last word after "and", which none of the three puts a comma before."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {_AND[language]} {words[-1]}"


def figure_unit(key: str) -> str:
    """Return the unit of a figure of the landscape; empty for a number of people."""
    return {"population": "", "loans_per_capita": "€"}.get(key, "%")


def figure_decimals(key: str) -> int:
    """Return with how many decimals a figure of the landscape is written."""
    return 1 if figure_unit(key) == "%" else 0


def written_figure(key: str, value: float | None, language: str) -> str:
    """Write a figure of the landscape with its unit.

    Examples
    --------
    >>> written_figure("population_change", -3.66, "en"), written_figure("population", 5264, "en")
    ('−3.7%', '5,264')
    """
    if value is None:
        return "–"
    if FIGURES[key].years:
        return signed_percent(value, 1, language)
    if figure_unit(key) == "%":
        return percent(value, 1, language)
    return f"{number(value, 0, language)}\N{NO-BREAK SPACE}{figure_unit(key)}".rstrip()


def figure_heads(key: str, landscape: Landscape) -> Text:
    """Name a figure with its year or years, such as "väkiluvun muutos 2019–2024"."""
    first, last = landscape.years[key]
    return {
        language: f"{FIGURE_WORDS[key][language]} {span(first, last)}" for language in LANGUAGES
    }
