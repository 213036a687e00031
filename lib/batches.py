"""Working in turns: a long job makes room for the others now and then."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

TIME_SLICE = 30.0  # seconds


def run_batches(batch: Callable[[], int], *, seconds: float = TIME_SLICE) -> int:
    """Do batch after batch until one finds nothing to do, or the turn is over; return the sum.

    A mailing to everyone must not keep every worker from reading for an hour. The rows are still
    there when a turn is over, and the next bell goes on with them.
    """
    done, ends = 0, monotonic() + seconds
    while monotonic() < ends and (more := batch()):
        done += more
    return done
