"""`make test CLOCK=…`: the suite, its servers and its processes on another day."""

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest

from uso.roof.demo import bootstrap, clock, testrun

pytestmark = pytest.mark.real_clock

WHAT_DAY = """
import time
from datetime import date
time.sleep(0.01)
print(date.today())
"""


@pytest.fixture
def own_environment(monkeypatch):
    """What a run puts into the environment is gone after the test; no servers are named in it."""
    for name in (*clock.NAMES, "DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        monkeypatch.setenv(name, "")  # noted, and put back at the end
        monkeypatch.delenv(name)


@pytest.mark.parametrize(
    ("asked", "offset"),
    [("+400d", "+400d"), ("-3d", "-3d"), ("2028-02-29", "+456d"), ("2026-11-30", "+0d")],
)
def test_day_is_written_as_days_from_today(asked, offset):
    assert clock.offset(asked, date(2026, 11, 30)) == offset


def test_nonsense_is_no_day():
    with pytest.raises(ValueError, match="tomorrow"):
        clock.offset("tomorrow", date(2026, 11, 30))


def test_missing_library_names_the_one_command(monkeypatch):
    monkeypatch.setattr(clock, "library", lambda: None)

    with pytest.raises(SystemExit, match=r"Run: sudo apt-get install --yes faketime$"):
        clock.environment("+400d")


def test_setup_for_another_day_asks_for_faketime_alone(monkeypatch):
    asked = []
    monkeypatch.setattr(bootstrap, "loads", lambda library: True)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)
    monkeypatch.setattr(bootstrap, "apt_install", lambda names, **why: asked.extend(names))

    bootstrap.install_system_packages(for_tests=False)
    assert asked == []
    bootstrap.install_system_packages(for_tests=False, another_day=True)
    assert asked == ["faketime"]


@pytest.mark.slow
@pytest.mark.skipif(
    clock.library() is None or "FAKETIME" in os.environ,
    reason="needs libfaketime, which set-up brings by --clock, and today's clock",
)
def test_run_on_another_day_has_that_day_in_every_process(own_environment, monkeypatch):
    days = []

    def run(arguments: list[str]) -> int:
        child = subprocess.run([sys.executable, "-c", WHAT_DAY], stdout=subprocess.PIPE, text=True)
        days.append(date.fromisoformat(child.stdout.strip()))
        with psycopg.connect(os.environ["DATABASE_URL"]) as database:
            days.append(database.execute("SELECT current_date").fetchone()[0])
            days.append(database.info.host)
        return 5

    monkeypatch.setattr(testrun, "run", run)

    assert testrun.main(["--clock=2031-06-01", "tests/events"]) == 5
    child, server, sockets = days
    assert child in {date(2031, 6, 1), date(2031, 6, 1) - timedelta(days=1)}
    assert server == date(2031, 6, 1)
    assert not Path(sockets).exists()
