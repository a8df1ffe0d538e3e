"""How an analysis says with each definition how the figures beside ours are formed: pure."""

from analysis.engine.measures import Measure
from analysis.statistics.enums import GroupFigure
from uso.ground.lib.texts import LANGUAGES, Text, small, text

_GROUP: dict[str, Text] = {
    GroupFigure.MEDIAN: text(
        fi="Vertailukuntien luku on niiden mediaani",
        sv="Jämförelsekommunernas siffra är deras median",
        en="The figure of the peers is their median",
    ),
    GroupFigure.WEIGHTED_MEAN: text(
        fi="Vertailukuntien luku on niiden painotettu keskiarvo (painona {})",
        sv="Jämförelsekommunernas siffra är deras vägda medelvärde (vikt: {})",
        en="The figure of the peers is their weighted mean (weight: {})",
    ),
    GroupFigure.PUBLISHED: text(
        fi="Vertailukunnista ei muodosteta yhteistä lukua",
        sv="Av jämförelsekommunerna bildas ingen gemensam siffra",
        en="No common figure is formed of the peers",
    ),
}
# Of some series the source gives none.
_PUBLISHED = text(
    fi="julkaistu, jos lähde antaa sen",
    sv="publicerad, om källan ger den",
    en="the published one where the source gives it",
)
_SUMMED = text(
    fi="julkaistu tai kuntien summa",
    sv="publicerad eller kommunernas summa",
    en="the published one or the sum of the municipalities",
)
_DERIVED = text(
    fi="laskettu koko maan luvuista",
    sv="beräknad av hela landets siffror",
    en="reckoned from the figures of the whole country",
)


def formed(group_figure: str, weight: Text, *, relative: bool, general: bool) -> Text:
    """Say how the figures beside ours are formed.

    Parameters
    ----------
    group_figure
        A `GroupFigure`.
    weight
        Name of the indicator that weighs; empty unless a weighted mean is formed.
    relative, general
        As in `analysis.engine.measures.Measure`: they tell where the country's figure comes from.
    """
    country = _SUMMED if relative else _PUBLISHED if general else _DERIVED
    group = {
        language: _GROUP[group_figure][language].format(small(weight.get(language, "")))
        for language in LANGUAGES
    }
    return text(
        fi=f"{group['fi']}, koko maan luku on {country['fi']}.",
        sv=f"{group['sv']}, hela landets siffra är {country['sv']}.",
        en=f"{group['en']}, that of the whole country is {country['en']}.",
    )


def definition(measure: Measure) -> Text:
    """Say what a measure is, and how the figures it is set beside are formed."""
    if measure.kind == "absent":
        return measure.definition
    beside = formed(
        measure.group_figure,
        measure.weight_name,
        relative=measure.relative,
        general=measure.general,
    )
    return {
        language: f"{measure.definition[language]} {beside[language]}".strip()
        for language in LANGUAGES
    }
