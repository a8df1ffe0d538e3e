"""What a measure is, the groups, and the measures derived here with their texts in three languages.

A measure is derived from published indicators by a pure function. Texts are here rather than in
the catalogues of the interface because a frozen analysis keeps all three languages at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.engine.arithmetic import Values, dependency_ratio, rolling_per_thousand
from analysis.engine.compare import Derive
from analysis.statistics.catalogue import Words
from analysis.statistics.enums import Direction, GroupFigure
from uso.ground.lib.texts import Text, text

# Keys of the indicator catalogue (analysis/statistics/models.py).
POPULATION = "population"
UNDER_15, WORKING_AGE, OVER_64 = "share_under_15", "share_15_64", "share_65_plus"
NATURAL_INCREASE, NET_MIGRATION = "natural_increase", "net_migration_domestic"
AGES = (UNDER_15, WORKING_AGE, OVER_64)

FLOW_YEARS = 5


@dataclass(frozen=True, slots=True)
class Group:
    """A chapter of the analysis."""

    key: str
    name: Text


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of the analysis.

    `kind` decides how it is compared: a `count` by its change and an index, a `share` (per cent),
    a `ratio` and a `level` as they are, a `rate` (per 1 000 and year) as a mean of five years; an
    `absent` one has no figures yet. `steady` is the change over about five years below which the
    trend is called stable. `who` is the phrase the findings use for what is counted. `counted` is
    the indicator whose yearly numbers are behind a rate. `general` is a measure described by the rules
    that know nothing but its name, its unit and which `direction` is better. `calendar` holds the
    years that can have a figure, empty when each can; `month` is the one its figures are of, 0 for
    the year. An `outlook` is a projection. An `exact` figure is decided and not rounded, so that any
    difference is one. `group_figure` is a `GroupFigure`: how the figure of
    chosen municipalities is formed; `weight` is the indicator of a weighted mean, empty otherwise.
    """

    key: str
    group: str
    kind: str
    needs: tuple[str, ...]
    derive: Derive
    decimals: int
    steady: float
    name: Text
    unit: Text
    axis: Text
    definition: Text
    limits: Text | None = None
    who: Text = field(default_factory=dict)
    counted: str = ""
    country_is_zero: bool = False
    general: bool = False
    direction: str = Direction.NEUTRAL
    calendar: tuple[int, ...] = ()
    outlook: bool = False
    month: int = 0
    exact: bool = False
    words: Words = field(default_factory=Words)
    influence: Text = field(default_factory=dict)
    group_figure: str = GroupFigure.MEDIAN
    weight: str = ""
    weight_name: Text = field(default_factory=dict)

    @property
    def compared(self) -> bool:
        """Whether a figure of the chosen municipalities is formed."""
        return self.group_figure != GroupFigure.PUBLISHED

    @property
    def reads(self) -> tuple[str, ...]:
        """The indicators its figures come from, the weight last."""
        return (*self.needs, self.weight) if self.weight else self.needs

    @property
    def is_change(self) -> bool:
        """Whether the figure is itself a change, told as a rise or a fall."""
        return bool(self.words.rises)

    @property
    def relative(self) -> bool:
        """Whether its change is given in per cent."""
        return self.kind == "count"


def plain(indicator: str) -> Derive:
    """Take an indicator as it is published."""
    return lambda figures: dict(figures[indicator])


def _flow(indicator: str) -> Derive:
    return lambda figures: rolling_per_thousand(figures[indicator], figures[POPULATION], FLOW_YEARS)


def _dependency(figures: Mapping[str, Values]) -> dict[int, float]:
    young, working, old = (figures[key] for key in AGES)
    ratios = {
        year: dependency_ratio(young.get(year), working.get(year), old.get(year)) for year in old
    }
    return {year: ratio for year, ratio in ratios.items() if ratio is not None}


