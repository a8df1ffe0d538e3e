"""Mergers: counts are added up, shares are not comparable, unknown codes are named. By hand."""

from datetime import date

import pandas as pd

from analysis.statistics.division import fit_to_division
from analysis.statistics.enums import RejectReason
from analysis.statistics.sources.base import TIDY_COLUMNS, RejectedRows
from municipalities.facts import Merger

PERTUNMAA = Merger("588", "507", date(2025, 1, 1))
KNOWN = {"507", "217"}


def tidy(*rows):
    frame = pd.DataFrame([(*row, False) for row in rows], columns=TIDY_COLUMNS)
    return frame.astype(dict.fromkeys(("indicator", "area", "breakdown", "missing"), "category"))


def fitted(*rows, mergers=(PERTUNMAA,)):
    found = fit_to_division(tidy(*rows), known=KNOWN, mergers=mergers, summed={"population"})
    figures = {
        (row.indicator, row.area, row.year): row.missing or row.value
        for row in found.frame.itertuples()
    }
    return figures, found.rejected


def test_fit_adds_up_counts_of_the_years_before_the_merger():
    figures, rejected = fitted(
        ("population", "507", 2022, "", 5564.0, ""),
        ("population", "588", 2022, "", 1600.0, ""),
        ("population", "507", 2025, "", 7000.0, ""),
        ("population", "588", 2025, "", float("nan"), "not_published"),
    )

    assert figures == {("population", "507", 2022): 7164.0, ("population", "507", 2025): 7000.0}
    assert rejected == [RejectedRows(RejectReason.MERGED, 2, "588")]


def test_fit_leaves_a_sum_with_a_missing_part_missing():
    figures, _rejected = fitted(
        ("population", "507", 2022, "", 5564.0, ""),
        ("population", "588", 2022, "", float("nan"), "confidential"),
    )

    assert figures == {("population", "507", 2022): "confidential"}


def test_fit_leaves_the_successor_as_it_is_where_nothing_of_the_ended_one_was_published():
    figures, _rejected = fitted(
        ("population", "507", 2022, "", 7164.0, ""),
        ("population", "588", 2022, "", float("nan"), "not_published"),
    )

    assert figures == {("population", "507", 2022): 7164.0}


def test_fit_makes_shares_before_the_merger_not_comparable():
    figures, _rejected = fitted(
        ("share", "507", 2022, "", 38.5, ""),
        ("share", "588", 2022, "", 41.0, ""),
        ("share", "507", 2025, "", 40.0, ""),
    )

    assert figures == {("share", "507", 2022): "not_comparable", ("share", "507", 2025): 40.0}


def test_fit_leaves_a_table_on_todays_division_as_it_is():
    figures, rejected = fitted(
        ("share", "507", 2022, "", 39.0, ""), ("population", "217", 2022, "", 5400.0, "")
    )

    assert figures == {("share", "507", 2022): 39.0, ("population", "217", 2022): 5400.0}
    assert rejected == []


def test_fit_names_codes_that_are_not_known():
    figures, rejected = fitted(
        ("population", "217", 2022, "", 1.0, ""), ("population", "999", 2022, "", 2.0, "")
    )

    assert figures == {("population", "217", 2022): 1.0}
    assert rejected == [RejectedRows(RejectReason.UNKNOWN_AREA, 1, "999")]


def test_fit_takes_two_mergers_into_one_municipality():
    mergers = (Merger("476", "297", date(2015, 1, 1)), Merger("174", "297", date(2017, 1, 1)))
    found = fit_to_division(
        tidy(
            ("population", "297", 2014, "", 100.0, ""),
            ("population", "476", 2014, "", 10.0, ""),
            ("population", "174", 2014, "", 1.0, ""),
        ),
        known={"297"},
        mergers=mergers,
        summed={"population"},
    )

    assert found.frame[["area", "value"]].to_numpy().tolist() == [["297", 111.0]]


def weighed(*rows):
    found = fit_to_division(
        tidy(*rows),
        known=KNOWN,
        mergers=(PERTUNMAA,),
        summed={"population"},
        weights={"share": "population"},
    )
    return {
        (row.indicator, row.area, row.year): row.missing or row.value
        for row in found.frame.itertuples()
    }


def test_fit_averages_a_share_by_its_denominator():
    # (38.5 × 5 564 + 41.0 × 1 600) / 7 164 = (214 214 + 65 600) / 7 164 = 279 814 / 7 164.
    figures = weighed(
        ("share", "507", 2022, "", 38.5, ""),
        ("share", "588", 2022, "", 41.0, ""),
        ("population", "507", 2022, "", 5564.0, ""),
        ("population", "588", 2022, "", 1600.0, ""),
        ("share", "507", 2025, "", 40.0, ""),
    )

    assert round(figures["share", "507", 2022], 4) == 39.0583
    assert figures["population", "507", 2022] == 7164.0
    assert figures["share", "507", 2025] == 40.0


def test_fit_without_the_weight_of_a_part_is_not_comparable():
    figures = weighed(
        ("share", "507", 2022, "", 38.5, ""),
        ("share", "588", 2022, "", 41.0, ""),
        ("population", "507", 2022, "", 5564.0, ""),
        ("population", "588", 2022, "", float("nan"), "confidential"),
    )

    assert figures["share", "507", 2022] == "not_comparable"


def test_fit_averages_nothing_where_a_part_is_hidden():
    figures = weighed(
        ("share", "507", 2022, "", 38.5, ""),
        ("share", "588", 2022, "", float("nan"), "confidential"),
        ("population", "507", 2022, "", 5564.0, ""),
        ("population", "588", 2022, "", 1600.0, ""),
    )

    assert figures["share", "507", 2022] == "confidential"


def test_fit_weighs_two_mergers_one_after_the_other():
    # 476 joined 297 in 2015 and 174 in 2017. 2014: (10 × 100 + 20 × 300) / 400 = 17.5, then
    # (17.5 × 400 + 30 × 100) / 500 = 20.0. 2016 (297 and 174 alone): (16 × 400 + 30 × 100) / 500 = 18.8.
    rows = [
        ("share", "297", 2014, "", 10.0, ""), ("population", "297", 2014, "", 100.0, ""),
        ("share", "476", 2014, "", 20.0, ""), ("population", "476", 2014, "", 300.0, ""),
        ("share", "174", 2014, "", 30.0, ""), ("population", "174", 2014, "", 100.0, ""),
        ("share", "297", 2016, "", 16.0, ""), ("population", "297", 2016, "", 400.0, ""),
        ("share", "174", 2016, "", 30.0, ""), ("population", "174", 2016, "", 100.0, ""),
    ]  # fmt: skip
    mergers = (Merger("476", "297", date(2015, 1, 1)), Merger("174", "297", date(2017, 1, 1)))

    found = fit_to_division(
        tidy(*rows),
        known={"297"},
        mergers=mergers,
        summed={"population"},
        weights={"share": "population"},
    )

    available = {(row.indicator, row.year): row.value for row in found.frame.itertuples()}
    assert available == {
        ("share", 2014): 20.0, ("share", 2016): 18.8,
        ("population", 2014): 500.0, ("population", 2016): 500.0,
    }  # fmt: skip
