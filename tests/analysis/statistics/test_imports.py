"""An import is all or nothing, keeps earlier versions and the answer, and says what it found."""

import gzip
import hashlib
import json
import uuid
from contextlib import nullcontext
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from analysis.statistics.actions import imports, storing
from analysis.statistics.actions.imports import ImportHeld, accept_import, import_statistics
from analysis.statistics.actions.loading import load_catalogue
from analysis.statistics.enums import ImportState
from analysis.statistics.models import DataVersion, ImportRun, Indicator, Observation, RawAnswer
from analysis.statistics.sources.base import SourceError
from municipalities import facts
from tests.analysis.statistics import statfin
from tests.analysis.statistics.newest import observations
from uso.ground.tenancy.scope import network_scope

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def saved(tmp_path):
    """Write an answer to a file and return its path."""

    def write(document, name="answer.json"):
        path = tmp_path / name
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        path.write_bytes(gzip.compress(body) if name.endswith("gz") else body)
        return str(path)

    return write


def population(value=statfin.figure, years=("2021", "2022", "2024"), **more):
    return statfin.dataset(statfin.population_table(years), value=value, **more)


def read(origin, **more):
    return import_statistics(source="pxweb", origin=origin, by=None, **more)


def figures(area="217"):
    frame = observations(["population"], [area])
    return {row.year: row.missing or row.value for row in frame.itertuples()}


def published(year, area="KU217"):
    return statfin.figure((area, "SSS", "SSS", year, "vaerak-vaesto"))


def test_import_stores_figures_with_their_provenance(saved):
    path = saved(population())

    run = read(path)

    assert run.state == ImportState.STORED
    assert figures() == {2021: published("2021"), 2022: published("2022"), 2024: published("2024")}
    version = DataVersion.objects.select_related("answer").get()
    assert (version.table, version.number, version.publisher) == (
        "StatFin/vaerak/11re",
        1,
        "Tilastokeskus, väestörakenne",
    )
    assert version.source_updated_at == datetime(2026, 4, 1, 5, tzinfo=UTC)
    assert version.answer.body == json.dumps(population()).encode()
    assert version.answer.sha256 == hashlib.sha256(version.answer.body).hexdigest()
    assert version.answer.origin == "answer.json"


def test_import_reports_what_it_read_stored_and_left(saved):
    table = statfin.population_table()
    table[0] = statfin.variable("alue", "Alue", ["SSS", "KU217", "KU182", "KU999", "SK161"])
    cells = {"KU217": None, "KU182": "..."}

    run = read(saved(statfin.dataset(table, value=lambda codes: cells.get(codes[0], 7))))

    assert {
        key: run.report[key] for key in ("rows_read", "stored", "added", "changed", "lost")
    } == {
        "rows_read": 90,
        "stored": 9,
        "added": 3,
        "changed": 0,
        "lost": 0,
    }
    assert run.report["missing"] == {"not_published": 3, "confidential": 3}
    assert run.report["rejected"] == [
        {"reason": "unused", "rows": 75, "detail": ""},
        {"reason": "other_area", "rows": 1, "detail": "SK161"},
        {"reason": "unknown_area", "rows": 3, "detail": "999"},
    ]


def test_import_of_the_same_answer_makes_no_version(saved):
    path = saved(population())
    read(path)

    again = read(path)

    assert (again.state, again.report["stored"]) == (ImportState.UNCHANGED, 0)
    assert (DataVersion.objects.count(), RawAnswer.objects.count()) == (1, 1)


def test_import_of_the_same_figures_released_again_makes_no_version(saved):
    read(saved(population()))

    again = read(saved(population(updated="2026-06-06T21:04:30Z")))

    assert (again.state, again.report["rows_read"]) == (ImportState.UNCHANGED, 90)
    assert (DataVersion.objects.count(), RawAnswer.objects.count()) == (1, 1)
    assert Observation.objects.count() == 15


def test_import_of_a_revision_keeps_the_earlier_version(saved):
    read(saved(population()))
    revised = population(lambda codes: statfin.figure(codes) + (codes[0] == "KU217"))

    run = read(saved(revised))

    assert (run.report["changed"], run.report["added"]) == (3, 0)
    assert figures()[2024] == published("2024") + 1
    first = DataVersion.objects.get(number=1)
    assert Observation.objects.get(version=first, area="217", year=2024).value == published("2024")


