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
    pytest = [sys.executable, "-m", "pytest"]
    if arguments:
        return subprocess.run([*pytest, *arguments], cwd=ROOT, check=False).returncode
    tests = subprocess.run([*pytest, "-n", "auto"], cwd=ROOT, env=measured(), check=False)
    return gate() or tests.returncode


def measured() -> dict[str, str]:
    """Return an environment in which each Python measures itself from its first line on."""
    prepare_folders(CLONE)
    data = CLONE.var / "coverage"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir()
    return os.environ | {
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
