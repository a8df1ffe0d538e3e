"""Another day for a run of the suite, by libfaketime: for tests, servers, workers and browser."""

import os
import re
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

LIBRARIES = ("lib/*/faketime", "lib/faketime", "lib64/faketime")  # Debian, Arch, Fedora
NAMES = ("LD_PRELOAD", "FAKETIME", "FAKETIME_DONT_FAKE_MONOTONIC", "PYTHONPATH")
TZ = ZoneInfo("Europe/Helsinki")
OFFSET = re.compile(r"[+-]\d+d")


def inherited() -> dict[str, str]:
    """Return what a process with an environment of its own needs to be on the day of this one."""
    if "FAKETIME" not in os.environ:
        return {}
    return {name: os.environ[name] for name in NAMES if name in os.environ}


def library() -> Path | None:
    """Find libfaketime, in its form for programs with threads."""
    found = (Path("/usr").glob(f"{folder}/libfaketimeMT.so.1") for folder in LIBRARIES)
    return next((path for each in found for path in each), None)


def offset(clock: str, today: date) -> str:
    """Write a day as days from today, so that time goes on from this hour of that day.

    Examples
    --------
    >>> offset("2028-02-29", date(2028, 2, 1)), offset("+400d", date(2028, 2, 1))
    ('+28d', '+400d')
    """
    if OFFSET.fullmatch(clock):
        return clock
    return f"{(date.fromisoformat(clock) - today).days:+}d"


def environment(clock: str) -> dict[str, str]:
    """Return what makes it another day for a process and for those it starts.

    The monotonic clock stays as it is: Python's locks wait by it unseen by libfaketime.
    """
    found = library()
    if found is None:
        raise SystemExit("libfaketime is missing. Run: sudo apt-get install --yes faketime")
    return {
        "LD_PRELOAD": str(found),
        "FAKETIME": offset(clock, datetime.now(TZ).date()),  # noqa: TID251 -- before Django
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "PYTHONPATH": str(Path(__file__).with_name("otherday")),
    }
