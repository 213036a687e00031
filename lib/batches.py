"""Run a long job in batches, a time slice each, so that it makes room for the other jobs."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

TIME_SLICE = 30.0  # seconds


def run_batches(batch: Callable[[], int], *, seconds: float = TIME_SLICE) -> int:
    """Run batches until one finds nothing to do, or the time slice is over; return the sum.

    A mailing to everyone must not keep every worker from analyzing for an hour. The rows are still
    there when a time slice is over, and the next message of beat goes on with them.
    """
    done, ends = 0, monotonic() + seconds
    while monotonic() < ends and (more := batch()):
        done += more
    return done
