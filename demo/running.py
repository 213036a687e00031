"""The demo's processes: web server, worker and bell-ringer, started and stopped together."""

from __future__ import annotations

import shlex
import signal
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Mapping

from honcho.manager import SYSTEM_PRINTER_NAME, Manager
from honcho.printer import Message, Printer

from demo.place import ROOT, Place

# Whoever is root on a machine of their own, as in a container, has heard it.
HUSH = "ignore:You're running the worker with superuser privileges"
PATIENCE = 60  # seconds until a web server that does not answer is given up


class QuietPrinter(Printer):  # type: ignore[misc]
    """Says who says what, but not that a process was started: people see that it works."""

    def write(self, message: Message) -> None:
        if message.name != SYSTEM_PRINTER_NAME:
            super().write(message)


def run(place: Place, environment: Mapping[str, str], *, when_open: Callable[[], None]) -> int:
    """Start everything, call `when_open` when pages answer, and wait until someone stops it."""
    manager = Manager(QuietPrinter(sys.stderr, time_format="%H:%M:%S"))
    for name, command in commands(place).items():
        manager.add_process(name, command, env=dict(environment), cwd=str(ROOT))
    threading.Thread(target=_await, args=(place, when_open), daemon=True).start()
    # A closed terminal stops everything as Ctrl-C does, and leaves no process behind.
    signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    manager.loop()
    return 0 if manager.returncode in (130, 143) else int(manager.returncode or 0)


def commands(place: Place) -> dict[str, str]:
    celery = [sys.executable, f"-W{HUSH}", "-m", "celery", "--app=config", "--quiet"]
    gunicorn = [sys.executable, "-m", "gunicorn", "config.wsgi", "--log-level=warning"]
    calm = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    processes = {
        "web": [*gunicorn, f"--bind=127.0.0.1:{place.port}", "--threads=4", "--no-control-socket"],
        "worker": [*celery, "worker", "--loglevel=warning", "--concurrency=2", *calm],
        "beat": [*celery, "beat", "--loglevel=warning", f"--schedule={place.bells}", "--pidfile="],
    }
    return {name: "exec " + shlex.join(words) for name, words in processes.items()}


def _await(place: Place, when_open: Callable[[], None]) -> None:
    for _ in range(PATIENCE * 10):
        if _answers(f"{place.url}/you-said/"):
            return when_open()
        time.sleep(0.1)
    print(f"Nothing answers at {place.url} yet; see what is written above.", file=sys.stderr)


def _answers(url: str) -> bool:
    try:
        return bool(urllib.request.urlopen(url, timeout=5).status == 200)
    except OSError:
        return False
