"""Small materials with figures that can be computed by hand."""

from datetime import date

from msgspec.structs import replace

from analysis.content.compose import compose
from analysis.content.edition import Area, Edition, EditionContent, EditionMeasure
from analysis.engine.compare import COUNTRY, Material, Origin
from analysis.wording.names import Name

KANNUS = Name("Kannus", "Kannus", "Kannus", "Kannuksen", "Kannuksessa")
PORVOO = Name("Porvoo", "Borgå", "Porvoo", "Porvoon", "Porvoossa")
MYNAMAKI = Name("Mynämäki", "Virmo", "Mynämäki", "Mynämäen", "Mynämäen kunnassa")
HEINOLA = Name("Heinola", "Heinola", "Heinola", "Heinolan", "Heinolassa")
NAMES = {"217": KANNUS, "638": PORVOO, "503": MYNAMAKI, "111": HEINOLA}
PEOPLE = {"217": 5264, "638": 800, "503": 1200, "111": 18000}

EDITION = Edition(season=8, years="2025–2026", number=1, made_on=date(2026, 11, 22))
ORIGIN = Origin(
    {"fi": "Tilastokeskus", "sv": "Statistikcentralen", "en": "Statistics Finland"},
    "11re",
    "CC BY 4.0",
    1,
    date(2026, 11, 21),
)

# Kannus: population and shares as published; peers and country made up to be reckoned with.
POPULATION = {
    "217": {2000: 6106, 2015: 5590, 2016: 5578, 2017: 5520, 2018: 5502, 2019: 5464, 2020: 5426,
            2021: 5390, 2022: 5352, 2024: 5264},
    "638": {2000: 1000, 2015: 1000, 2016: 1000, 2017: 1000, 2018: 1000, 2019: 1000, 2020: 1000,
            2021: 1000, 2022: 1000, 2024: 800},
    "503": {2000: 2000, 2015: 2000, 2016: 2000, 2017: 2000, 2018: 2000, 2019: 2000, 2020: 2000,
            2021: 2000, 2022: 2000, 2024: 1200},
    COUNTRY: {2000: 100, 2015: 105, 2016: 105, 2017: 105, 2018: 105, 2019: 105, 2020: 105,
              2021: 106, 2022: 107, 2024: 110},
}  # fmt: skip
OVER_64 = {
    "217": {2006: 16.8, 2018: 22.9, 2021: 25.1, 2024: 26.9},
    "638": {2006: 20.0, 2018: 26.0, 2021: 28.0, 2024: 30.0},
    "503": {2006: 22.0, 2018: 28.0, 2021: 30.0, 2024: 34.0},
    COUNTRY: {2021: 23.1, 2024: 23.6},
}
UNDER_15 = {
    "217": {2006: 20.3, 2018: 18.7, 2021: 18.0, 2024: 17.4},
    "638": {2006: 18.0, 2018: 17.0, 2021: 16.0, 2024: 15.0},
    "503": {2006: 17.0, 2018: 16.0, 2021: 15.0, 2024: 14.0},
    COUNTRY: {2021: 15.4, 2024: 14.6},
}
BIRTHS = {
    "217": {2015: -5, 2016: 4, 2017: 12, 2018: 14, 2019: -5, 2020: -11},
    "638": {2016: -1, 2017: -1, 2018: -1, 2019: -1, 2020: -1},
    "503": {2016: -6, 2017: -6, 2018: -6, 2019: -6, 2020: -6},
    COUNTRY: {2016: 0, 2017: 0, 2018: 0, 2019: 0, 2020: 0},
}
MOVES = {
    "217": {2015: -57, 2016: -37, 2017: -65, 2018: -34, 2019: -48, 2020: -34},
    "638": {2016: 5, 2017: 5, 2018: 5, 2019: 5, 2020: 5},
    "503": {2016: -20, 2017: -20, 2018: -20, 2019: -20, 2020: -20},
    COUNTRY: {2020: 0},
}


def working_age(code: str) -> dict[int, float]:
    return {year: round(100 - UNDER_15[code][year] - old, 1) for year, old in OVER_64[code].items()}


def material(**changes: object) -> Material:
    values = {
        "population": POPULATION,
        "share_under_15": UNDER_15,
        "share_15_64": {code: working_age(code) for code in OVER_64},
        "share_65_plus": OVER_64,
        "natural_increase": BIRTHS,
        "net_migration_domestic": MOVES,
        **changes,
    }
    missing = {"population": {"217": {2023: "not_collected"}}}
    return Material(values, missing, dict.fromkeys(values, (ORIGIN,)))


def area(code: str) -> Area:
    return Area(code, NAMES[code], PEOPLE[code])


def content(
    *, peers: tuple[str, ...] = ("638", "503"), of: str = "217", **changes: object
) -> EditionContent:
    return compose(
        area=area(of),
        peers=[area(code) for code in peers],
        reason="Naapureita <b>ja</b> verrokkeja",
        edition=EDITION,
        material=material(**changes),
    )


def measure(made: EditionContent, key: str) -> EditionMeasure:
    return {each.key: each for each in made.measures}[key]


def changed(made: EditionContent, key: str, **changes: object) -> EditionContent:
    """The same content with a measure that is otherwise; without changes it is left out."""

    def measures(group):
        for each in group.measures:
            if each.key != key:
                yield each
            elif changes:
                yield replace(each, **changes)

    groups = (replace(group, measures=tuple(measures(group))) for group in made.groups)
    return replace(made, groups=tuple(groups))


def sentences(made: EditionContent, key: str, language: str = "fi") -> dict[str, str]:
    return {found.rule: found.text[language] for found in measure(made, key).findings}
