"""The indicators that come with the service, and the sources they are read from.

Coordinators may add and retire indicators in the database; these rows are added where they are missing and
are otherwise left as they are.

References
----------
Statistics Finland: 11re (population structure), 142h (Municipal key figures); codes of contents as in the
edition of 2022, retrieved on 21 November 2026.
"""

from typing import Any

from analysis.enums import Direction, IndicatorGroup, MergeRule
from analysis.models import Indicator, Source

PXWEB = "pxweb"

SOURCES: list[dict[str, Any]] = [
    {
        "code": PXWEB,
        "name_fi": "Tilastokeskuksen tietokannat",
        "name_sv": "Statistikcentralens databaser",
        "name_en": "Databases of Statistics Finland",
        "publisher_fi": "Tilastokeskus",
        "publisher_sv": "Statistikcentralen",
        "publisher_en": "Statistics Finland",
        "url": "https://pxdata.stat.fi/",
        "licence": "CC BY 4.0",
    },
    {
        "code": "sotkanet",
        "name_fi": "Sotkanet",
        "name_sv": "Sotkanet",
        "name_en": "Sotkanet",
        "publisher_fi": "Terveyden ja hyvinvoinnin laitos",
        "publisher_sv": "Institutet för hälsa och välfärd",
        "publisher_en": "Finnish Institute for Health and Welfare",
        "url": "https://sotkanet.fi/",
        "licence": "CC BY 4.0",
    },
]

_PERSONS = {"unit_fi": "henkilöä", "unit_sv": "personer", "unit_en": "persons"}
_PER_CENT = {"unit_fi": "%", "unit_sv": "%", "unit_en": "%", "decimals": 1}
_POPULATION = {"group": IndicatorGroup.POPULATION}
_KEY_FIGURES = {"table": "Kuntien_avainluvut/uusin/142h", **_POPULATION}
_SUMMED = {"merge_rule": MergeRule.SUM}
_DIVISION = {
    "comparability_fi": "Osuus puuttuu vuosilta ennen kuntaliitosta.",
    "comparability_sv": "Andelen saknas för åren före en kommunsammanslagning.",
    "comparability_en": "The share is missing for the years before a merger.",
}