def test_import_of_a_part_leaves_the_rest_as_it_was(saved):
    read(saved(population()))

    run = read(saved(population(years=["2025"])))

    assert run.report["added"] == 5
    assert figures() == {year: published(str(year)) for year in (2021, 2022, 2024, 2025)}


def test_import_of_several_tables_is_one_run(tmp_path, saved):
    saved(population(), "11re.json.gz")
    saved(statfin.dataset(statfin.key_figures_table(), table="142h"), "142h.json")

    run = read(str(tmp_path))

    assert [table["version"] for table in run.report["tables"]] == [1, 1]
    assert run.report["stored"] == 15 + 30


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (b'{"class": "dataset", "val', "breaks off or is not JSON"),
        (b"", "breaks off or is not JSON"),
        ({"error": "down"}, "bad.json does not say which table it is of"),
        (statfin.dataset(statfin.key_figures_table(), table="135z"), "table 135z"),
        ({**population(), "value": [1, 2, 3]}, "another number of values"),
        (
            statfin.dataset(
                [statfin.variable("alue", "Alue", ["KU999"]), *statfin.population_table()[1:]]
            ),
            "none of the figures",
        ),
    ],
)
def test_import_of_a_bad_answer_fails_in_a_sentence_and_keeps_the_figures(saved, document, words):
    read(saved(population()))
    before = figures()

    with pytest.raises(SourceError) as failed:
        read(saved(document, "bad.json"))

    assert words in failed.value.message
    run = ImportRun.objects.latest("pk")
    assert (run.state, run.error) == (ImportState.FAILED, failed.value.message)
    assert figures() == before
    assert DataVersion.objects.count() == 1


@pytest.mark.parametrize("figure", [1e300, -1e300])
def test_figure_larger_than_any_is_left_out_and_named_and_the_last_good_one_stays(saved, figure):
    read(saved(population()))
    before = figures()

    def absurd(codes):
        return figure if (codes[0], codes[3]) == ("KU217", "2024") else statfin.figure(codes)

    run = read(saved(population(absurd)))

    assert run.report["rejected"][-1] == {
        "reason": "too_large", "rows": 1, "detail": "population 217 2024",
    }  # fmt: skip
    assert figures() == before


def test_import_is_nothing_when_a_later_table_fails(tmp_path, saved):
    saved(population(), "1.json")
    saved({**statfin.dataset(statfin.key_figures_table(), table="142h"), "value": [1]}, "2.json")

    with pytest.raises(SourceError):
        read(str(tmp_path))

    assert (DataVersion.objects.count(), Observation.objects.count()) == (0, 0)


def test_import_that_breaks_in_the_middle_leaves_nothing(saved, monkeypatch):
    def broken(*args):
        yield storing._text(args[0].iloc[:5], args[1], args[2])
        raise RuntimeError("killed")

    monkeypatch.setattr(storing, "_blocks", broken)

    with pytest.raises(RuntimeError):
        read(saved(population()))

    assert (DataVersion.objects.count(), Observation.objects.count()) == (0, 0)
    assert ImportRun.objects.get().state == ImportState.FAILED


def test_import_that_loses_figures_is_held_until_it_is_accepted(saved, coordinator):
    read(saved(population()))
    before = figures()
    fewer = population(lambda codes: None if codes[0] == "KU217" else statfin.figure(codes))

    with pytest.raises(ImportHeld, match="would lose 3 of the 15 figures known"):
        read(saved(fewer))
    held_run = ImportRun.objects.latest("pk")
    assert (held_run.state, held_run.report["lost"], figures()) == (ImportState.HELD, 3, before)

    accepted = accept_import(run_id=held_run.pk, by=coordinator)

    assert (accepted.state, accepted.by) == (ImportState.STORED, coordinator)
    assert figures() == {2021: "not_published", 2022: "not_published", 2024: "not_published"}


