"""Sees to it that no process and no folder outlives the tests.

A guard is a process of its own that reads what it must clean up from a pipe. When the tests
end, however they end (kill -9 included), the pipe closes, and the guard kills and removes
what is still on its list. One command a line: `+pid N`, `-pid N`, `+dir PATH`, `-dir PATH`.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path


def watch(kind: str, what: object) -> None:
    _tell(f"+{kind} {what}")


def forget(kind: str, what: object) -> None:
    _tell(f"-{kind} {what}")


def signal_tree(pid: int, number: signal.Signals) -> None:
    """Send a signal to a process and all that came of it, leaving none time to have more."""
    _send(pid, signal.SIGSTOP)
    family = [pid, *descendants(pid)]
    for member in family:
        _send(member, number)
    if number == signal.SIGKILL:
        _await_end(family[1:])


def descendants(pid: int) -> list[int]:
    """Children, their children and so on, of a living process."""
    children: dict[int, list[int]] = {}
    for child, parent in _parents():
        children.setdefault(parent, []).append(child)
    found = list(children.get(pid, []))
    for each in found:
        found += children.get(each, [])
    return found


def is_alive(pid: int) -> bool:
    """A zombie, dead and not yet buried by its parent, is not."""
    return any(each == pid for each, _ in _parents())


def _parents() -> Iterable[tuple[int, int]]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
            if state != "Z":
                yield int(stat.parent.name), int(parent)


def _send(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _await_end(pids: Iterable[int], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and {pid for pid, _ in _parents()} & set(pids):
        time.sleep(0.02)


def _tell(line: str) -> None:
    pipe = _guard().stdin
    assert pipe
    pipe.write(f"{line}\n".encode())
    pipe.flush()


@cache
def _guard() -> subprocess.Popen[bytes]:
    guard = subprocess.Popen(
        [sys.executable, "-P", __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for the tests, not for their guard
    )
    atexit.register(guard.communicate)  # closes the pipe and waits until all is clean
    return guard


def main() -> None:
    left: dict[tuple[str, str], None] = {}
    for line in sys.stdin:
        command, _, what = line.strip().partition(" ")
        if command.startswith("+"):
            left[command[1:], what] = None
        else:
            left.pop((command[1:], what), None)
    for kind, what in sorted(left, reverse=True):  # processes before their folders
        if kind == "pid":
            signal_tree(int(what), signal.SIGKILL)
        else:
            shutil.rmtree(what, ignore_errors=True)


if __name__ == "__main__":
    main()
