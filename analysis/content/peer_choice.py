"""What an edition stores of the choice of peers: the group, the weights, each peer's likeness. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analysis.content.edition import (
    Area,
    ChosenGroup,
    EditionPeers,
    OwnFigure,
    Peer,
    PeerLikeness,
    WeighedFactor,
)
from analysis.engine.similarity import (
    FACTORS,
    NORMAL,
    Factor,
    Landscape,
    Likeness,
    Weights,
    likenesses,
    unknown_of,
)
from analysis.enums import PeerGroup
from analysis.wording.likeness import FACTOR_WORDS, distance_words, figure_heads, reason_words
from uso.ground.lib.numerals import number
from uso.ground.lib.texts import LANGUAGES, Text, text

NOWHERE = Landscape({}, {}, {})


@dataclass(frozen=True, slots=True)
class Choice:
    """How the peers of an edition came about.

    `rule` says of a ready group who is in it, in three languages; it is empty for an own choice.
    The landscape has the figures of all municipalities; without it there is no likeness.
    """

    group: str = PeerGroup.OWN
    rule: Text = field(default_factory=dict)
    weights: Weights = field(default_factory=lambda: NORMAL)
    landscape: Landscape = NOWHERE


GROUP_NAMES: Mapping[str, Text] = {
    PeerGroup.OWN: text(fi="Oma valinta", sv="Eget val", en="Own choice"),
    PeerGroup.REGION: text(fi="Oma maakunta", sv="Det egna landskapet", en="Own region"),
    PeerGroup.SIZE: text(fi="Oma kokoluokka", sv="Den egna storleksklassen", en="Own size class"),
    PeerGroup.NETWORK: text(
        fi="Kauden verkosto", sv="Säsongens nätverk", en="The season's network"
    ),
    PeerGroup.COUNTRY: text(
        fi="Kaikki Suomen kunnat", sv="Alla Finlands kommuner", en="Every municipality of Finland"
    ),
}


def region_rule(region_fi: str, region_sv: str) -> Text:
    """Say who is in the group of a region."""
    return text(
        fi=f"Kaikki muut saman maakunnan kunnat: {region_fi}.",
        sv=f"Alla andra kommuner i samma landskap: {region_sv}.",
        en=f"Every other municipality of the same region: {region_fi}.",
    )


def size_rule(lower: int, upper: int | None) -> Text:
    """Say who is in a size class.

    Parameters
    ----------
    lower, upper
        The smallest population of the class, and the first above it; None where it has no end.

    References
    ----------
    The classes are the season's fee tiers (seasons/data/README.md).

    Examples
    --------
    >>> size_rule(0, 9000)["en"]
    "Every other municipality of below 9,000 residents (the network's fee tier)."
    """
    limits = {language: _limits(lower, upper, language) for language in LANGUAGES}
    return text(
        fi=f"Kaikki muut kunnat, joissa on {limits['fi']} asukasta (verkoston maksuluokka).",
        sv=f"Alla andra kommuner med {limits['sv']} invånare (nätverkets avgiftsklass).",
        en=f"Every other municipality of {limits['en']} residents (the network's fee tier).",
    )


def _limits(lower: int, upper: int | None, language: str) -> str:
    """Write the limits as the network's documents print them: below, from–to, above."""
    below = {"fi": "alle", "sv": "under", "en": "below"}[language]
    above = {"fi": "yli", "sv": "över", "en": "above"}[language]
    if upper is None:
        return f"{above} {number(lower - 1, 0, language)}"
    if lower == 0:
        return f"{below} {number(upper, 0, language)}"
    return f"{number(lower, 0, language)}–{number(upper - 1, 0, language)}"


def network_rule(season: int, years: str) -> Text:
    """Say who is in the group of the season's network."""
    return text(
        fi=f"Kaikki muut kaudelle {years} (USO{season}) vahvistetut jäsenkunnat.",
        sv=f"Alla andra medlemskommuner som bekräftats för säsongen {years} (USO{season}).",
        en=f"Every other member confirmed for the season {years} (USO{season}).",
    )


def country_rule() -> Text:
    """Say who is in the group of the whole country."""
    return text(
        fi="Kaikki muut Suomen kunnat.",
        sv="Alla andra kommuner i Finland.",
        en="Every other municipality of Finland.",
    )


def edition_peers(us: str, members: Sequence[Area], choice: Choice, reason: str) -> EditionPeers:
    """Make what an edition stores of its peers.

    Parameters
    ----------
    us
        Code of our municipality.
    members
        The peers in the order printed.
    choice
        How they came about.
    reason
        Why these, in the municipality's own words.
    """
    weights = {factor.key: choice.weights.get(factor.key, factor.weight) for factor in FACTORS}
    measured = _measured(us, choice, weights)
    return EditionPeers(
        members=tuple(
            Peer(
                each.code,
                each.name,
                each.population,
                _likeness(measured.get(each.code), choice.landscape, weights),
            )
            for each in members
        ),
        reason=reason,
        group=ChosenGroup(str(choice.group), GROUP_NAMES[choice.group], choice.rule),
        factors=tuple(
            _factor(factor, us, weights[factor.key], choice.landscape)
            for factor in FACTORS
            if measured and weights[factor.key]
        ),
    )


def _measured(us: str, choice: Choice, weights: Weights) -> dict[str, Likeness]:
    if us not in choice.landscape.regions or not any(weights.values()):
        return {}
    return {each.code: each for each in likenesses(us, choice.landscape, weights)}


def _likeness(
    likeness: Likeness | None, landscape: Landscape, weights: Weights
) -> PeerLikeness | None:
    if likeness is None:
        return None
    counted = [factor for factor in FACTORS if weights[factor.key]]
    figures = [key for factor in counted for key in factor.figures if key in landscape.figures]
    return PeerLikeness(
        distance=likeness.distance,
        level=distance_words(likeness.distance),
        words=reason_words(likeness, weights),
        differences={
            factor.key: likeness.differences[factor.key]
            for factor in counted
            if factor.key in likeness.differences
        },
        figures={key: landscape.figures[key].get(likeness.code) for key in figures},
    )


def _factor(factor: Factor, us: str, weight: int, landscape: Landscape) -> WeighedFactor:
    return WeighedFactor(
        key=factor.key,
        name=FACTOR_WORDS[factor.key].name,
        weight=weight,
        known=factor.key not in unknown_of(us, landscape),
        figures=tuple(
            OwnFigure(key, figure_heads(key, landscape), landscape.figures[key].get(us))
            for key in factor.figures
            if key in landscape.figures
        ),
    )
