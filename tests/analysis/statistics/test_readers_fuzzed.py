"""Whatever comes in, the readers of answers and of files give figures that can be stored, or a sentence."""

import copy
import json
from functools import cache

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from analysis.statistics.sources import registry
from analysis.statistics.sources.base import Series, SourceError, TablePlan
from analysis.statistics.sources.files import Files, FileWithMapping
from analysis.statistics.sources.mapping import mapping_from_json
from analysis.statistics.sources.population_tables import read_populations
from tests.analysis.statistics import sotkanet, statfin
from tests.analysis.statistics.workbooks import BY_YEAR, PLAN, saved
from uso.ground.lib import sheets
from uso.ground.lib.errors import RuleViolation

pytestmark = pytest.mark.usefixtures("in_english")

#: A loaded machine is slow, not wrong.
PATIENT = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
TRAPS = [
    None, True, 0, -1, 91, 1e308, 10**400, "", "<5", "290731*", "a\x00b", "\ud800", "Ja\u0308msa\u0308",
    "\u202e5", "0000", "2999", [], {}, [[]], {"": {}}, [91, 92], "KU217", "SSS", "٣",
]  # fmt: skip
STATFIN = TablePlan("StatFin/vaerak/11re", [Series("population", "vaesto")])
SOTKANET = TablePlan("181", [Series("unemployed", "value")])


def paths(value, path=()):
    """Every place in a JSON value."""
    yield path
    inside = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, one in inside:
        yield from paths(one, (*path, key))


def spoilt(document, place, trap):
    """The document with a trap in one place."""
    if not place:
        return trap
    made = copy.deepcopy(document)
    inside = made
    for key in place[:-1]:
        inside = inside[key]
    inside[place[-1]] = trap
    return made


def check_storable(answer):
    """What is read can be written to the database: texts without traps, years and figures in range."""
    frame = answer.frame
    texts = [answer.label, answer.source, *frame["area"].unique(), *frame["breakdown"].unique()]
    for text in texts:
        text.encode()
        assert "\x00" not in text
    assert frame["value"].notna().equals(frame["missing"] == "")
    assert not frame["year"].isna().any()


def check_sentence(message):
    """What is said can be stored and displayed."""
    message.encode()
    assert "\x00" not in message
    assert message.endswith(".")


def parse(source, plan, document):
    body = json.dumps(document).encode()
    adapter = registry.adapter_of(source)
    try:
        adapter.table_id_of(body)
        check_storable(adapter.parse(body, plan))
    except SourceError as refused:
        check_sentence(refused.message)


ANSWER = statfin.dataset(statfin.population_table(["2024"]))
ROWS = [sotkanet.description(), sotkanet.regions(), [sotkanet.row(22, 2021, 5.5)]]


@PATIENT
@given(st.sampled_from(list(paths(ANSWER))), st.sampled_from(TRAPS))
@example(("dimension", "alue_23_20260101", "category", "index"), [91, 92, 49, 217, 182])
@example(("label",), "a\x00b")
@example(("value", 0), "<5")
def test_any_spoilt_answer_of_a_table_is_figures_or_a_sentence(place, trap):
    parse("pxweb", STATFIN, spoilt(ANSWER, place, trap))
    parse("compiled-statfin", STATFIN, spoilt(ANSWER, place, trap))


@PATIENT
@given(st.sampled_from(list(paths(ROWS))), st.sampled_from(TRAPS))
@example((1, 5, "code"), "a\x00b")
@example((0, "title", "fi"), "a\x00b")
@example((0, "organization", "title", "fi"), "a\x00b")
def test_any_spoilt_answer_of_rows_is_figures_or_a_sentence(place, trap):
    parse("sotkanet", SOTKANET, spoilt(ROWS, place, trap))


@PATIENT
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
        max_leaves=12,
    )
)
def test_any_json_is_figures_or_a_sentence(value):
    for source, plan in (("pxweb", STATFIN), ("sotkanet", SOTKANET)):
        parse(source, plan, value)


def read_file(name, content):
    body = FileWithMapping(name, BY_YEAR, content).as_bytes()
    try:
        check_storable(Files().parse(body, PLAN))
        sheets.open_all_sheets(name, content)
    except RuleViolation as refused:
        check_sentence(refused.message)


@PATIENT
@given(st.binary(max_size=400))
def test_any_text_file_is_figures_or_a_sentence(content):
    for start in (b"", b"Kunta;2024\n217;", b"\xff\xfe", b"\xd0\xcf\x11\xe0"):
        read_file("evp.csv", start + content)


@cache
def sound_workbook() -> bytes:
    """One file for all tries: its length hangs on the moment it is made."""
    workbook = Workbook()
    for row in (["Kunta", 2024], [217, 5335], ["Jämsä", "6,9"]):
        workbook.active.append(row)
    return saved(workbook)


@PATIENT
@given(st.data())
def test_any_damaged_workbook_is_figures_or_a_sentence(data):
    content = bytearray(sound_workbook())
    at = data.draw(st.integers(4, len(content) - 1))
    content[at : at + data.draw(st.integers(1, 8))] = data.draw(st.binary(max_size=8))

    read_file("evp.xlsx", bytes(content))


@PATIENT
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_file_of_populations_is_figures_or_a_sentence(tmp_path, first, second):
    path = tmp_path / "population.csv"
    path.write_bytes(f"code;2024\n{first};5\n217;{second}\n".encode("utf-8", "surrogatepass"))

    try:
        found = read_populations(str(path))
    except SourceError as refused:
        check_sentence(refused.message)
    else:
        assert all(one.code.isdigit() and one.count > 0 for one in found.figures)


@pytest.mark.parametrize("source", sorted(registry.ADAPTERS))
def test_what_no_reader_foresaw_becomes_a_sentence(monkeypatch, caplog, source):
    adapter = registry.adapter_of(source)
    broken = property(lambda plan: 1 / 0)
    monkeypatch.setattr(TablePlan, "table_id", broken)
    monkeypatch.setattr("analysis.statistics.sources.jsonstat.documents", lambda body: 1 / 0)
    monkeypatch.setattr("analysis.statistics.sources.sotkanet.parse_parts", lambda body: 1 / 0)
    monkeypatch.setattr(FileWithMapping, "from_bytes", lambda body: 1 / 0)

    for read in (lambda: adapter.parse(b"{}", STATFIN), lambda: adapter.table_id_of(b"{}")):
        with pytest.raises(SourceError, match="has a form that is not known here"):
            read()
    assert "ZeroDivisionError" in caplog.text  # whoever mends it finds where


@pytest.mark.parametrize("trap", [one for one in TRAPS if one != ""])
def test_mapping_is_checked_before_it_meets_a_file(trap):
    with pytest.raises(SourceError, match="“hidden” of the mapping"):
        mapping_from_json(
            {"table": "evp", "area": "Kunta", "contents": {"": "evp"}, "hidden": trap}
        )
