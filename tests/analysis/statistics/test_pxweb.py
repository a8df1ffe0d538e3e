"""Asking Statistics Finland: metadata first, parts under the limits, patience, and plain sentences."""

import json
from datetime import UTC, datetime
from math import prod
from pathlib import Path

import pytest

from analysis.statistics.sources.base import Series, SourceError, TablePlan
from analysis.statistics.sources.http_client import USER_AGENT, Client, Pace, retry_after_seconds
from analysis.statistics.sources.pxweb import Limits, PxWeb, halves, split_to_fit
from tests.analysis.statistics.statfin import StatFin, serving

pytestmark = pytest.mark.usefixtures("in_english")

POPULATION = TablePlan("StatFin/vaerak/11re", [Series("population", "vaesto")])
SHARES = TablePlan(
    "Kuntien_avainluvut/uusin/142h",
    [Series("share_under_15", "M391"), Series("natural_increase", "M303")],
)
SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "data" / "samples"


@pytest.fixture
def statfin():
    with serving(StatFin()) as server:
        yield server


@pytest.fixture
def pxweb(statfin):
    return PxWeb(statfin.url, Client(backoff=(1.0, 4.0)))


def fetch(pxweb, plan):
    steps = []
    raw = pxweb.fetch(plan, lambda done, total: steps.append((done, total)))
    return raw, steps


def posts(statfin):
    return [json.loads(body) for _path, body, _agent in statfin.requests if body]


def test_ask_selects_municipalities_totals_and_matching_contents(statfin, pxweb):
    raw, _steps = fetch(pxweb, POPULATION)

    assert {part["code"]: part["selection"]["values"] for part in posts(statfin)[0]["query"]} == {
        "timeperiod_y": ["2021", "2022", "2024"],
        "contentscode": ["vaerak-vaesto"],
        "alue_23_20260101": ["SSS", "KU074", "KU217", "KU182"],
        "ikaryhma_10_20180101": ["SSS"],
        "sukupuoli_9_20180101": ["SSS"],
    }
    assert len(pxweb.parse(raw.body, POPULATION).frame) == 12
    assert {agent for _path, _body, agent in statfin.requests} == {USER_AGENT}


def test_ask_takes_the_years_since(statfin, pxweb):
    raw, _steps = fetch(pxweb, TablePlan(POPULATION.table, POPULATION.series, since=2022))

    assert set(pxweb.parse(raw.body, POPULATION).frame["year"]) == {2022, 2024}


def test_ask_cuts_under_the_limit_and_reports_progress(statfin, pxweb):
    statfin.max_cells = 8

    raw, steps = fetch(pxweb, SHARES)

    sizes = [
        prod(len(part["selection"]["values"]) for part in post["query"]) for post in posts(statfin)
    ]
    assert sizes == [8, 8, 8]
    assert steps == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert raw.query == [
        {part["code"]: part["selection"]["values"] for part in post["query"]}
        for post in posts(statfin)
    ]
    answer = pxweb.parse(raw.body, SHARES)
    assert (len(answer.frame), answer.rejected) == (24, ())


def test_ask_halves_what_the_server_still_refuses_as_too_large(statfin, pxweb, monkeypatch):
    monkeypatch.setattr(PxWeb, "_limits", lambda self: Limits())
    statfin.max_cells = 8

    raw, _steps = fetch(pxweb, SHARES)

    assert len(pxweb.parse(raw.body, SHARES).frame) == 24


