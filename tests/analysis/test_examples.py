"""The examples in the pure modules hold."""

import doctest
import importlib

import pytest

MODULES = [
    "analysis.charts.labels",
    "analysis.charts.scale",
    "analysis.charts.spark",
    "analysis.comparison",
    "analysis.documents",
    "analysis.indicators",
    "analysis.limits",
    "analysis.names",
    "analysis.numerals",
    "analysis.presenting.tables",
    "analysis.presenting.words",
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name):
    result = doctest.testmod(importlib.import_module(name))

    assert result.attempted > 0
    assert result.failed == 0
