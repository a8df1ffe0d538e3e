"""Figures that came with the service and those of the live source are one indicator with one history."""

import json
import re
from itertools import product
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from analysis.engine.compare import Material
from analysis.engine.measure_list import since_break
from analysis.engine.measures import plain
from analysis.queries.material import material
from analysis.statistics.actions.imports import BUNDLED, import_bundled, import_statistics
from analysis.statistics.actions.loading import load_catalogue
from analysis.statistics.catalogue import catalogue_entries
from analysis.statistics.enums import ImportState, MergeRule
from analysis.statistics.models import DataVersion, Indicator, RawAnswer, Source
from analysis.statistics.sources import registry
from analysis.statistics.sources.base import Series, SourceError, TablePlan
from analysis.statistics.sources.pxweb import PxWeb
from tests.analysis.statistics import sotkanet, statfin
from tests.analysis.statistics.newest import observations

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

KEY_FIGURES = {
    "M391": "Alle 15-vuotiaiden osuus väestöstä, %",
    "avl-M152": "Alueella olevien työpaikkojen lukumäärä",
    "M900": "Lainakanta, euroa/asukas",
    "M496": "Another figure under the old code of loans",
}
LOANS, JOBS = 3500.0, 2150.0

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "data" / "samples"
recorded = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the recorded answers are not beside the project"
)


def key_figures(years=("2019", "2020", "2024")):
    return [
        statfin.variable("contentscode", "Tiedot", KEY_FIGURES),
        statfin.variable("alue_23_20250101", "Alue", statfin.AREAS),
        statfin.variable("timeperiod_y", "Vuosi", list(years), time=True),
    ]


def employment_service(months):
    """A table like 12tf, which kept `Alue` and is monthly."""
    contents = {"TYOTOSUUS": "Työttömien osuus", "tyonv-TYOVOIMATK": "Työvoima"}
    return [
        statfin.variable("Alue", "Alue", statfin.AREAS),
        statfin.variable("timeperiod_m", "Kuukausi", months, time=True),
        statfin.variable("contentscode", "Tiedot", contents),
    ]


def offences():
    """A table like 13h4: the class of offence has a code and no total."""
    return [
        statfin.variable("alue_28_20210101", "Alue", statfin.AREAS),
        statfin.variable("rikokset_74_20211209", "Rikokset", {"101T504X406": "RL", "101": "A"}),
        statfin.variable("timeperiod_y", "Vuosi", ["2023", "2024"], time=True),
        statfin.variable("contentscode", "Tiedot", {"rik_1000": "Rikokset / 1 000"}),
    ]


def value(codes):
    known = {"M900": LOANS, "avl-M152": JOBS, "101T504X406": 61.5}
    month = next((int(code[-2:]) for code in codes if re.fullmatch(r"\d{4}M\d\d", code)), 0)
    return float(month) if month else next((known[c] for c in codes if c in known), 1.0)


@pytest.fixture
def live(settings):
    months = [f"{year}M{month:02d}" for year in (2023, 2024) for month in range(1, 13)]
    tables = {
        "StatFin/vaerak/11re": statfin.population_table(),
        "Kuntien_avainluvut/uusin/142h": key_figures(),
        "StatFin/tyonv/12tf": employment_service([*months, "2025M01"]),
        "StatFin/rpk/13h4": offences(),
    }
    with statfin.serving(statfin.StatFin(tables=tables, value=value)) as server:
        settings.PXWEB_URL = server.url
        yield server


def figures(indicator, area="217"):
    frame = observations([indicator], [area])
    return {row.year: row.missing or row.value for row in frame.itertuples()}


@pytest.mark.slow
def test_live_answer_follows_the_bundled_one_in_the_same_history(live):
    import_bundled(by=None)
    before = figures("jobs")

    import_statistics(source="pxweb", by=None, accept_losses=True)

    after = figures("jobs")
    assert (before[2006], before[2019]) == (2483, 2088)
    assert (after[2006], after[2019], after[2024]) == (2483, JOBS, JOBS)
    frame = observations(["jobs"], ["217"])
    versions = DataVersion.objects.in_bulk(set(frame["version"]))
    assert {(one.source.code, one.table) for one in versions.values()} == {
        ("compiled-statfin", "Kuntien_avainluvut/2021/142h"),
        ("pxweb", "Kuntien_avainluvut/uusin/142h"),
    }
    assert material(["217"]).origins["jobs"][0].table == "142h"


