"""Commands of operators: what they print, one plain line on an error, exit code by the outcome."""

import json
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command
from psycopg.types.range import Range

from analysis.statistics.models import ImportRun, Observation
from municipalities.models import Population
from seasons.enums import ParticipationState
from tests.analysis.statistics import statfin
from tests.municipalities.factories import MunicipalityFactory, PopulationFactory
from tests.seasons.factories import FeeTierFactory, ParticipationFactory
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(tmp_path):
    path = tmp_path / "11re.json"
    path.write_text(json.dumps(statfin.dataset(statfin.population_table())))
    return str(path)


@pytest.fixture
def tiers(season8):
    for population, fee in (
        ((0, 9_000), 9_000),
        ((9_000, 45_001), 12_000),
        ((45_001, None), 16_000),
    ):
        FeeTierFactory(season=season8, population=Range(*population), annual_fee_eur=fee)


def run(capsys, *arguments):
    call_command(*arguments)
    return capsys.readouterr().out.splitlines()


def test_import_statistics_prints_what_it_found(capsys, answer):
    assert run(capsys, "import_statistics", "pxweb", "--from", answer) == [
        "table StatFin/vaerak/11re: version 1",
        "rows read: 90",
        "rows stored: 15",
        "rows new: 15",
        "rows changed: 0",
        "rows lost: 0",
        "rejected, no indicator uses this part of the table: 75",
    ]
    assert run(capsys, "import_statistics", "pxweb", "--from", answer)[-1] == "nothing changed"


def test_import_statistics_dry_run_stores_nothing(capsys, answer):
    lines = run(capsys, "import_statistics", "pxweb", "--from", answer, "--dry-run")

    assert lines[-1] == "dry run: nothing was stored"
    assert "rows new: 15" in lines
    assert (Observation.objects.count(), ImportRun.objects.count()) == (0, 0)


def test_import_statistics_of_a_broken_file_is_one_plain_line(tmp_path):
    path = tmp_path / "cut.json"
    path.write_text('{"class": "dataset"')

    with pytest.raises(CommandError) as failed:
        call_command("import_statistics", "pxweb", "--from", str(path))

    assert str(failed.value) == (
        "The answer cannot be read: it breaks off or is not JSON. The figures read before stay in use."
    )
    assert failed.value.returncode == 1


def write(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "population.csv"
    path.write_text(text, encoding=encoding)
    return str(path)


@time_machine.travel(datetime(2026, 6, 1, tzinfo=UTC))
def test_import_population_prints_who_would_change_tier(
    capsys, tmp_path, kannus, jamsa, season8, tiers, coordinator
):
    PopulationFactory(municipality=kannus, year=2024, count=9_000)
    PopulationFactory(municipality=jamsa, year=2024, count=45_001)
    with scope(jamsa.pk):
        ParticipationFactory(
            municipality=jamsa,
            season=season8,
            state=ParticipationState.INVITED,
        )

    lines = run(
        capsys,
        "import_population",
        "--from",
        write(tmp_path, "code;2024;2025\n217;9000;8999\n182;45 001;45 000\n"),
    )

    assert lines == [
        "source: population.csv",
        "years: 2024–2025 (2)",
        "rows read: 4",
        "rows new: 2",
        "rows changed: 0",
        "rows known already: 2",
        "would change fee tier in USO8: 2",
        "  Jämsä (182): 45001 (2024) → 45000 (2025), 16000.00 € → 12000.00 €, takes part",
        "  Kannus (217): 9000 (2024) → 8999 (2025), 12000.00 € → 9000.00 €",
    ]


@time_machine.travel(datetime(2026, 6, 1, tzinfo=UTC))
@pytest.mark.parametrize(("count", "changes"), [(8_999, 0), (9_000, 1), (45_000, 1), (45_001, 1)])
def test_import_population_knows_the_limits_of_the_tiers(
    capsys, tmp_path, kannus, season8, tiers, count, changes
):
    PopulationFactory(municipality=kannus, year=2024, count=8_000)

    lines = run(capsys, "import_population", "--from", write(tmp_path, f"code,2025\n217,{count}\n"))

    assert f"would change fee tier in USO8: {changes}" in lines


def test_import_population_reads_long_files_and_mends_figures(capsys, tmp_path, kannus):
    PopulationFactory(municipality=kannus, year=2024, count=5_000)

    lines = run(
        capsys,
        "import_population",
        "--from",
        write(tmp_path, "\ufeffCode,Year,Population\nKU217,2024,5335\n217,2023,\n999,2024,3\n"),
    )

    assert kannus.population_in(2024) == 5_335
    assert Population.objects.get().source == "population.csv"
    assert "rejected, municipality codes that are not known (999): 1" in lines
    assert lines[-1] == "no season: fee tiers were not compared"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_import_population_reads_what_authorities_write(capsys, tmp_path, kannus, jamsa, encoding):
    text = "Code;Year;Väkiluku\n217 Kannus;2024*;5\xa0335\nKU182 Jämsä;2024;19 979\nMK16 Keski-Pohjanmaa;2024;67000\nSSS;2024;5600000\n"

    lines = run(capsys, "import_population", "--from", write(tmp_path, text, encoding))

    assert (kannus.population_in(2024), jamsa.population_in(2024)) == (5_335, 19_979)
    assert any(line.startswith("rejected, areas of another division") for line in lines)


@pytest.mark.parametrize("value", [0, -5, 2.5, 3_000_000])
def test_import_population_of_an_answer_that_cannot_be_right_is_refused(tmp_path, kannus, value):
    document = statfin.dataset(statfin.population_table(), value=lambda codes: value)
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(document))

    with pytest.raises(
        CommandError, match=f"“{value:g}” is not a number of inhabitants".replace("+", r"\+")
    ):
        call_command("import_population", "--from", str(path))

    assert not Population.objects.exists()