INDICATORS: list[dict[str, Any]] = [
    {
        "code": "population",
        "table": "StatFin/vaerak/11re",
        "content_code": "vaesto",
        "name_fi": "Väkiluku",
        "name_sv": "Folkmängd",
        "name_en": "Population",
        "definition_fi": "Kunnassa vakinaisesti asuva väestö vuoden viimeisenä päivänä.",
        "definition_sv": "Den i kommunen stadigvarande bosatta befolkningen årets sista dag.",
        "definition_en": "People permanently resident in the municipality on the last day of the year.",
        **_POPULATION,
        **_PERSONS,
        **_SUMMED,
    },
    {
        "code": "share_under_15",
        "content_code": "M391",
        "name_fi": "Alle 15-vuotiaiden osuus",
        "name_sv": "Andel personer under 15 år",
        "name_en": "Share of people under 15",
        "definition_fi": "Alle 15-vuotiaiden osuus väestöstä vuoden lopussa.",
        "definition_sv": "Andelen personer under 15 år av befolkningen vid årets slut.",
        "definition_en": "People under 15 as a share of the population at the end of the year.",
        **_KEY_FIGURES,
        **_PER_CENT,
        **_DIVISION,
    },
    {
        "code": "share_15_64",
        "content_code": "M421",
        "name_fi": "15–64-vuotiaiden osuus",
        "name_sv": "Andel personer i åldern 15–64 år",
        "name_en": "Share of people aged 15–64",
        "definition_fi": "15–64-vuotiaiden osuus väestöstä vuoden lopussa.",
        "definition_sv": "Andelen personer i åldern 15–64 år av befolkningen vid årets slut.",
        "definition_en": "People aged 15–64 as a share of the population at the end of the year.",
        **_KEY_FIGURES,
        **_PER_CENT,
        **_DIVISION,
    },
    {
        "code": "share_65_plus",
        "content_code": "M478",
        "name_fi": "65 vuotta täyttäneiden osuus",
        "name_sv": "Andel personer som fyllt 65 år",
        "name_en": "Share of people aged 65 or over",
        "definition_fi": "65 vuotta täyttäneiden osuus väestöstä vuoden lopussa.",
        "definition_sv": "Andelen personer som fyllt 65 år av befolkningen vid årets slut.",
        "definition_en": "People aged 65 or over as a share of the population at the end of the year.",
        **_KEY_FIGURES,
        **_PER_CENT,
        **_DIVISION,
    },
    {
        "code": "natural_increase",
        "content_code": "M303",
        "direction": Direction.UP,
        "name_fi": "Syntyneiden enemmyys",
        "name_sv": "Födelseöverskott",
        "name_en": "Natural increase",
        "definition_fi": "Elävänä syntyneiden ja kuolleiden erotus vuoden aikana.",
        "definition_sv": "Skillnaden mellan levande födda och döda under året.",
        "definition_en": "Live births less deaths during the year.",
        **_KEY_FIGURES,
        **_PERSONS,
        **_SUMMED,
    },
    {
        "code": "net_migration_domestic",
        "content_code": "M297",
        "direction": Direction.UP,
        "name_fi": "Kuntien välinen nettomuutto",
        "name_sv": "Nettoflyttning mellan kommuner",
        "name_en": "Net migration between municipalities",
        "definition_fi": "Muista Suomen kunnista muuttaneet, joista on vähennetty muihin kuntiin muuttaneet.",
        "definition_sv": "Inflyttade från andra kommuner i Finland minus utflyttade till andra kommuner.",
        "definition_en": "People who moved in from other Finnish municipalities less those who moved out to them.",
        **_KEY_FIGURES,
        **_PERSONS,
        **_SUMMED,
    },
    {
        "code": "in_migration_domestic",
        "content_code": "M274",
        "name_fi": "Kuntien välinen tulomuutto",
        "name_sv": "Inflyttning från andra kommuner",
        "name_en": "In-migration from other municipalities",
        "definition_fi": "Muista Suomen kunnista vuoden aikana muuttaneet.",
        "definition_sv": "Inflyttade från andra kommuner i Finland under året.",
        "definition_en": "People who moved in from other Finnish municipalities during the year.",
        **_KEY_FIGURES,
        **_PERSONS,
    },
    {
        "code": "out_migration_domestic",
        "content_code": "M267",
        "name_fi": "Kuntien välinen lähtömuutto",
        "name_sv": "Utflyttning till andra kommuner",
        "name_en": "Out-migration to other municipalities",
        "definition_fi": "Muihin Suomen kuntiin vuoden aikana muuttaneet.",
        "definition_sv": "Utflyttade till andra kommuner i Finland under året.",
        "definition_en": "People who moved out to other Finnish municipalities during the year.",
        **_KEY_FIGURES,
        **_PERSONS,
    },
    {
        "code": "net_immigration_per_1000",
        "content_code": "M298",
        "direction": Direction.UP,
        "name_fi": "Nettomaahanmuutto",
        "name_sv": "Nettoinvandring",
        "name_en": "Net immigration",
        "definition_fi": "Maahan- ja maastamuuton erotus vuoden aikana tuhatta keskiväkiluvun asukasta kohti.",
        "definition_sv": "Skillnaden mellan in- och utvandring under året per tusen invånare av medelfolkmängden.",
        "definition_en": "Immigration less emigration during the year per thousand of the mean population.",
        "unit_fi": "‰",
        "unit_sv": "‰",
        "unit_en": "‰",
        "decimals": 1,
        **_KEY_FIGURES,
    },
    {
        "code": "share_foreign_citizens",
        "content_code": "M410",
        "name_fi": "Ulkomaan kansalaisten osuus",
        "name_sv": "Andel utländska medborgare",
        "name_en": "Share of foreign citizens",
        "definition_fi": "Ulkomaan kansalaisten osuus väestöstä vuoden lopussa.",
        "definition_sv": "Andelen utländska medborgare av befolkningen vid årets slut.",
        "definition_en": "Foreign citizens as a share of the population at the end of the year.",
        **_KEY_FIGURES,
        **_PER_CENT,
        **_DIVISION,
    },
]


def load_catalogue() -> None:
    """Add the sources and indicators that are not in the database yet."""
    Source.objects.bulk_create((Source(**row) for row in SOURCES), ignore_conflicts=True)
    sources = dict(Source.objects.values_list("code", "pk"))
    Indicator.objects.bulk_create(
        (
            Indicator(source_id=sources[PXWEB], position=at, **row)
            for at, row in enumerate(INDICATORS, start=1)
        ),
        ignore_conflicts=True,
    )
