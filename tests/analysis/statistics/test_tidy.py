"""The tidy frame: the same figures whatever the order of dimensions, the names of variables or the parts."""

import itertools

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.statistics.enums import RejectReason
from analysis.statistics.sources import jsonstat, tidy
from analysis.statistics.sources.base import (
    TIDY_COLUMNS,
    RejectedRows,
    Series,
    SourceError,
    TablePlan,
)
from tests.analysis.statistics import statfin

pytestmark = pytest.mark.usefixtures("in_english")

POPULATION = TablePlan("StatFin/vaerak/11re", [Series("population", "vaesto")])
SHARES = TablePlan(
    "Kuntien_avainluvut/uusin/142h",
    [Series("share_under_15", "M391"), Series("natural_increase", "M303")],
)

CELL = st.one_of(st.none(), st.integers(-(10**6), 10**6), st.sampled_from([".", "..", "..."]))
#: A loaded machine is slow, not wrong.
PATIENT = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])


def read(plan, *documents):
    return tidy.parse_table([jsonstat.parse(document) for document in documents], plan)


def rows(answer):
    frame = answer.frame.astype({"indicator": str, "area": str, "breakdown": str, "missing": str})
    return sorted(frame.itertuples(index=False, name=None), key=str)


def population(**more):
    return statfin.dataset(statfin.population_table(), **more)


def test_answer_has_one_row_for_each_area_and_year_at_the_totals():
    answer = read(POPULATION, population())

    assert list(answer.frame.columns) == TIDY_COLUMNS
    assert len(answer.frame) == 5 * 3
    kannus = answer.frame.query("area == '217' and year == 2024")
    assert kannus["value"].tolist() == [
        statfin.figure(("KU217", "SSS", "SSS", "2024", "vaerak-vaesto"))
    ]
    assert answer.rows_read == 5 * 2 * 3 * 3
    assert answer.rejected == (RejectedRows(RejectReason.UNUSED, 75),)


@PATIENT
@given(order=st.permutations(range(5)), roles=st.booleans())
def test_answer_does_not_depend_on_order_of_dimensions(order, roles):
    table = statfin.population_table()
    turned = statfin.dataset(
        [table[at] for at in order],
        value=lambda codes: statfin.figure(codes),
        roles=roles,
    )

    assert rows(read(POPULATION, turned)) == rows(read(POPULATION, population()))


@PATIENT
@given(cells=st.lists(CELL, min_size=30, max_size=30))
def test_answer_keeps_each_cell_with_its_codes(cells):
    table = statfin.key_figures_table()
    every = itertools.product(*(variable["values"] for variable in table))
    values = dict(zip(every, cells, strict=True))

    frame = read(SHARES, statfin.dataset(table, table="142h", value=values.__getitem__)).frame

    assert len(frame) == len(values)
    codes = {"share_under_15": "M391", "natural_increase": "avl-M303"}
    for row in frame.itertuples():
        area = row.area if row.area in ("SSS", "MK16") else f"KU{row.area}"
        cell = values[codes[row.indicator], area, str(row.year)]
        assert (row.missing == "") is isinstance(cell, int)
        assert pd.isna(row.value) if row.missing else row.value == cell


@pytest.mark.parametrize("content", ["vaesto", "vaerak-vaesto", "VAESTO"])
@pytest.mark.parametrize("code", ["vaesto", "vaerak-vaesto"])
def test_answer_matches_contents_with_and_without_prefix(content, code):
    table = statfin.population_table()
    table[-1] = statfin.variable("contentscode", "Tiedot", {code: "Väestö 31.12."})
    plan = TablePlan(POPULATION.table, [Series("population", content)])

    assert len(read(plan, statfin.dataset(table)).frame) == 15


def test_answer_does_not_match_the_end_of_another_code():
    table = statfin.population_table()
    table[-1] = statfin.variable("contentscode", "Tiedot", {"naisvaesto": "Naiset"})

    with pytest.raises(SourceError, match="none of the figures asked for"):
        read(POPULATION, statfin.dataset(table))


def test_answer_matches_contents_by_text_where_no_code_is_known():
    plan = TablePlan(POPULATION.table, [Series("population", "", label="väestö  31.12.")])

    assert len(read(plan, population()).frame) == 15


def test_answer_finds_variables_by_old_names():
    table = [
        statfin.variable("Alue", "Alue", statfin.AREAS),
        statfin.variable("Vuosi", "Vuosi", ["2024"]),
        statfin.variable("Tiedot", "Tiedot", {"vaesto": "Väestö 31.12."}),
    ]

    answer = read(POPULATION, statfin.dataset(table, table="statfin_vaerak_pxt_11re", roles=False))

    assert answer.frame["year"].tolist() == [2024] * 5