def test_import_population_dry_run_stores_nothing(capsys, answer, kannus, jamsa):
    lines = run(capsys, "import_population", "--from", answer, "--dry-run")

    assert lines[0] == "source: Tilastokeskus, 11re, 2026-04-01"
    assert "rows new: 6" in lines
    assert not Population.objects.exists()


def test_import_population_reads_the_network(capsys, kannus, settings):
    with statfin.serving(statfin.StatFin()) as server:
        settings.PXWEB_URL = server.url
        run(capsys, "import_population")

    assert kannus.population_in(2024) == statfin.figure(
        ("KU217", "SSS", "SSS", "2024", "vaerak-vaesto")
    )


@pytest.mark.parametrize(
    ("text", "encoding", "words"),
    [
        ("kunta,2024\n217,1\n", "utf-8", "no column “code”"),
        ("code,year\n217,2024\n", "utf-8", "no column “count”"),
        ("code,2024\n217,5 3x5\n", "utf-8", "Row 2: “5 3x5” is not a whole number"),
        ("code,2024\n217,-5\n", "utf-8", "Row 2: “-5” is not a whole number"),
        ("code,2024\n217,12000000\n", "utf-8", "Row 2: “12000000” is not a whole number"),
        ("code,2024\n999,5\n", "utf-8", "no population of a municipality"),
        ("code,väkiluku\n", "latin-1", "no population of a municipality"),
        (
            "code,year,count\n217,2024,5264\n217,2024,9999\n",
            "utf-8",
            "Row 3: 217 has a population of 2024 in row 2 already",
        ),
        (
            "code,2024\n217,5264\nKU217,5264\n",
            "utf-8",
            "Row 3: 217 has a population of 2024 in row 2",
        ),
        ("code,2024,2024\n217,5264,9999\n", "utf-8", "the column “2024” twice"),
        ("code,2024\n217,0\n", "utf-8", "Row 2: “0” is not a whole number that can be right"),
        ("code,2027\n217,5264\n", "utf-8", "Row 2: “2027” is not a year that has been"),
        ("code,year,count\n217,2199,5264\n", "utf-8", "Row 2: “2199” is not a year that has been"),
        ("code,year,count\n217,0000,5264\n", "utf-8", "Row 2: “0000” is not a year that has been"),
        ("", "utf-8", "no column “code”"),
    ],
)
def test_import_population_of_a_bad_file_is_one_plain_line(tmp_path, kannus, text, encoding, words):
    with pytest.raises(CommandError, match=words):
        call_command("import_population", "--from", write(tmp_path, text, encoding))

    assert not Population.objects.exists()


@pytest.fixture
def three_populations(kannus, jamsa):
    third = MunicipalityFactory(code="005", name_fi="Alajärvi")
    for municipality, count in ((kannus, 5_264), (jamsa, 19_700), (third, 9_100)):
        PopulationFactory(municipality=municipality, year=2024, count=count)


@pytest.mark.parametrize(
    "text",
    [
        "code;2024\n217;2632\n182;9000\n005;9100\n",  # halved
        "code;2025\n217;2632\n182;9000\n005;9100\n",  # a new year of half the people
        "code;2024\n217;10528\n182;40000\n005;9100\n",  # doubled
    ],
)
def test_import_population_in_which_most_figures_leap_is_refused(
    capsys, tmp_path, kannus, three_populations, text
):
    path = write(tmp_path, text)

    with pytest.raises(
        CommandError, match=r"Of 3 figures of population in 202\d, 2 are at most half or at least"
    ):
        call_command("import_population", "--from", path)

    assert kannus.populations.get().count == 5_264
    assert "rows read: 3" in run(capsys, "import_population", "--from", path, "--accept-losses")


@pytest.mark.parametrize(
    "text",
    [
        "code;2024\n217;2632\n182;19701\n005;9100\n",  # one in three
        "code;2025\n217;10600\n182;40000\n005;20000\n",  # a new year may grow
        "code;2024\n217;2632\n182;9000\n",  # too few to tell
    ],
)
def test_import_population_in_which_some_figures_leap_is_stored(
    capsys, tmp_path, three_populations, text
):
    assert run(capsys, "import_population", "--from", write(tmp_path, text))


def test_import_population_before_the_facts_says_so(tmp_path):
    with pytest.raises(CommandError, match="not loaded yet"):
        call_command("import_population", "--from", write(tmp_path, "code,2024\n217,5\n"))