@pytest.mark.slow
@pytest.mark.parametrize("fault", [429, 500, 503, "slow", "truncated", "garbage"])
@pytest.mark.parametrize("before", [1, 2])
def test_ask_goes_on_after_a_passing_fault(statfin, pxweb, waits, fault, before):
    pxweb.client.timeout = 0.3 if fault == "slow" else 30
    pxweb._limits = lambda: Limits()
    statfin.faults = [None] * (before - 1) + [fault]

    raw, _steps = fetch(pxweb, POPULATION)

    assert len(pxweb.parse(raw.body, POPULATION).frame) == 12
    assert waits == [2.0 if fault == 429 else 1.0]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7),
        ("0", 0),
        ("100000", 120),
        ("9" * 500, 120),
        ("Sun, 22 Nov 2026 09:00:30 GMT", 30),
        ("Sun, 22 Nov 2026 09:00:30 -0000", 30),
        ("Sun, 22 Nov 2026 11:00:30 +0200", 30),
        ("Sun, 22 Nov 2026 19:00:00 GMT", 120),
        ("Sun, 22 Nov 2026 08:00:00 GMT", 0),
        ("", 0),
        ("²", 0),
        ("٣", 0),
        ("-1", 0),
        ("1.5", 0),
        ("soon", 0),
        ("Sun, 99 Nov 2026 09:00:00 GMT", 0),
        ("Sun, 22 Nov 2026 09:00:00 +9999999999999", 0),
    ],
)
def test_wait_asked_for_is_read_whatever_stands_there(header, seconds):
    assert retry_after_seconds(header, datetime(2026, 11, 22, 9, tzinfo=UTC)) == seconds


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (429, "asks for fewer questions"),
        (500, "has a fault (error 500)"),
        ("slow", "did not answer in time"),
        ("truncated", "broke off in the middle"),
        ("garbage", "broke off in the middle"),
        (403, "refuses to give table 11re (error 403)"),
        (400, "does not know table 11re by this name"),
    ],
)
def test_ask_fails_with_a_sentence_when_the_fault_stays(statfin, pxweb, fault, words):
    pxweb.client.timeout = 0.3 if fault == "slow" else 30
    pxweb._limits = lambda: Limits()
    statfin.faults = [fault] * 30

    with pytest.raises(SourceError) as failed:
        fetch(pxweb, POPULATION)

    assert words in failed.value.message
    assert "The figures read before stay in use" in failed.value.message


def test_ask_fails_when_every_part_is_refused(statfin, pxweb):
    statfin.faults = [None, None] + [403] * 30

    with pytest.raises(SourceError, match="refuses to give table 11re"):
        fetch(pxweb, POPULATION)


def test_ask_of_the_long_table_name_says_it_may_be_renamed(pxweb):
    with pytest.raises(SourceError, match="may have been renamed"):
        fetch(pxweb, TablePlan("StatFin/vaerak/statfin_vaerak_pxt_11re", POPULATION.series))


def test_ask_of_contents_the_table_lacks_says_wrong_table(pxweb):
    with pytest.raises(SourceError, match="Table 142h has none of the figures"):
        fetch(pxweb, TablePlan(SHARES.table, [Series("x", "M999")]))


def test_ask_of_an_unknown_server_says_check_the_network():
    with pytest.raises(SourceError, match="cannot be reached"):
        fetch(PxWeb("http://127.0.0.1:9", Client(backoff=())), POPULATION)


def test_ask_refuses_an_address_of_another_kind():
    with pytest.raises(SourceError, match="begins with https"):
        fetch(PxWeb("file:///etc"), POPULATION)


def test_pace_waits_until_the_window_has_room():
    now, slept = [0.0], []
    pace = Pace(calls=2, seconds=60.0, clock=lambda: now[0])
    for _call in range(3):
        pace.wait(slept.append)
        now[0] += 10.0

    assert slept == [40.0]


def test_cut_keeps_every_cell_once():
    selection = {"time": list("abcde"), "metric": list("fgh"), "geo": list("ijkl")}

    parts = list(split_to_fit(selection, Limits(cells=7, values=100)))

    cells = [
        (t, m, g)
        for part in parts
        for t in part["time"]
        for m in part["metric"]
        for g in part["geo"]
    ]
    assert len(cells) == len(set(cells)) == 60
    assert all(prod(map(len, part.values())) <= 7 for part in parts)


def test_halves_of_one_cell_is_itself():
    assert halves({"time": ["2024"]}) == [{"time": ["2024"]}]


@pytest.mark.parametrize(
    ("name", "year", "figures"),
    [
        ("statfin_11re_three_cities_2024_premigration.json", 2024, [320931, 684018, 251269]),
        ("statfin_11re_three_cities_2025_postmigration.json", 2025, [325716, 694392, 252956]),
    ],
)
def test_read_of_recorded_answers_before_and_after_the_change(name, year, figures):
    if not (SAMPLES / name).exists():
        pytest.skip("the recorded answers are not beside this clone")

    answer = PxWeb("").parse((SAMPLES / name).read_bytes(), POPULATION)

    assert answer.frame["area"].tolist() == ["049", "091", "092"]
    assert answer.frame["year"].tolist() == [year] * 3
    assert answer.frame["value"].tolist() == figures
    assert answer.rejected == ()
