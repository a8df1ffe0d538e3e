"""Runs first in each Python of a run on another day (`uso/roof/demo/clock.py`).

libfaketime 0.9.10 takes its offset from the monotonic clock too in `clock_nanosleep`, and the kernel
refuses to sleep until a moment before the machine was started. `select` knows no moments.
"""

import select
import time


def sleep(seconds: float) -> None:
    """Sleep for a while, not until a moment."""
    select.select([], [], [], seconds)


time.sleep = sleep  # type: ignore[assignment]
