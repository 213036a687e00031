"""Serve the demo: web server, worker and beat, started and stopped together."""

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
HUSHED = "ignore:You're running the worker with superuser privileges"
STOPPED_BY_A_PERSON = (130, 143)  # SIGINT, SIGTERM


class QuietPrinter(Printer):  # type: ignore[misc]  # honcho brings no types
    """A printer of what the processes say, but neither who was started nor how each ended."""

    ending = False

    def write(self, message: Message) -> None:
        if not self.ending and message.name != SYSTEM_PRINTER_NAME:
            super().write(message)


class QuietManager(Manager):  # type: ignore[misc]
    """A manager whose printer says nothing while the processes end."""

    def terminate(self) -> None:
        self._printer.ending = True
        super().terminate()


def run(workspace: Workspace) -> int:
    """Start everything, greet when pages answer, and wait until someone stops it."""
    manager = QuietManager(QuietPrinter(sys.stderr))
    for name, command in commands(workspace).items():
        manager.add_process(name, command, env=workspace.environment(), cwd=str(ROOT))
    # A closed terminal stops everything as Ctrl-C does, and leaves no process behind.
    signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    with _greeter(workspace):
        manager.loop()
    return _ended(int(manager.returncode or 0))


def commands(workspace: Workspace) -> dict[str, str]:
    gunicorn = [sys.executable, "-m", "gunicorn", "config.wsgi", "--log-level=warning"]
    # The page one waits for comes first; mails may leave a moment later.
    celery = ["nice", sys.executable, f"-W{HUSHED}", "-m", "celery", "--app=config", "--quiet"]
    calm = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    bind, schedule = f"--bind=127.0.0.1:{workspace.port}", f"--schedule={workspace.schedule_file}"
    processes = {
        "web": [*gunicorn, bind, "--workers=1", "--no-control-socket"],
        "worker": [*celery, "worker", "--loglevel=warning", "--pool=solo", *calm],
        "beat": [*celery, "beat", "--loglevel=warning", schedule, "--pidfile="],
    }
    return {name: "exec " + shlex.join(words) for name, words in processes.items()}


@contextmanager
def _greeter(workspace: Workspace) -> Iterator[None]:
    """Run greet_demo beside the web server, so that both are ready at the same time."""
    command = [sys.executable, "manage.py", "greet_demo"]
    environment = workspace.environment()
    greeter = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        yield
    finally:
        greeter.terminate()
        greeter.wait()


def _ended(status: int) -> int:
    if status in STOPPED_BY_A_PERSON:
        print("\nStopped. What you did is kept.", file=sys.stderr)
        return 0
    print("\nOne of the processes ended by itself, so the others were stopped.", file=sys.stderr)
    return status or 1