@pytest.mark.slow
def test_bundled_figures_never_replace_those_of_the_source(live):
    import_statistics(source="pxweb", by=None)

    import_bundled(by=None)

    values = figures("jobs")
    assert (values[2006], values[2019], values[2020]) == (2483, JOBS, JOBS)


def test_finances_are_found_by_their_text_and_not_by_an_old_code(live):
    import_statistics(source="pxweb", by=None)

    assert figures("loans_per_capita") == {2019: LOANS, 2020: LOANS, 2024: LOANS}
    assert not Indicator.objects.filter(content_code__regex=r"^M49\d$").exists()


def test_year_is_the_mean_of_twelve_months(live):
    import_statistics(source="pxweb", by=None)

    # (1 + 2 + … + 12) / 12 = 6.5; 2025 has one month and so no figure yet.
    assert figures("unemployment_rate_employment_service") == {2023: 6.5, 2024: 6.5}
    assert figures("labour_force_employment_service") == {2023: 6.5, 2024: 6.5}


def test_year_with_a_missing_month_is_missing_for_its_reason():
    codes = [f"2024M{month:02d}" for month in range(1, 13)]
    table = employment_service(codes)
    gap = ("KU217", "2024M05", "TYOTOSUUS")
    document = statfin.dataset(table, table="12tf", value=lambda cell: None if cell == gap else 2.0)
    at = list(product(*(one["values"] for one in table))).index(gap)
    document["status"] = {str(at): ".."}
    plan = TablePlan(
        "StatFin/tyonv/12tf", [Series("rate", "TYOTOSUUS", selection={"months": "mean"})]
    )

    frame = PxWeb().parse(json.dumps(document).encode(), plan).frame

    values = {row.area: row.missing or row.value for row in frame.itertuples()}
    assert (values["217"], values["074"]) == ("unavailable", 2.0)
    assert set(frame["breakdown"]) == {""}


def test_class_of_offences_is_found_by_its_value_whatever_the_variable_is_called(live):
    import_statistics(source="pxweb", by=None)

    assert figures("penal_code_offences_per_1000") == {2023: 61.5, 2024: 61.5}


def test_table_its_source_does_not_know_is_named_and_the_rest_is_stored(live):
    del live.tables["StatFin/tyonv/12tf"]

    run = import_statistics(source="pxweb", by=None)

    assert run.state == ImportState.STORED
    assert {"reason": "no_table", "rows": 0, "detail": "12tf"} in run.report["rejected"]
    assert figures("jobs")[2024] == JOBS


def test_one_command_reads_every_live_source(live, settings, capsys):
    thl = sotkanet.Sotkanet(indicators=description())
    with statfin.serving(thl):
        settings.SOTKANET_URL = thl.url
        call_command("import_statistics")

    out = capsys.readouterr().out
    assert (
        "table StatFin/vaerak/11re: version 1" in out,
        "table Sotkanet/3099: version 1" in out,
    ) == (True, True)
    assert figures("low_income_rate")[2022] == sotkanet.figure(22, 2022)
    assert figures("morbidity_index")[2022] == sotkanet.figure(22, 2022)


def test_one_command_goes_on_when_a_source_fails(live, settings):
    settings.SOTKANET_URL = "http://127.0.0.1:9"

    with pytest.raises(CommandError, match="cannot be reached"):
        call_command("import_statistics")

    assert figures("jobs")[2024] == JOBS


def description():
    titles = {
        "3099": "Kunnan yleinen pienituloisuusaste",
        "5641": "Sairastavuusindeksi, ikävakioitu",
        "178": "Verotulot, euroa / asukas (-2022)",
    }
    return {
        number: {**sotkanet.description(int(number)), "title": {"fi": title}}
        for number, title in titles.items()
    }


def test_number_of_sotkanet_that_is_another_indicators_is_not_read(settings):
    known = description()
    known["5641"]["title"] = {"fi": "Kuolleisuus"}
    with statfin.serving(sotkanet.Sotkanet(indicators=known)) as thl:
        settings.SOTKANET_URL = thl.url
        run = import_statistics(source="sotkanet", by=None)

    assert [one["detail"] for one in run.report["rejected"] if one["reason"] == "no_table"] == [
        "5641"
    ]
    assert figures("morbidity_index") == {}