def test_answer_reads_the_selection_a_series_names():
    plan = TablePlan(
        POPULATION.table,
        [Series("women", "vaesto", selection={"Sukupuoli": "2"}), Series("all", "vaesto")],
    )

    frame = read(plan, population()).frame

    women = frame.query("indicator == 'women' and area == 'SSS' and year == 2024")["value"].item()
    assert women == statfin.figure(("SSS", "SSS", "2", "2024", "vaerak-vaesto"))


def test_answer_refuses_a_part_without_its_total():
    table = statfin.population_table()
    table[1] = statfin.variable("ikaryhma_10_20180101", "Ikä", {"000": "0"}, elimination=True)

    with pytest.raises(SourceError, match="“Ikä” it has only “0”, which is not the total"):
        read(POPULATION, statfin.dataset(table))


def women(extension):
    table = statfin.population_table()
    table[2] = statfin.variable("sukupuoli_9_20180101", "Sukupuoli", {"2": "Naiset"})
    document = statfin.dataset(table)
    document["dimension"]["sukupuoli_9_20180101"]["extension"] = extension
    return document


@pytest.mark.parametrize(
    "extension", [{}, {"show": "value"}, {"elimination": None}, {"elimination": True}]
)
def test_answer_with_one_value_of_a_further_variable_is_not_the_total(extension):
    with pytest.raises(SourceError, match="“Sukupuoli” it has only “Naiset”"):
        read(POPULATION, women(extension))


def test_answer_with_one_class_of_a_variable_nobody_knew_is_not_the_total():
    table = [*statfin.population_table(), statfin.variable("extra", "Rikos", {"101": "Varkaus"})]
    document = statfin.dataset(table)
    del document["dimension"]["extra"]["extension"]

    with pytest.raises(SourceError, match="“Rikos” it has only “Varkaus”"):
        read(POPULATION, document)


def test_answer_with_one_value_is_read_where_it_is_asked_for_or_all_there_is():
    asked = TablePlan(POPULATION.table, [Series("women", "vaesto", selection={"Sukupuoli": "2"})])

    assert len(read(asked, women({})).frame) == 15
    assert len(read(POPULATION, women({"elimination": False})).frame) == 15
    assert len(read(POPULATION, population()).frame) == 15


def test_answer_joins_parts_and_refuses_doubles():
    early = statfin.dataset(statfin.population_table(["2021"]))
    late = statfin.dataset(
        statfin.population_table(["2022", "2024"]), updated="2026-05-01T05:00:00Z"
    )

    joined = read(POPULATION, early, late)

    assert rows(joined) == rows(read(POPULATION, population()))
    assert joined.updated.month == 5
    with pytest.raises(SourceError, match="the same figure twice"):
        read(POPULATION, early, early)


def test_answer_refuses_an_area_given_twice():
    table = statfin.population_table()
    table[0] = statfin.variable("alue", "Alue", ["KU217", "217"])

    with pytest.raises(SourceError, match="the same figure twice"):
        read(POPULATION, statfin.dataset(table))


def test_answer_counts_other_areas_and_periods_as_rejected():
    table = statfin.key_figures_table(["2019", "2019-2021"])
    table[1] = statfin.variable("alue", "Alue", ["KU217", "SK161", "HVA16"])

    answer = read(SHARES, statfin.dataset(table, table="142h"))

    assert len(answer.frame) == 2
    assert answer.rejected == (
        RejectedRows(RejectReason.OTHER_AREA, 2, "SK161, HVA16"),
        RejectedRows(RejectReason.OTHER_PERIOD, 1, "2019-2021"),
    )


def test_answer_names_a_series_the_table_lacks():
    plan = TablePlan(SHARES.table, [*SHARES.series, Series("gone", "M999")])

    answer = read(plan, statfin.dataset(statfin.key_figures_table(), table="142h"))

    assert answer.rejected == (RejectedRows(RejectReason.NO_CONTENT, 0, "M999"),)


def test_answer_puts_months_in_the_breakdown_and_marks_preliminary_ones():
    table = statfin.key_figures_table()
    table[2] = statfin.variable(
        "timeperiod_m", "Kuukausi", {"2026M04": "2026M04", "2026M05": "2026M05*"}, time=True
    )

    frame = read(SHARES, statfin.dataset(table, table="142h")).frame
    kannus = frame.query("area == '217' and indicator == 'natural_increase'")

    assert kannus[["year", "breakdown", "preliminary"]].to_numpy().tolist() == [
        [2026, "M04", False],
        [2026, "M05", True],
    ]


def test_answer_refuses_another_table_and_a_table_without_areas():
    with pytest.raises(SourceError, match="of table 142h and not of 11re"):
        read(POPULATION, statfin.dataset(statfin.key_figures_table(), table="142h"))
    with pytest.raises(SourceError, match="not a table of figures by area and year"):
        read(POPULATION, statfin.dataset(statfin.population_table()[1:]))
