"""The demo's processes: web server, worker and bell-ringer, started and stopped together."""

from __future__ import annotations

import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from honcho.manager import SYSTEM_PRINTER_NAME, Manager
from honcho.printer import Message, Printer

from demo.workspace import ROOT, Workspace

# Whoever is root on a machine of their own, as in a container, has heard it.
HUSH = "ignore:You're running the worker with superuser privileges"
BY_A_PERSON = (130, 143)  # SIGINT, SIGTERM


class QuietPrinter(Printer):  # type: ignore[misc]  # honcho brings no types
    """Passes on what the processes say, but neither who was started nor how each one ended."""

    ending = False

    def write(self, message: Message) -> None:
        if not self.ending and message.name != SYSTEM_PRINTER_NAME:
            super().write(message)


class QuietManager(Manager):  # type: ignore[misc]
    def terminate(self) -> None:
        self._printer.ending = True
        super().terminate()


def run(place: Workspace) -> int:
    """Start everything, greet when pages answer, and wait until someone stops it."""
    manager = QuietManager(QuietPrinter(sys.stderr))
    for name, command in commands(place).items():
        manager.add_process(name, command, env=place.environment(), cwd=str(ROOT))
    # A closed terminal stops everything as Ctrl-C does, and leaves no process behind.
    signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    with _greeter(place):
        manager.loop()
    return _ended(int(manager.returncode or 0))


def commands(place: Workspace) -> dict[str, str]:
    gunicorn = [sys.executable, "-m", "gunicorn", "config.wsgi", "--log-level=warning"]
    # The page one waits for comes first; mails may leave a moment later.
    celery = ["nice", sys.executable, f"-W{HUSH}", "-m", "celery", "--app=config", "--quiet"]
    calm = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    processes = {
        "web": [*gunicorn, f"--bind=127.0.0.1:{place.port}", "--threads=4", "--no-control-socket"],
        "worker": [*celery, "worker", "--loglevel=warning", "--pool=solo", *calm],
        "beat": [*celery, "beat", "--loglevel=warning", f"--schedule={place.bells}", "--pidfile="],
    }
    return {name: "exec " + shlex.join(words) for name, words in processes.items()}


@contextmanager
def _greeter(place: Workspace) -> Iterator[None]:
    """Runs beside the web server, so that both are ready at the same time."""
    command = [sys.executable, "manage.py", "greet_demo"]
    greeter = subprocess.Popen(command, cwd=ROOT, env=place.environment(), start_new_session=True)
    try:
        yield
    finally:
        greeter.terminate()
        greeter.wait()


def _ended(status: int) -> int:
    if status in BY_A_PERSON:
        print("\nStopped. What you did is kept.", file=sys.stderr)
        return 0
    print("\nOne of the processes ended by itself, so the others were stopped.", file=sys.stderr)
    return status or 1
