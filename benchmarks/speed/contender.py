"""A contender's side of the talk with the bench: prepare, say so, and do a round at each asking.

python -m benchmarks.speed.contender WORKLOAD NAME SIZE
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from time import perf_counter
from typing import TextIO

Rounds = Iterator["Done | None"]


@dataclass
class Done:
    """A round: how many units, the seconds of each request where there are such, more figures.

    `cpu` is in seconds, of the processes that did the work; None stands for this process and its
    children. `wall` and `database` (the CPU of its processes) are in seconds too; None stands for
    the whole round. `memory` is in megabytes; None stands for this process at its largest.
    """

    units: int
    latencies: list[float] = field(default_factory=list)
    cpu: float | None = None
    wall: float | None = None
    database: float | None = None
    memory: float | None = None
    more: dict[str, float] = field(default_factory=dict)


def main() -> None:
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what the work prints is not an answer
    workload, name, size = sys.argv[1:]
    module = importlib.import_module(f"benchmarks.speed.workloads.{workload}")
    rounds = module.CONTENDERS[name](int(size))
    next(rounds)
    _say(answers, {"ready": True})
    for _asked in sys.stdin:
        _say(answers, _one_round(rounds))


def _one_round(rounds: Rounds) -> dict[str, object]:
    cpu, begun = _cpu(), perf_counter()
    done = next(rounds)
    assert done is not None, "a round says what was done"
    done.wall = done.wall or perf_counter() - begun
    done.cpu = _cpu() - cpu if done.cpu is None else done.cpu
    if done.memory is None:
        done.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return asdict(done)


def _say(answers: TextIO, what: dict[str, object]) -> None:
    print(json.dumps(what), file=answers, flush=True)


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    # Workloads import this module by its name: that one is to be run, and not a second of it.
    from benchmarks.speed import contender

    contender.main()
