"""Asking Sotkanet: regions first, only what is wanted, silence is missing and never zero."""

import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import CommandError, call_command

from analysis.statistics.actions.loading import load_catalogue
from analysis.statistics.enums import ImportState, IndicatorGroup, RejectReason
from analysis.statistics.models import ImportRun, Indicator, Observation, Source
from analysis.statistics.sources.base import RejectedRows, Series, SourceError, TablePlan
from analysis.statistics.sources.http_client import TRANSIENT_STATUSES, USER_AGENT, Client
from analysis.statistics.sources.sotkanet import Sotkanet, patient_client
from tests.analysis.statistics import sotkanet as server
from tests.analysis.statistics.newest import observations
from tests.analysis.statistics.statfin import serving

pytestmark = pytest.mark.usefixtures("in_english")

UNEMPLOYED = TablePlan("181", [Series("unemployed", "value")], since=2021)
BY_GENDER = TablePlan(
    "181",
    [
        Series("men", "value", selection={"gender": "male"}),
        Series("women_count", "absValue", selection={"gender": "female"}),
    ],
)
POPULATION = TablePlan("127", [Series("population", "value")])
SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "data" / "samples"


@pytest.fixture
def thl():
    with serving(server.Sotkanet()) as running:
        yield running


@pytest.fixture
def sotkanet(thl):
    client = Client(backoff=(1.0, 4.0), transient_statuses=patient_client().transient_statuses)
    return Sotkanet(thl.url, client)


def fetch(sotkanet, plan):
    steps = []
    raw = sotkanet.fetch(plan, lambda done, total: steps.append((done, total)))
    return raw, steps


def read(rows, plan=UNEMPLOYED, regions=None, **description):
    body = [
        server.description(**description),
        server.regions() if regions is None else regions,
        rows,
    ]
    return Sotkanet("").parse(json.dumps(body).encode(), plan)


def cells(answer):
    return {(one.area, one.year): one.missing or one.value for one in answer.frame.itertuples()}


def test_ask_brings_the_regions_once_and_only_what_is_wanted(thl, sotkanet):
    raw, steps = fetch(sotkanet, UNEMPLOYED)
    fetch(sotkanet, UNEMPLOYED)

    paths = [path for path, _body, _agent in thl.requests]
    assert [urlsplit(path).path for path in paths] == [
        "regions", "indicators/181", "json", "json",
    ]  # fmt: skip
    assert parse_qs(urlsplit(paths[2]).query) == {
        "indicator": ["181"],
        "years": ["2021", "2022", "2023"],
        "genders": ["total"],
    }
    assert {agent for _path, _body, agent in thl.requests} == {USER_AGENT}
    assert (raw.table, raw.since, steps) == ("181", 2021, [(0, 1), (1, 1)])


def test_ask_cuts_long_series_in_tens_of_years(thl, sotkanet):
    thl.indicators["181"] = server.description(first=1990, last=2023)

    raw, steps = fetch(sotkanet, TablePlan("181", UNEMPLOYED.series, since=1995))

    assert [(len(one["years"]), one["years"][0]) for one in raw.query] == [
        (10, 1995), (10, 2005), (9, 2015),
    ]  # fmt: skip
    assert steps == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert set(sotkanet.parse(raw.body, UNEMPLOYED).frame["year"]) == {2021, 2022, 2023}


def test_read_keeps_municipalities_and_the_country_and_marks_silence(sotkanet):
    answer = sotkanet.parse(fetch(sotkanet, UNEMPLOYED)[0].body, UNEMPLOYED)

    figures = cells(answer)
    assert figures["217", 2022] == server.figure(22, 2022)
    assert figures["SSS", 2023] == server.figure(658, 2023)
    assert figures["074", 2022] == "not_published"
    assert {area for area, _year in figures} == {"074", "182", "217", "SSS"}, "588 has ended"
    assert len(figures) == 12
    assert answer.rejected == (RejectedRows(RejectReason.OTHER_AREA, 6),)
    assert (answer.label, answer.source, answer.updated, answer.rows_read) == (
        "Työttömät, % työvoimasta",
        "THL Sotkanet, Tilastokeskus",
        datetime(2026, 3, 2, tzinfo=UTC),
        17,
    )


def test_read_keeps_an_ended_municipality_that_has_a_figure():
    figures = cells(read([server.row(24, 2021, 5.0), server.row(22, 2022, 6.0)]))

    assert (figures["588", 2021], figures["588", 2022]) == (5.0, "not_published")


def test_read_leaves_out_a_year_without_any_figure():
    figures = cells(read([server.row(22, 2021, 5.0), server.row(22, 2023, 6.0)]))

    assert {year for _area, year in figures} == {2021, 2023}