POPULATION_GROUP = Group(
    "population",
    text(fi="Väestökehitys", sv="Befolkningsutveckling", en="Population development"),
)
GROUPS = (
    POPULATION_GROUP,
    Group(
        "finances",
        text(
            fi="Kuntatalous ja johtaminen",
            sv="Kommunal ekonomi och ledning",
            en="Municipal finances and leadership",
        ),
    ),
    Group(
        "vitality",
        text(
            fi="Elinvoima ja työllisyys",
            sv="Livskraft och sysselsättning",
            en="Vitality and employment",
        ),
    ),
    Group("environment", text(fi="Ympäristö", sv="Miljö", en="Environment")),
    Group(
        "wellbeing",
        text(
            fi="Hyvinvointi ja osallisuus",
            sv="Välfärd och delaktighet",
            en="Wellbeing and participation",
        ),
    ),
)

_PER_CENT = text(fi="% väestöstä", sv="% av invånarna", en="% of residents")
_PER_THOUSAND = text(
    fi="/ 1\xa0000 asukasta vuodessa",
    sv="/ 1\xa0000 invånare och år",
    en="per 1,000 residents a year",
)
INDEXED = text(fi="Indeksi", sv="Index", en="Index")  # the first year is added when written
_SHARE = text(fi="Osuus väestöstä, %.", sv="Andel av invånarna, %.", en="Share of residents, %.")
_FLOW = text(
    fi="Henkeä / 1 000 asukasta vuodessa, viiden vuoden keskiarvo.",
    sv="Personer / 1 000 invånare och år, medeltal för fem år.",
    en="People per 1,000 residents a year, mean of five years.",
)
_DEPENDANTS = text(
    fi="Alle 15-vuotiaat ja 65 vuotta täyttäneet sataa 15–64-vuotiasta kohden.",
    sv="Personer under 15 år och personer som fyllt 65 år per hundra 15–64-åringar.",
    en="People under 15 and people aged 65 or over per hundred people aged 15–64.",
)
_OTHER_AGES = text(
    fi="Osuudet on julkaistu yhden desimaalin tarkkuudella.",
    sv="Andelarna har publicerats med en decimal.",
    en="The shares are published to one decimal.",
)

