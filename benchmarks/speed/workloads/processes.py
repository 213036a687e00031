"""What processes cost, as the system counts it."""

from __future__ import annotations

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_of_tree(pid: int) -> float:
    """Seconds of CPU of a process, its children now, and those that have ended."""
    user, system, ended_user, ended_system = _stat(pid)[11:15]
    own = (int(user) + int(system) + int(ended_user) + int(ended_system)) / TICKS
    return own + sum(map(cpu_of_tree, _children(pid)))


def cpu_of_the_database() -> float:
    """The same of the bench's PostgreSQL, for who prepares a round that is not to be counted."""
    return cpu_of_tree(int(os.environ["BENCH_DATABASE"]))


def largest_of_tree(pid: int) -> float:
    """Megabytes of the largest of a process and its children."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    own = pages * os.sysconf("SC_PAGE_SIZE") / 1024**2
    return max([own, *map(largest_of_tree, _children(pid))])


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for each in found for child in each.read_text().split()]


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return ["0"] * 15
