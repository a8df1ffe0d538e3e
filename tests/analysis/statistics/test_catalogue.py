"""The catalogue and the figures that come with the service: whole, sourced, and never zero for missing."""

import gzip
import json
from itertools import product

import pytest

from analysis.engine.measure_list import MEASURES
from analysis.engine.measures import GROUPS
from analysis.statistics.catalogue import catalogue_entries, catalogue_sources
from analysis.statistics.enums import Direction, IndicatorGroup, MergeRule
from analysis.statistics.sources.registry import BUNDLE_FOLDER, BUNDLED_SOURCES, COMPILED_SOURCES
from analysis.wording.caveats import years_listed
from uso.ground.lib.texts import LANGUAGES

FILES = [
    path
    for source in BUNDLED_SOURCES
    for path in sorted((BUNDLE_FOLDER / source).glob("*.json.gz"))
]
#: Each indicator of the invitation, and the measures that tell it.
INVITATION = {
    "realised population change": ["population", "population-growth-pct", "natural-increase"],
    "directions of migration": ["net-migration", "net-migration-total-per-1000"],
    "background of migration": ["migration-background"],
    "projection": ["forecast2024-change-2026-2031-pct", "forecast2024-change-2026-2040-pct"],
    "change in service need": [
        "forecast2024-age-0-6-change-2026-2040-pct",
        "forecast2024-age-7-15-change-2026-2040-pct",
        "forecast2024-age-80-plus-change-2026-2040-pct",
    ],
    "pressure calculation": ["pressure-calculation"],
    "criteria of the Municipal Act": ["municipal-act-criteria", "group-loans-per-capita"],
    "earned income": ["withheld-earned-income"],
    "EVP index": ["evp-index"],
    "jobs": ["jobs", "job-self-sufficiency"],
    "working-age people": ["working-age"],
    "labour force": ["labour-force-employment-service", "employed"],
    "enterprises and their turnover": ["enterprises", "enterprise-turnover"],
    "unemployment": ["unemployment-rate-monthly", "unemployment-rate-employment-service"],
    "commuting": ["in-commuters", "out-commuters"],
    "level of education": ["education-tertiary-share", "education-tertiary-share-18-plus"],
    "spending on holding and attracting people": ["attraction-spending"],
    "carbon dioxide emissions": ["co2-emissions"],
    "poverty": ["low-income-rate", "low-income-rate-children", "median-income-18-plus"],
    "young people at risk": ["neet-17-24-share"],
    "morbidity": ["morbidity-index"],
    "crimes": ["penal-code-offences-per-1000", "crimes-penal-code-per-1000"],
    "turnout": ["turnout-municipal-elections"],
    "HYTE coefficient": ["hyte-coefficient"],
}


@pytest.mark.parametrize("row", catalogue_entries(), ids=lambda row: row.code)
def test_row_is_complete_in_three_languages(row):
    for text, language in product((row.name, row.definition, row.unit), LANGUAGES):
        assert text[language].strip()
    assert max(len(row.name[language]) for language in LANGUAGES) <= 120
    assert len({bool(row.comparability[language]) for language in LANGUAGES}) == 1
    assert len({bool(row.influence[language]) for language in LANGUAGES}) == 1
    assert row.content_code or row.content_label
    assert row.direction in Direction.values
    assert row.merge_rule in MergeRule.values


@pytest.mark.parametrize("row", catalogue_entries(), ids=lambda row: row.code)
def test_row_has_its_source_with_publisher_and_licence(row):
    source = catalogue_sources()[row.source]

    assert source["licence"]
    assert all(source[f"{what}_{each}"] for what in ("name", "publisher") for each in LANGUAGES)


def test_each_indicator_of_the_invitation_is_named():
    keys = {measure.key for measure in MEASURES}

    assert {key for keys in INVITATION.values() for key in keys} - keys == set()
    assert [group.key for group in GROUPS] == IndicatorGroup.values
    assert {measure.group for measure in MEASURES} == set(IndicatorGroup.values)
    assert len(keys) == len(MEASURES)


def test_indicator_without_figures_names_the_source_they_will_come_from():
    absent = [measure for measure in MEASURES if measure.kind == "absent"]

    assert len(absent) == 10
    for measure in absent:
        assert measure.limits["fi"].startswith("Lukua ei vielä ole. Lähde, josta se tuodaan: ")
        assert measure.needs == ()


def document(path) -> dict:
    return json.loads(gzip.decompress(path.read_bytes()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_missing_cell_of_a_file_has_its_reason_and_is_never_zero(path):
    parsed = document(path)
    missing = {str(at) for at, value in enumerate(parsed["value"]) if value is None}

    assert set(parsed.get("status", {})) == missing
    assert set(parsed.get("status", {}).values()) <= {"n", "x", ".", "..", "..."}


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if path.parent.name in COMPILED_SOURCES],
    ids=lambda path: path.name,
)
def test_series_of_a_file_has_its_row_and_its_years(path):
    parsed = document(path)
    areas, years, series = (
        list(parsed["dimension"][key]["category"]["index"]) for key in parsed["id"]
    )
    by_content = {
        row.code: row for row in catalogue_entries() if row.bundled_table[0] == path.parent.name
    }

    assert len(areas) == 309
    for place, content in enumerate(series):
        row = by_content[content]
        assert row.bundled_table[1].endswith("/" + path.name.removesuffix(".json.gz"))
        cells = parsed["value"][place :: len(series)]
        known = {int(years[at % len(years)]) for at, value in enumerate(cells) if value is not None}
        assert row.years in (years_listed(known), ", ".join(map(str, sorted(known))))


def test_no_series_stands_in_two_files():
    contents = [
        (path.parent.name in COMPILED_SOURCES, content)
        for path in FILES
        for content in document(path)["dimension"]["contentscode"]["category"]["index"]
    ]

    assert len(set(contents)) == len(contents)
    stored = {row.code for row in catalogue_entries() if row.bundled_table[0] in COMPILED_SOURCES}
    assert len(stored) == 49, "32 of the older compilation, 17 of the newer one"
