"""Runs the contenders of a row in turns, and keeps what each round cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import psycopg2

from benchmarks.speed.rows import Contender, Row
from benchmarks.speed.workloads.processes import cpu_of_tree
from tests.parts.postgres import Postgres

ROOT = Path(__file__).resolve().parents[2]
MODULE = "benchmarks.speed.contender"
# As somebody installs it who keeps what was committed: nothing is switched off.
# Each thread of each contender keeps a connection: there is room for all of them.
SERVER = {
    "fsync": "on",
    "full_page_writes": "on",
    "shared_buffers": "512MB",
    "max_connections": "300",
}
SECRET = "of-the-bench-and-nothing-else-0123456789-0123456789-0123456789"


@dataclass
class Result:
    """What the counted rounds of a contender showed; all figures are medians over the rounds."""

    label: str
    stands_aside: bool
    rounds: list[dict[str, Any]] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Units a second of the wall's clock."""
        return float(median(each["units"] / each["wall"] for each in self.rounds))

    @property
    def cpu(self) -> float:
        """Milliseconds of CPU a unit, of its own processes."""
        return 1000 * float(median(each["cpu"] / each["units"] for each in self.rounds))

    @property
    def database_cpu(self) -> float:
        """Milliseconds of CPU a unit, of the database's processes; nan for SQLite."""
        return 1000 * float(median(each["database"] / each["units"] for each in self.rounds))

    def latency(self, share: float) -> float | None:
        """Milliseconds within which this share of requests was answered; None without any."""
        every = sorted(each for one in self.rounds for each in one["latencies"])
        return every[min(len(every) - 1, int(len(every) * share))] * 1000 if every else None

    @property
    def memory(self) -> float:
        """Megabytes of the process at its largest."""
        return max(float(each["memory"]) for each in self.rounds)

    @property
    def more(self) -> dict[str, float]:
        return {key: median(one["more"][key] for one in self.rounds) for key in self._keys()}

    def _keys(self) -> list[str]:
        return list(dict.fromkeys(key for one in self.rounds for key in one["more"]))


class _Running:
    """A contender's process, prepared."""

    def __init__(
        self, workload: str, size: int, contender: Contender, place: _Place, checkout: Path
    ) -> None:
        self.label = contender.label + (" · before" if checkout != ROOT else "")
        self.stands_aside = contender.stands_aside
        self._place = place
        # -P: the folder it runs in does not come first; then this workload meets that checkout.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", MODULE, workload, contender.name, str(size)],
            cwd=checkout,
            env=place.environment(contender, checkout),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._answer()

    def round(self) -> dict[str, Any]:
        assert self._process.stdin
        before = self._place.database_cpu()
        self._process.stdin.write("go\n")
        self._process.stdin.flush()
        answer, whole = self._answer(), self._place.database_cpu() - before
        return answer if answer["database"] is not None else {**answer, "database": whole}

    def end(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(60)

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.label} ended, with {self._process.wait()}; see above")
        answer: dict[str, Any] = json.loads(line)
        return answer


class _Place:
    """A PostgreSQL of the bench's own, with a database for each contender."""

    def __init__(self, postgres: Postgres) -> None:
        self._postgres, self._made = postgres, 0
        self._first = postgres.folder / "first"
        self._first.mkdir()
        (self._first / "benchmarks").symlink_to(ROOT / "benchmarks")

    def environment(self, contender: Contender, checkout: Path) -> dict[str, str]:
        self._made += 1
        return {
            **os.environ,
            "PYTHONPATH": f"{self._first}:{checkout}",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": self._database(contender.engine),
            "SECRET_KEY": SECRET,
            "LOG_LEVEL": "ERROR",
            "BENCH_FOLDER": str(self._folder()),
            "BENCH_DATABASE": str(self._postgres.pid),
            "STATIC_ROOT": str(self._folder()),
        }

    def database_cpu(self) -> float:
        """Seconds of CPU that the database's processes have used, those that ended too."""
        return cpu_of_tree(self._postgres.pid)

    def _database(self, engine: str) -> str:
        if engine == "sqlite":
            return f"sqlite:///{self._folder() / 'bench.sqlite3'}"
        name = f"bench_{self._made}"
        connection = psycopg2.connect(self._postgres.url())
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        connection.close()
        return self._postgres.url(name)

    def _folder(self) -> Path:
        folder = self._postgres.folder / f"contender-{self._made}"
        folder.mkdir(exist_ok=True)
        return folder


class Durable(Postgres):
    """A PostgreSQL that waits for the disk."""

    def command(self) -> list[str]:
        return [*super().command(), *(f"--{name}={value}" for name, value in SERVER.items())]


def contest(workload: str, row: Row, before: Path | None) -> list[Result]:
    """Let the contenders take turns; return the results in their order."""
    with _prepared(workload, row, before) as running:
        results = [Result(each.label, each.stands_aside) for each in running]
        for number in range(row.rounds + 1):
            for each, result in zip(running, results, strict=True):
                done = each.round()
                if number:  # the first warms up
                    result.rounds.append(done)
    return results


@contextmanager
def _prepared(workload: str, row: Row, before: Path | None) -> Iterator[list[_Running]]:
    size = int(os.environ.get("BENCH_N") or row.size)
    with Durable() as postgres, ExitStack() as ends:
        place, running = _Place(postgres), []
        for contender in row.contenders:
            earlier = [before] if before and contender.is_todoku else []
            for checkout in [ROOT, *earlier]:
                running.append(_Running(workload, size, contender, place, checkout))
                ends.callback(running[-1].end)
        yield running
