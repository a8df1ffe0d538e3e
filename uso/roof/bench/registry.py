"""What a benchmark is, and the list of them.

A figure alone says more about the machine than about the code. So each benchmark takes a floor in
the same run — the least that the same machine can do for the same end — and is held to a ratio.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import uso.roof.bench


@dataclass(frozen=True)
class Budget:
    """The ratio of figure to floor that is allowed: `at_most` for costs, `at_least` for rates."""

    at_most: float | None = None
    at_least: float | None = None

    def __str__(self) -> str:
        return f"≤ {self.at_most:g} ×" if self.at_most is not None else f"≥ {self.at_least:g} ×"

    def holds(self, ratio: float) -> bool:
        """Say whether a ratio is within the budget."""
        return (self.at_most is None or ratio <= self.at_most) and (
            self.at_least is None or ratio >= self.at_least
        )


@dataclass(frozen=True)
class Measured:
    """What one benchmark found.

    `limits` are named facts that must hold besides the ratio: {"≤ 12 queries": True}.
    """

    what: str
    figure: float
    floor: float
    unit: str
    budget: Budget
    limits: dict[str, bool]

    @property
    def ratio(self) -> float:
        return self.figure / self.floor

    @property
    def good(self) -> bool:
        """Ratio and limits hold."""
        return self.budget.holds(self.ratio) and all(self.limits.values())

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"ratio": round(self.ratio, 3), "good": self.good}

    def __str__(self) -> str:
        mark = "ok  " if self.good else "OVER"
        broken = "".join(f"; not: {name}" for name, held in self.limits.items() if not held)
        return (
            f"{mark}  {self.what}: {self.figure:.4g} {self.unit}, floor {self.floor:.4g}, "
            f"ratio {self.ratio:.2f} (budget {self.budget}){broken}"
        )


@dataclass(frozen=True)
class Benchmark:
    """One entry of the list. It yields what it measured, inside a database of its own if it asks."""

    name: str
    run: Callable[[], Iterator[Measured]]
    needs_database: bool


REGISTRY: dict[str, Benchmark] = {}


def benchmark(
    name: str, *, needs_database: bool = True
) -> Callable[[Callable[[], Iterator[Measured]]], Callable[[], Iterator[Measured]]]:
    """Enter a function into the list under a name; its docstring says what it holds to what."""

    def enter(function: Callable[[], Iterator[Measured]]) -> Callable[[], Iterator[Measured]]:
        REGISTRY[name] = Benchmark(name, function, needs_database)
        return function

    return enter


def load() -> dict[str, Benchmark]:
    """Import every area's module and return the list, by name."""
    for module in pkgutil.iter_modules(uso.roof.bench.__path__, "uso.roof.bench."):
        importlib.import_module(module.name)
    return dict(sorted(REGISTRY.items()))
