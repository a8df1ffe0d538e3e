"""`manage.py bench`: figures against floors of the same run."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from uso.roof.bench import registry, timing
from uso.roof.bench.registry import Benchmark, Budget, Measured


def measured(ratio: float, *, budget: Budget, held: bool = True) -> Measured:
    return Measured("page", ratio, 1, "ms", budget, {"≤ 12 queries": held})


@pytest.fixture
def benchmarks(monkeypatch):
    """Two benchmarks, one over its budget; neither needs a database."""

    def fine():
        """Say that all is well."""
        yield measured(2, budget=Budget(at_most=8))

    def slow():
        """Say that it is slow."""
        yield measured(0.1, budget=Budget(at_least=0.25))

    known = {f.__name__: Benchmark(f.__name__, f, needs_database=False) for f in (fine, slow)}
    monkeypatch.setattr(registry, "load", lambda: known)


@pytest.mark.parametrize(
    ("budget", "ratio", "held", "good"),
    [
        (Budget(at_most=8), 8, True, True),
        (Budget(at_most=8), 8.1, True, False),
        (Budget(at_most=8), 1, False, False),
        (Budget(at_least=0.25), 0.25, True, True),
        (Budget(at_least=0.25), 0.2, True, False),
    ],
)
def test_measured_is_good_within_budget_and_limits(budget, ratio, held, good):
    assert measured(ratio, budget=budget, held=held).good is good


def test_bench_prints_ratio_and_budget(benchmarks):
    out = StringIO()

    call_command("bench", "fine", stdout=out)

    assert out.getvalue() == "ok    page: 2 ms, floor 1, ratio 2.00 (budget ≤ 8 ×)\n"


def test_bench_over_budget_fails_after_all_have_run(benchmarks):
    out = StringIO()

    with pytest.raises(CommandError, match=r"^1 over budget\.$"):
        call_command("bench", stdout=out)

    assert [line[:4] for line in out.getvalue().splitlines()] == ["ok  ", "OVER"]


def test_bench_for_machines_is_one_object_a_line(benchmarks):
    out = StringIO()

    call_command("bench", "fine", "--json", stdout=out)

    assert json.loads(out.getvalue()) == {
        "name": "fine",
        "what": "page",
        "figure": 2,
        "floor": 1,
        "unit": "ms",
        "budget": {"at_most": 8, "at_least": None},
        "limits": {"≤ 12 queries": True},
        "ratio": 2.0,
        "good": True,
    }


def test_bench_lists_what_there_is(benchmarks):
    out = StringIO()

    call_command("bench", "--list", stdout=out)

    assert out.getvalue() == "fine: Say that all is well.\nslow: Say that it is slow.\n"


def test_unknown_benchmark_is_named(benchmarks):
    with pytest.raises(CommandError, match=r"No benchmark is called fast\. Known: fine, slow"):
        call_command("bench", "fast")


def test_broken_limit_is_named():
    assert str(measured(1, budget=Budget(at_most=8), held=False)).endswith("; not: ≤ 12 queries")


def test_registry_knows_every_area_by_name():
    known = registry.load()

    assert list(known) == sorted(known)
    assert all(entry.run.__doc__ for entry in known.values())


def test_fastest_pair_takes_turns_after_a_warm_up():
    turns = []

    work, floor = timing.fastest_pair(lambda: turns.append("w"), lambda: turns.append("f"), times=2)

    assert "".join(turns) == "wfwfwf"
    assert work > 0
    assert floor > 0