def test_read_takes_the_gender_and_the_count_of_the_series(thl, sotkanet):
    raw, _steps = fetch(sotkanet, BY_GENDER)

    frame = sotkanet.parse(raw.body, BY_GENDER).frame
    kannus = frame[(frame["area"] == "217") & (frame["year"] == 2023)]
    assert kannus.set_index("indicator")["value"].to_dict() == {
        "men": server.figure(22, 2023, "male"),
        "women_count": 22,
    }
    assert raw.query[0]["genders"] == ["female", "male"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (7, 7.0),
        (0, 0.0),
        (None, "not_published"),
        ("12,5", 12.5),
        ("1\u00a0234,5", 1234.5),
        ("..", "unavailable"),
        (".", "not_applicable"),
        ("...", "confidential"),
    ],
)
def test_read_of_a_figure_however_it_is_written(value, expected):
    answer = read([server.row(22, 2022, value), server.row(23, 2022, 1)])

    assert cells(answer)["217", 2022] == expected


def test_read_of_a_row_without_a_value_is_missing():
    bare = server.row(22, 2022, 1)
    del bare["value"]

    assert cells(read([bare, server.row(23, 2022, 1)]))["217", 2022] == "not_published"


def test_read_rejects_regions_that_are_not_listed_and_years_and_genders_not_wanted():
    rows = [
        server.row(22, 2022, 1),
        server.row(9999, 2022, 1),
        server.row(22, 2019, 1),
        server.row(22, 2022, 1, gender="male"),
    ]

    assert read(rows).rejected == (
        RejectedRows(RejectReason.UNKNOWN_AREA, 1, "9999"),
        RejectedRows(RejectReason.UNUSED, 2),
    )


def test_read_names_which_series_the_indicator_lacks():
    plan = TablePlan("181", [*UNEMPLOYED.series, *BY_GENDER.series, Series("x", "median")])

    lacking = [one.detail for one in read([server.row(22, 2022, 1)], plan).rejected]

    assert lacking == ["value, male", "absValue, female", "median, total"]


@pytest.mark.parametrize("key", ["indicator", "region", "year", "gender"])
@pytest.mark.parametrize("how", ["absent", "null"])
def test_read_of_a_row_without_a_dimension_is_an_error(key, how):
    broken = server.row(22, 2022, 1)
    if how == "absent" or key in ("indicator", "gender"):
        del broken[key]
    else:
        broken[key] = None

    with pytest.raises(SourceError, match="a part of the table is missing"):
        read([broken])


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([server.row(22, 2022, 1, indicator=182)], "of table 182 and not of 181"),
        ([server.row(22, 2022, 1)] * 2, "tells the same figure twice"),
        ([server.row(22, 2022, "noin 5")], "“noin 5” is not a figure"),
        ([server.row(22, 2022, True)], "“True” is not a figure"),
        ([server.row(22, 2022, [1])], "is not a figure"),
        ([server.row(22, 2022, None)], "none of the figures asked for"),
        ([server.row(22, 2001, 1)], "none of the figures asked for"),
        ([], "none of the figures asked for"),
        (["x"], "not a list of figures"),
    ],
)
def test_read_of_what_cannot_be_right_is_an_error(rows, words):
    with pytest.raises(SourceError, match=words):
        read(rows)


@pytest.mark.parametrize(
    ("regions", "words"),
    [([], "no list of regions"), ([{"category": "KUNTA"}], "a part of the table is missing")],
)
def test_read_without_good_regions_is_an_error(regions, words):
    with pytest.raises(SourceError, match=words):
        read([server.row(22, 2022, 1)], regions=regions)


@pytest.mark.parametrize("body", [b"", b"[{", b"<html></html>", b"[NaN]", b"[" * 100_000, b"7"])
def test_read_of_another_form_is_an_error(body):
    with pytest.raises(SourceError, match="The answer cannot be read"):
        Sotkanet("").parse(body, UNEMPLOYED)


@pytest.mark.parametrize("year", [0, 99999, 1e999])
def test_read_of_a_year_that_is_none_is_an_error(year):
    with pytest.raises(SourceError, match="The answer cannot be read"):
        read([server.row(22, year, 1)])


def test_read_of_an_infinite_figure_is_an_error():
    body = json.dumps([server.regions(), [server.row(22, 2022, 0)]]).replace(": 0}", ": 1e999}")

    with pytest.raises(SourceError, match="is not a figure"):
        Sotkanet("").parse(body.encode(), UNEMPLOYED)


def test_table_is_known_from_the_description_or_a_row():
    row = [server.row(22, 2022, 1)]

    assert Sotkanet("").table_id_of(json.dumps([server.description(), row]).encode()) == "181"
    assert Sotkanet("").table_id_of(json.dumps(row).encode()) == "181"
    assert Sotkanet("").table_id_of(json.dumps(server.regions()).encode()) == ""