def test_import_where_the_source_knows_no_table_fails(settings):
    with statfin.serving(sotkanet.Sotkanet(indicators={})) as thl:
        settings.SOTKANET_URL = thl.url
        with pytest.raises(SourceError, match="does not know indicator"):
            import_statistics(source="sotkanet", by=None)


def test_catalogue_names_a_live_source_only_where_it_is_confirmed():
    asked = {
        row.code: row.table
        for row in catalogue_entries()
        if row.source in registry.LIVE_SOURCES and row.active
    }
    alone = {row.code for row in catalogue_entries() if row.source in registry.COMPILED_SOURCES}

    assert {table for table in asked.values() if table.startswith("Sotkanet/")} == {
        "Sotkanet/3099", "Sotkanet/5641", "Sotkanet/178",
    }  # fmt: skip
    assert "neet_17_24_share" in alone  # its number is from memory
    assert "turnout_municipal_elections" in alone  # a table for each election
    assert len(alone) == 27


def test_merge_rules_are_right_for_the_nature_of_the_figures():
    load_catalogue()
    rules = dict(Indicator.objects.values_list("code", "merge_rule"))
    weights = dict(
        Indicator.objects.filter(merge_rule=MergeRule.WEIGHTED).values_list("code", "weight__code")
    )

    assert {rules[code] for code in ("population", "jobs", "employed", "natural_increase")} == {
        "sum"
    }
    # Moves and commuting between the parts become inner ones: neither a sum nor a mean is right.
    inner = (
        "in_commuters",
        "out_commuters",
        "in_migration_domestic",
        "share_working_in_home_municipality",
    )
    assert {rules[code] for code in inner} == {"not_comparable"}
    assert weights["share_65_plus"] == weights["loans_per_capita"] == "key_figures_population"
    assert weights["job_self_sufficiency"] == "employed"
    tables = dict(Indicator.objects.values_list("code", "table"))
    assert all(tables[code] == tables[weight] for code, weight in weights.items())


def test_figures_on_the_two_sides_of_a_break_are_not_set_side_by_side():
    values = {"loans": {"217": {2018: 3000.0, 2020: 2764.5, 2023: 2500.0, 2024: 2600.0}}}
    figures = Material(values).of("217", ["loans"])

    assert since_break(plain("loans"), [2023])(figures) == {2023: 2500.0, 2024: 2600.0}
    assert since_break(plain("loans"), [2025])(figures) == values["loans"]["217"]


def test_bundled_is_read_of_the_catalogue_and_not_of_where_an_indicator_is_read_today():
    load_catalogue()
    Indicator.objects.filter(code="jobs").update(source=Source.objects.get(code="fcg"), table="x")

    import_statistics(source="compiled-statfin", origin=BUNDLED, by=None)

    assert figures("jobs")[2006] == 2483


@recorded
@pytest.mark.parametrize(
    ("name", "population"),
    [
        ("statfin_11re_three_cities_2025_postmigration.json", {2025: 694392}),
        ("statfin_11re_three_cities_2024_premigration.json", {2024: 684018}),
    ],
)
def test_recorded_answer_of_statistics_finland_is_imported(name, population):
    import_statistics(source="pxweb", origin=str(SAMPLES / name), by=None)

    assert figures("population", "091") == population


@recorded
def test_recorded_answer_of_sotkanet_is_imported(tmp_path):
    load_catalogue()
    Indicator.objects.create(
        code="people", source=Source.objects.get(code="sotkanet"), group="population",
        name_fi="Väestö", unit_fi="henkilöä", table="Sotkanet/127", content_code="value",
    )  # fmt: skip
    parts = ("sotkanet_regions_subset.json", "sotkanet_127_2023_5cities.json")
    values = [json.loads((SAMPLES / part).read_text()) for part in parts]
    (tmp_path / "127.json").write_text(json.dumps(values))

    import_statistics(source="sotkanet", origin=str(tmp_path), by=None)

    assert (figures("people", "049"), figures("people", "091")) == ({2023: 314024}, {2023: 674500})


def test_figures_that_come_with_the_service_are_displayed_from_the_root_of_the_project():
    import_statistics(source="compiled-thl", origin="bundled", by=None)

    origins = RawAnswer.objects.values_list("origin", flat=True)
    assert {Path(origin).parent.as_posix() for origin in origins} == {
        "analysis/statistics/data/compiled-thl"
    }
