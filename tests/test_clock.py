"""No test hangs on the day it is run: each begins at one moment, and none asks before it begins."""

import ast
from collections.abc import Iterator

import pytest
from django.utils import timezone

from tests.clock import TODAY
from uso.roof.demo.places import ROOT

CLOCKS = {"localdate", "localtime", "now", "time", "today", "utcnow"}


def asked_on_import(code: ast.AST) -> Iterator[int]:
    """Give the lines on which a module asks the clock as it is read, outside its functions."""
    for node in ast.iter_child_nodes(code):
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            defaults = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
            outside = [*getattr(node, "decorator_list", []), *defaults]
            yield from asked_on_import(ast.List(outside))
            continue
        match node:
            case ast.Call(func=ast.Attribute(attr=name)) if name in CLOCKS:
                yield node.lineno
        yield from asked_on_import(node)


def test_each_test_begins_on_one_day():
    assert timezone.localdate() == TODAY


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("TODAY = timezone.localdate()", [1]),
        ("@parametrize('at', [timezone.now()])\ndef test(at): ...", [1]),
        ("def test(on=date.today()): ...", [1]),
        ("class Row:\n    made = timezone.now()", [2]),
        ("def test():\n    at = timezone.now()\nlate = lambda: timezone.now()", []),
    ],
)
def test_clock_asked_on_import_is_found(code, lines):
    assert list(asked_on_import(ast.parse(code))) == lines


def test_no_module_of_tests_asks_the_clock_before_its_tests_begin():
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for line in asked_on_import(ast.parse(path.read_text()))
    ]

    assert found == [], "use NOW or TODAY of tests/clock.py, or ask within the test"


# `datetime.date()` of a moment in UTC is yesterday between midnight and three in Finland.
LOCAL_ALREADY = {
    "seasons/moving.py": "turns each moment to Helsinki first",
    "uso/ground/lib/dates.py": "turns each moment to Helsinki first",
    "uso/roof/demo/clock.py": "today of the machine, before Django is there",
}


def test_day_of_a_moment_is_the_local_one():
    found = {
        str(path.relative_to(ROOT))
        for app in (
            "uso",
            "seasons",
            "municipalities",
            "events",
            "workshops",
            "analysis",
            "billing",
        )
        for path in (ROOT / app).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "date"
        and not node.args
    }

    assert found == set(LOCAL_ALREADY)
