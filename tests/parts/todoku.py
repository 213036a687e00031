"""tests/parts/todoku.py -- Todoku's own processes, started as an operator starts them."""

from __future__ import annotations

import http.client
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from celery import Celery

from tests.parts.ports import free_port
from tests.parts.server import Server

ROOT = Path(__file__).parents[2]


class _Process(Server):
    """A Python module of the virtual environment, with settings of its own on top of ours."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        super().__init__()
        self.settings = settings

    def environment(self) -> Mapping[str, str]:
        quiet = {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        return {**os.environ, **quiet, **self.settings}


class Worker(_Process):
    name = "worker"

    def __init__(self, settings: Mapping[str, str], *, concurrency: int = 2) -> None:
        super().__init__(settings)
        self.concurrency = concurrency
        self.hostname = f"{self.folder.name}@localhost"

    def command(self) -> list[str]:
        where = [f"--concurrency={self.concurrency}", f"--hostname={self.hostname}"]
        celery = [sys.executable, "-m", "celery", "--app=config", f"--workdir={ROOT}"]
        return [
            *celery,
            "worker",
            "--loglevel=info",
            "--without-mingle",
            "--without-gossip",
            *where,
        ]

    def answers(self) -> bool:
        """It takes part in Celery's own roll-call, over the broker, whatever its log looks like."""
        with Celery(broker=self.settings["CELERY_BROKER_URL"]) as app:
            return bool(app.control.ping(destination=[self.hostname], timeout=0.5))


class Beat(_Process):
    name = "beat"

    def command(self) -> list[str]:
        celery = [sys.executable, "-m", "celery", "--app=config", f"--workdir={ROOT}"]
        return [*celery, "beat", "--loglevel=info", f"--schedule={self.folder / 'schedule'}"]

    def answers(self) -> bool:
        return any(self.folder.glob("schedule*"))


class Web(_Process):
    name = "web"

    def __init__(self, settings: Mapping[str, str], *, workers: int = 2) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.workers = workers
        super().__init__({**settings, "SITE_URL": self.url})

    def command(self) -> list[str]:
        bind = [f"--bind=127.0.0.1:{self.port}", f"--workers={self.workers}"]
        return [sys.executable, "-m", "gunicorn", "config.wsgi", f"--chdir={ROOT}", *bind]

    def answers(self) -> bool:
        """Anything at all, 404 and 503 included."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status > 0
        except OSError:
            return False
        finally:
            connection.close()
