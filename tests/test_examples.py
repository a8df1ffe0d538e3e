"""The examples in docstrings hold, in whichever module they stand."""

import doctest
import importlib

import pytest

from uso.roof.demo.places import ROOT

APPS = ("analysis", "billing", "events", "municipalities", "seasons", "uso", "workshops")
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for app in APPS
    for path in (ROOT / app).rglob("*.py")
    if ">>> " in path.read_text()
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name):
    result = doctest.testmod(importlib.import_module(name))

    assert result.attempted > 0
    assert result.failed == 0
