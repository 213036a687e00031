"""Todoku's own processes, started as an operator starts them."""

from __future__ import annotations

import http.client
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.parts.ports import free_port
from tests.parts.server import Server

ROOT = Path(__file__).parents[2]


class _Process(Server):
    """A Python module of the virtual environment, with settings of its own on top of ours."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        super().__init__()
        self.settings = settings

    def environment(self) -> Mapping[str, str]:
        ours = {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "LOG_LEVEL": "INFO"}
        return {**os.environ, **ours, **self.settings}

    def close(self) -> None:
        """A test that is over has no use for a polite goodbye, which takes Celery seconds."""
        self.kill()
        super().close()


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
        return self.said(f"{self.hostname} ready.")


class Beat(_Process):
    name = "beat"

    def command(self) -> list[str]:
        celery = [sys.executable, "-m", "celery", "--app=config", f"--workdir={ROOT}"]
        return [*celery, "beat", "--loglevel=info", f"--schedule={self.folder / 'schedule'}"]

    def answers(self) -> bool:
        return self.said("beat: Starting")


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
