"""`make test`: the suite on all cores, and the coverage gate over every process it starts."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from uso.roof.demo import clock, servers
from uso.roof.demo.places import CLONE, ROOT, Place, prepare_folders


def main(arguments: list[str]) -> int:
    """Run the suite as of today, or of the day that `--clock` names."""
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--clock", help="+400d, or 2028-02-29")
    asked, of_pytest = parser.parse_known_args(arguments)
    if asked.clock is None:
        return run(of_pytest)
    with another_day(asked.clock):
        return run(of_pytest)


@contextmanager
def another_day(day: str) -> Iterator[None]:
    """Start processes on another day, and servers of their own on it: the clone's have today's."""
    os.environ |= clock.environment(day)
    with tempfile.TemporaryDirectory(prefix="uso-clock-") as folder:
        place = Place(Path(folder) / "var")
        servers.ensure(place=place)
        try:
            yield
        finally:
            servers.leave(place)


def run(arguments: list[str]) -> int:
    """Run the whole suite and the gate, or a part of the suite without it."""
    prepare_folders(CLONE)
    pytest = [sys.executable, "-m", "pytest"]
    if arguments:
        return subprocess.run(
            [*pytest, *arguments], cwd=ROOT, env=compiled_once(), check=False
        ).returncode
    whole = [*pytest, "-n", "auto", "--dist", "worksteal"]
    tests = subprocess.run(whole, cwd=ROOT, env=compiled_once() | measured(), check=False)
    return gate() or tests.returncode


def compiled_once() -> dict[str, str]:
    """Return an environment in which what a Python compiles is there for the next one.

    Nothing is written beside the sources, and some machines forbid writing it at all: then each of
    the hundred processes of a run compiled everything it imports, for three seconds. What was
    compiled of a clone or an environment that a test made for itself goes.
    """
    compiled = CLONE.var / "compiled"
    for made_by_tests in compiled.glob(f"{tempfile.gettempdir().lstrip('/')}/pytest-of-*"):
        shutil.rmtree(made_by_tests, ignore_errors=True)
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(compiled)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def measured() -> dict[str, str]:
    """Return what makes each Python measure itself from its first line on."""
    data = CLONE.var / "coverage"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir()
    return {
        "COVERAGE_PROCESS_START": str(ROOT / "pyproject.toml"),
        "COVERAGE_FILE": str(data / "data"),
    }


def gate() -> int:
    """Put the processes' figures together and hold them against the limit."""
    coverage = [sys.executable, "-m", "coverage"]
    subprocess.run([*coverage, "combine", "--quiet"], cwd=ROOT, check=False)
    return subprocess.run([*coverage, "report"], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
