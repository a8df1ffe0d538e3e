"""Measure time so that a neighbour on the same machine disturbs little."""

import gc
import time
from collections.abc import Callable


def fastest_pair(
    work: Callable[[], object], floor: Callable[[], object], *, times: int = 15
) -> tuple[float, float]:
    """Return the fastest seconds of work and of its floor, taken turn by turn after a warm-up.

    What else runs on a machine can only slow a run, so the fastest is the truest. What was measured
    before has left garbage: it is collected first, and not in the middle of a run. What is loaded is
    left out of later searches for garbage, as in a worker of the service (`gunicorn.conf.py`).
    """
    work()
    floor()
    gc.collect()
    gc.freeze()
    pairs = [(timed(work), timed(floor)) for _ in range(times)]
    gc.unfreeze()
    return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)


def timed(work: Callable[[], object]) -> float:
    """Return the seconds one run takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