@pytest.mark.slow
@pytest.mark.parametrize("fault", [403, 429, 500, 503, "slow", "truncated", "garbage"])
@pytest.mark.parametrize("before", [0, 1, 2])
def test_ask_goes_on_where_it_was_after_a_passing_fault(thl, sotkanet, waits, fault, before):
    sotkanet.client.timeout = 0.3 if fault == "slow" else 30
    thl.faults = [None] * before + [fault]

    raw, _steps = fetch(sotkanet, UNEMPLOYED)

    assert len(sotkanet.parse(raw.body, UNEMPLOYED).frame) == 12
    assert waits == [2.0 if fault == 429 else 1.0]
    assert len(thl.requests) == 4, "what was brought is not asked for again"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (403, "refuses to answer"),
        (429, "asks for fewer questions"),
        (500, "has a fault"),
        ("slow", "did not answer in time"),
        ("truncated", "broke off in the middle"),
        (400, "does not know indicator 181 or does not accept the question"),
    ],
)
@pytest.mark.parametrize("before", [0, 2])
def test_ask_fails_with_a_sentence_when_the_fault_stays(thl, sotkanet, fault, words, before):
    sotkanet.client.timeout = 0.3 if fault == "slow" else 30
    thl.faults = [None] * before + [fault] * 30

    with pytest.raises(SourceError) as failed:
        fetch(sotkanet, UNEMPLOYED)

    assert words in failed.value.message
    assert "The figures read before stay in use" in failed.value.message


@pytest.mark.parametrize(
    ("description", "words"),
    [
        (server.description(indicator=182), "of table 182 and not of 181"),
        ({"id": 181}, "its description is not whole"),
        ({"id": 181, "range": {"start": "?", "end": 2}}, "its description is not whole"),
        (server.description(first=1990, last=2019), "none of the figures asked for"),
    ],
)
def test_ask_of_a_wrong_description_is_an_error(thl, sotkanet, description, words):
    thl.indicators["181"] = description

    with pytest.raises(SourceError, match=words):
        fetch(sotkanet, UNEMPLOYED)


def test_ask_of_an_indicator_that_is_not_there_says_so(sotkanet):
    with pytest.raises(SourceError, match="does not know indicator 999"):
        fetch(sotkanet, TablePlan("999", UNEMPLOYED.series))


def test_adapter_is_patient_with_what_other_sources_take_as_final():
    assert Sotkanet("x").client.transient_statuses - TRANSIENT_STATUSES == {403}
    assert Client().transient_statuses == TRANSIENT_STATUSES


def test_read_of_the_recorded_answer():
    names = ["sotkanet_regions_subset.json", "sotkanet_127_2023_5cities.json"]
    if not all((SAMPLES / name).exists() for name in names):
        pytest.skip("the recorded answers are not beside this clone")
    body = b"[" + b",".join((SAMPLES / name).read_bytes() for name in names) + b"]"

    answer = Sotkanet("").parse(body, POPULATION)

    assert Sotkanet("").table_id_of(body) == "127"
    assert cells(answer) == {
        ("049", 2023): 314024,
        ("091", 2023): 674500,
        ("564", 2023): 214633,
        ("837", 2023): 255050,
        ("853", 2023): 201863,
    }
    assert answer.rejected == ()


@pytest.fixture
def followed(db):
    load_catalogue()
    return Indicator.objects.create(
        code="unemployed",
        source=Source.objects.get(code="sotkanet"),
        group=IndicatorGroup.VITALITY,
        name_fi="Työttömät",
        unit_fi="%",
        table="181",
        content_code="value",
    )


def figures(area):
    frame = observations(["unemployed"], [area])
    return {one.year: one.missing or one.value for one in frame.itertuples()}


def test_import_reads_the_network_and_then_a_saved_answer(thl, followed, settings, tmp_path):
    settings.SOTKANET_URL = thl.url
    call_command("import_statistics", "sotkanet")

    assert figures("217") == {year: server.figure(22, year) for year in range(2019, 2024)}
    assert figures("074")[2022] == "not_published"

    later = [server.regions(), [server.row(22, 2024, 9.5)]]
    (tmp_path / "181.json").write_text(json.dumps(later))
    call_command("import_statistics", "sotkanet", "--from", str(tmp_path))

    assert (figures("217")[2024], figures("217")[2023]) == (9.5, server.figure(22, 2023))


def test_import_dry_run_stores_nothing(thl, followed, settings, capsys):
    settings.SOTKANET_URL = thl.url

    call_command("import_statistics", "sotkanet", "--dry-run")

    assert "rows new: 19" in capsys.readouterr().out.splitlines()
    assert (Observation.objects.count(), ImportRun.objects.count()) == (0, 0)


def test_import_that_breaks_off_stores_nothing(thl, followed, settings):
    settings.SOTKANET_URL = thl.url
    Indicator.objects.exclude(code="unemployed").update(is_active=False)
    thl.faults = [None, None, 400]

    with pytest.raises(CommandError, match="does not accept the question"):
        call_command("import_statistics", "sotkanet")

    assert not Observation.objects.exists()
    assert ImportRun.objects.get().state == ImportState.FAILED


@pytest.mark.django_db
@pytest.mark.parametrize("origin", ["network", "bundled"])
def test_import_without_an_indicator_says_so(origin):
    load_catalogue()
    Indicator.objects.filter(source__code="sotkanet").update(is_active=False)
    with pytest.raises(CommandError, match="No indicator is read from Sotkanet yet"):
        call_command("import_statistics", "sotkanet", "--from", origin)