SPECIAL: tuple[Measure, ...] = (
    Measure(
        key="population",
        group="population",
        kind="count",
        needs=(POPULATION,),
        derive=plain(POPULATION),
        decimals=0,
        steady=1.0,
        name=text(fi="Väkiluku", sv="Folkmängd", en="Population"),
        unit=text(fi="asukasta", sv="invånare", en="residents"),
        axis=INDEXED,
        definition=text(
            fi="Kunnassa vakinaisesti asuvat vuoden viimeisenä päivänä. Kaikki vuodet on laskettu"
            " vuoden 2025 kuntajaolla. Kehitystä verrataan indeksinä, jossa ensimmäinen vuosi"
            " on 100.",
            sv="Personer som var fast bosatta i kommunen årets sista dag. Alla år följer"
            " kommunindelningen 2025. Utvecklingen jämförs som index där det första året är 100.",
            en="People permanently resident on the last day of the year. All years follow the"
            " municipal division of 2025. Development is compared as an index, first year = 100.",
        ),
    ),
    Measure(
        key="under-15",
        group="population",
        kind="share",
        needs=(UNDER_15,),
        derive=plain(UNDER_15),
        decimals=1,
        steady=0.5,
        name=text(fi="Alle 15-vuotiaat", sv="Personer under 15 år", en="People under 15"),
        unit=_PER_CENT,
        axis=_SHARE,
        definition=text(
            fi="Alle 15-vuotiaiden osuus kunnan väestöstä vuoden lopussa.",
            sv="Andelen personer under 15 år av kommunens invånare i slutet av året.",
            en="People aged under 15 as a share of residents at the end of the year.",
        ),
        limits=_OTHER_AGES,
        who=text(fi="alle 15-vuotiaita", sv="under 15 år", en="under 15"),
    ),
    Measure(
        key="over-64",
        group="population",
        kind="share",
        needs=(OVER_64,),
        derive=plain(OVER_64),
        decimals=1,
        steady=0.5,
        name=text(
            fi="65 vuotta täyttäneet", sv="Personer som fyllt 65 år", en="People aged 65 or over"
        ),
        unit=_PER_CENT,
        axis=_SHARE,
        definition=text(
            fi="65 vuotta täyttäneiden osuus kunnan väestöstä vuoden lopussa.",
            sv="Andelen personer som fyllt 65 år av kommunens invånare i slutet av året.",
            en="People aged 65 or over as a share of residents at the end of the year.",
        ),
        limits=_OTHER_AGES,
        who=text(fi="65 vuotta täyttäneitä", sv="65 år eller äldre", en="aged 65 or over"),
    ),
    Measure(
        key="dependency-ratio",
        group="population",
        kind="ratio",
        needs=AGES,
        derive=_dependency,
        decimals=1,
        steady=1.0,
        name=text(
            fi="Väestöllinen huoltosuhde",
            sv="Demografisk försörjningskvot",
            en="Demographic dependency ratio",
        ),
        unit=text(
            fi="/ 100 työikäistä",
            sv="/ 100 personer i arbetsför ålder",
            en="per 100 people of working age",
        ),
        axis=_DEPENDANTS,
        definition=text(
            fi="Alle 15-vuotiaat ja 65 vuotta täyttäneet sataa 15–64-vuotiasta kohden vuoden"
            " lopussa. Laskettu julkaistuista osuuksista.",
            sv="Personer under 15 år och personer som fyllt 65 år per 100 personer i åldern 15–64"
            " år i slutet av året. Beräknad av de publicerade andelarna.",
            en="People under 15 and people aged 65 or over per 100 people aged 15–64 at the end of"
            " the year. Computed from the published shares.",
        ),
        limits=text(
            fi="Osuudet on julkaistu yhden desimaalin tarkkuudella, joten suhde voi poiketa"
            " henkilömääristä lasketusta noin 0,2.",
            sv="Andelarna har publicerats med en decimal, så kvoten kan avvika med cirka 0,2 från"
            " den som räknas av antalet personer.",
            en="The shares are published to one decimal, so the ratio may differ by about 0.2 from"
            " one computed from numbers of people.",
        ),
    ),
    Measure(
        key="natural-increase",
        group="population",
        kind="rate",
        needs=(NATURAL_INCREASE, POPULATION),
        derive=_flow(NATURAL_INCREASE),
        decimals=1,
        steady=1.0,
        name=text(
            fi="Luonnollinen väestönlisäys",
            sv="Naturlig folkökning",
            en="Natural increase",
        ),
        unit=_PER_THOUSAND,
        axis=_FLOW,
        definition=text(
            fi="Elävänä syntyneet vähennettynä kuolleilla, viiden vuoden keskiarvo tuhatta"
            " asukasta kohden. Jakajana on vuoden keskiväkiluku.",
            sv="Levande födda minus döda, medeltal för fem år per 1 000 invånare. Nämnaren är"
            " årets medelfolkmängd.",
            en="Live births less deaths, mean of five years per 1,000 residents. The denominator is"
            " the mean population of the year.",
        ),
        counted=NATURAL_INCREASE,
        direction=Direction.UP,
    ),
    Measure(
        key="net-migration",
        group="population",
        kind="rate",
        needs=(NET_MIGRATION, POPULATION),
        derive=_flow(NET_MIGRATION),
        decimals=1,
        steady=1.0,
        name=text(
            fi="Kuntien välinen nettomuutto",
            sv="Nettoflyttning mellan kommuner",
            en="Net migration between municipalities",
        ),
        unit=_PER_THOUSAND,
        axis=_FLOW,
        definition=text(
            fi="Muista kunnista muuttaneet vähennettynä muihin kuntiin muuttaneilla, viiden vuoden"
            " keskiarvo tuhatta asukasta kohden. Jakajana on vuoden keskiväkiluku.",
            sv="Inflyttade från andra kommuner minus utflyttade till andra kommuner, medeltal för"
            " fem år per 1 000 invånare. Nämnaren är årets medelfolkmängd.",
            en="Moves in from other municipalities less moves out to them, mean of five years per"
            " 1,000 residents. The denominator is the mean population of the year.",
        ),
        limits=text(
            fi="Muutto ulkomailta ja ulkomaille ei sisälly lukuun. Koko maassa kuntien välinen"
            " nettomuutto on aina nolla.",
            sv="Flyttning från och till utlandet ingår inte. För hela landet är nettoflyttningen"
            " mellan kommuner alltid noll.",
            en="Moves from and to other countries are not included. For the whole country net"
            " migration between municipalities is always zero.",
        ),
        counted=NET_MIGRATION,
        direction=Direction.UP,
        country_is_zero=True,
    ),
)