@pytest.mark.parametrize(
    ("value", "years"),
    [
        (lambda codes: statfin.figure(codes) // 2, ("2021", "2022", "2024")),  # a part of the whole
        (lambda codes: statfin.figure(codes) * 10, ("2024",)),  # another unit
        (lambda codes: statfin.figure(codes) // 3, ("2025",)),  # a new year of half the people
    ],
)
def test_import_in_which_most_figures_leap_is_held(saved, value, years):
    read(saved(population()))
    before = figures()

    with pytest.raises(
        ImportHeld, match=r"Of 5 figures of population in 20\d\d, 5 are at most half"
    ):
        read(saved(population(value, years)))

    assert figures() == before
    assert read(saved(population(value, years)), accept_losses=True).state == ImportState.STORED


@pytest.mark.parametrize("value", [0, -5, 2.5, 3_000_000])
def test_population_that_cannot_be_right_is_refused_as_that_of_the_fees_is(saved, value):
    def one_is_wrong(codes):
        return value if codes[0] == "KU217" else statfin.figure(codes)

    with pytest.raises(SourceError, match=r"217 2021: “.*” is not a number of inhabitants"):
        read(saved(population(one_is_wrong)))

    assert not Observation.objects.exists()


def test_import_in_which_some_figures_leap_is_stored(saved):
    read(saved(population()))

    few = read(
        saved(population(lambda codes: statfin.figure(codes) // (2 if codes[0] < "KU182" else 1)))
    )
    grown = read(saved(population(lambda codes: 3 * statfin.figure(codes), ["2025"])))

    assert (few.state, grown.state) == (ImportState.STORED, ImportState.STORED)


def test_years_that_have_not_been_are_left_out_and_named(saved):
    run = read(saved(population(years=("2024", "2027", "2999", "0000"))))

    assert figures() == {2024: published("2024")}
    assert {"reason": "impossible_year", "rows": 15, "detail": "0000, 2027, 2999"} in run.report[
        "rejected"
    ]


def test_years_ahead_are_stored_of_a_projection(saved):
    load_catalogue()
    Indicator.objects.filter(code="population").update(is_projection=True)

    read(saved(population(years=("2024", "2040"))))

    assert set(figures()) == {2024, 2040}


def test_import_of_signs_no_database_holds_is_stored_without_them(saved):
    run = read(saved(population() | {"label": "a\x00\ud800b", "source": "\u202eTilastokeskus"}))

    version = DataVersion.objects.get(answer__run=run)
    assert (version.label, version.publisher) == ("ab", "Tilastokeskus")


def test_accept_import_refuses_one_that_is_not_held(saved, coordinator):
    run = read(saved(population()))

    with pytest.raises(imports.RuleViolation, match="not waiting"):
        accept_import(run_id=run.pk, by=coordinator)


def test_import_of_a_job_run_again_is_the_same_run(saved):
    job_id = uuid.uuid4()
    with pytest.raises(SourceError):
        read(saved(b"{"), job_id=job_id)

    again = read(saved(population()), job_id=job_id)
    third = read(saved(population()), job_id=job_id)

    assert again.pk == third.pk == ImportRun.objects.get().pk
    assert third.state == ImportState.STORED


def test_accept_import_refuses_once_newer_figures_are_there(saved, coordinator):
    read(saved(population()))
    with pytest.raises(ImportHeld):
        read(saved(population(lambda codes: None if codes[0] == "KU217" else 7)))
    held_run = ImportRun.objects.latest("pk")
    read(saved(population(lambda codes: 8)), accept_losses=True)

    with pytest.raises(imports.RuleViolation, match="Newer figures"):
        accept_import(run_id=held_run.pk, by=coordinator)


def test_import_of_another_source_says_so():
    with pytest.raises(SourceError, match="no source x"):
        import_statistics(source="x", by=None)


def test_import_of_nothing_says_so(tmp_path):
    with pytest.raises(SourceError, match="no saved answer"):
        read(str(tmp_path / "none.json"))


def test_import_of_a_cut_gzip_says_so(tmp_path):
    path = tmp_path / "cut.json.gz"
    path.write_bytes(gzip.compress(json.dumps(population()).encode())[:200])

    with pytest.raises(SourceError, match="breaks off"):
        read(str(path))


@pytest.mark.slow
def test_import_reads_the_network_and_reports_progress(settings):
    steps = []
    with statfin.serving(statfin.StatFin()) as server:
        settings.PXWEB_URL = server.url
        run = import_statistics(
            source="pxweb", by=None, progress=lambda done, total: steps.append((done, total))
        )

    assert (run.state, run.report["stored"]) == (ImportState.STORED, 36)
    # Four tables: the server knows the first and the third.
    assert [table["table"] for table in run.report["tables"] if table["state"] == "failed"] == [
        "StatFin/rpk/13h4", "StatFin/tyonv/12tf",
    ]  # fmt: skip
    assert steps[0] == (0, 400)
    assert steps[-1] == (400, 400)
    assert DataVersion.objects.values_list("since", flat=True).distinct().get() == 2000


@pytest.mark.slow
def test_whole_import_that_says_nothing_of_known_figures_is_held(settings):
    with statfin.serving(statfin.StatFin()) as server:
        settings.PXWEB_URL = server.url
        import_statistics(source="pxweb", by=None)
        server.tables["StatFin/vaerak/11re"] = statfin.population_table(["2024"])

        with pytest.raises(ImportHeld, match="would lose 8 of the 12"):
            import_statistics(source="pxweb", by=None)


@pytest.mark.slow
def test_bundled_figures_are_the_published_ones():
    run = read(imports.BUNDLED)

    assert run.state == ImportState.STORED
    frame = observations(["population", "share_65_plus", "natural_increase"], ["217", "SSS"])
    value = frame.set_index(["indicator", "area", "year"])["value"]
    assert value["population", "SSS", 2020] == 5_533_793
    assert value["natural_increase", "SSS", 2020] == -9_025
    assert value["share_65_plus", "217", 2024] == 26.9
    assert ("population", "SSS", 2023) not in value.index
    assert run.report["missing"]["not_collected"] > 0
    assert [one for one in run.report["rejected"] if one["reason"] != "no_content"] == []


def test_figures_and_versions_cannot_be_changed_past_the_models(saved):
    read(saved(population()))

    for statement in (
        "UPDATE statistics_observation SET value = 0",
        "DELETE FROM statistics_observation",
        "UPDATE statistics_dataversion SET number = 9",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


@pytest.mark.parametrize("place", [nullcontext, network_scope])
def test_answer_behind_a_version_stays_as_it_came(saved, place):
    read(saved(population()))

    for statement, refusal in (
        ("UPDATE statistics_rawanswer SET body_gzip = ''", "permission denied"),
        ("UPDATE statistics_rawanswer SET sha256 = ''", "permission denied"),
        ("DELETE FROM statistics_rawanswer; SET CONSTRAINTS ALL IMMEDIATE", "foreign key"),
    ):
        with pytest.raises(DatabaseError, match=refusal), place(), transaction.atomic():
            connection.cursor().execute(statement)


def observation(**fields):
    return Observation(
        indicator=Indicator.objects.get(code="population"),
        version=DataVersion.objects.get(),
        **{"area": "217", "year": 1999, "value": 1.0} | fields,
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"value": None},
        {"missing": "confidential"},
        {"value": None, "missing": "lost in the post"},
        {"value": float("nan")},
        {"value": float("inf")},
        {"value": float("-inf")},
        {"year": 2024},
    ],
)
def test_the_database_refuses_a_figure_that_is_none(saved, fields):
    read(saved(population()))

    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.bulk_create([observation(**fields)])


@pytest.mark.parametrize("field", ["version_id", "indicator_id"])
def test_the_database_refuses_a_figure_of_an_unknown(saved, field):
    read(saved(population()))
    row = observation()
    setattr(row, field, 10**6)

    with pytest.raises(IntegrityError, match="unknown"), transaction.atomic():
        Observation.objects.bulk_create([row])


def test_indicators_are_retired_not_deleted():
    load_catalogue()

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Indicator.objects.filter(code="population").delete()


def test_catalogue_keeps_what_coordinators_changed():
    load_catalogue()
    Indicator.objects.filter(code="population").update(is_active=False)

    load_catalogue()

    assert not Indicator.objects.get(code="population").is_active
    assert not Indicator.objects.filter(name_sv="").exists()
    assert not Indicator.objects.filter(definition_en="").exists()


def test_area_codes_are_today_s():
    codes = facts.area_codes()

    assert {"217", "507", "MK16"} <= codes
    assert "588" not in codes
    assert len(codes) == 308 + 19
