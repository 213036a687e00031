"""Capture: the page by its link, then the answer; under gunicorn with four processes."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

from benchmarks.speed.contender import Done, Rounds
from benchmarks.speed.rows import Contender, Row, todoku_on
from benchmarks.speed.workloads import site
from benchmarks.speed.workloads.customers import answer_all
from benchmarks.speed.workloads.processes import cpu_of_tree, largest_of_tree
from tests.parts.ports import free_port

AT_ONCE = 8
PASSES = 4  # the warm-up and three rounds, each with links of its own
WHY = "The app is slow since the last update, and 注文の画面がよく止まります。"
LIKE_OURS = ["--worker-class=gthread", "--threads=4", "--keep-alive=5"]

ROW = Row(
    "Capture: the page by its link, then the answer; 4 processes, 8 customers at once",
    "flows",
    1_500,
    (
        todoku_on("postgresql"),
        Contender("form_surveys", "django-form-surveys (no links, no history)"),
        Contender("idiomatic", "idiomatic Django (stock middleware, ORM, form)"),
        Contender("lean", "lean Django (no middleware, one statement a request)"),
        Contender("lean_with_history", "lean Django that keeps a history and feedback too"),
        Contender("no_framework", "limit: no framework (WSGI and psycopg2)"),
        todoku_on("sqlite"),
    ),
    notes=(
        "CPU is of the web processes and the database, without the customers.",
        "All are asked for the same: one GET and one POST, on a connection of its own. The thanks, "
        "to which each of them redirects, are fetched from none.",
    ),
)


@dataclass
class Site:
    """A site to answer on: what gunicorn runs, the pages, and what a customer's post holds."""

    application: str
    paths: list[str]
    folder: Path  # where gunicorn runs, and so whose gunicorn.conf.py it reads
    options: list[str] = field(default_factory=list)
    query: str = ""
    says: dict[str, str] = field(default_factory=lambda: {"score": "9", "comment": WHY})


def pages_of_todoku(n: int) -> list[str]:
    """Make a Todoku with so many invitations; return the paths of their pages."""
    from django.db import connections

    site.migrated()
    customers = site.customers(n)
    survey = site.survey()
    asked = site.invitations(survey.begin_wave(), customers, sent=True)
    connections.close_all()
    return [each.get_absolute_url() for each in asked]


def todoku(size: int) -> Rounds:
    paths = pages_of_todoku(size * PASSES)
    says = {"score": "9", "comment": WHY, "scripted": "1", "touched": "1"}
    folder = Path.cwd()
    return _rounds(Site("config.wsgi", paths, folder, [], "?score=9", says), size)


def _peer(name: str, says: Callable[[], dict[str, str]] | None = None) -> Callable[[int], Rounds]:
    def rounds(size: int) -> Rounds:
        module = importlib.import_module(f"benchmarks.speed.peers.{name}")
        paths = module.prepare(size * PASSES)
        _forget_connections()
        made = Site(f"{module.__name__}:application", paths, Path(os.environ["BENCH_FOLDER"]))
        made.options = LIKE_OURS
        if says:
            made.says = says()
        return _rounds(made, size)

    return rounds


def _fields_of_form_surveys() -> dict[str, str]:
    from djf_surveys.models import Question

    (score, why) = Question.objects.order_by("pk")
    _forget_connections()
    return {f"field_survey_{score.pk}": "9", f"field_survey_{why.pk}": WHY}


def _forget_connections() -> None:
    if "django.db" in sys.modules:
        sys.modules["django.db"].connections.close_all()


def _rounds(of: Site, size: int) -> Rounds:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", of.application, f"--bind=127.0.0.1:{port}"]
    command += ["--workers=4", "--log-level=warning", *of.options]
    environment = {**os.environ, "SITE_URL": f"http://127.0.0.1:{port}"}
    with (
        ProcessPoolExecutor(AT_ONCE) as customers,
        subprocess.Popen(command, cwd=of.folder, env=environment) as server,
    ):
        try:
            _wait_until_it_answers(port, of.paths[0])
            yield None
            for number in range(PASSES):
                pages = of.paths[number * size :][:size]
                before = cpu_of_tree(server.pid)
                latencies = _one_round(customers, port, of, pages)
                cpu, memory = cpu_of_tree(server.pid) - before, largest_of_tree(server.pid)
                yield Done(size, latencies, cpu, memory=memory)
        finally:
            server.terminate()


def _one_round(
    customers: ProcessPoolExecutor, port: int, of: Site, pages: list[str]
) -> list[float]:
    shares = [pages[each::AT_ONCE] for each in range(AT_ONCE)]
    asked = [customers.submit(answer_all, port, share, of.query, of.says) for share in shares]
    return [seconds for each in asked for seconds in each.result()]


def _wait_until_it_answers(port: int, path: str, patience: float = 60) -> None:
    import http.client

    ends = monotonic() + patience
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("HEAD", path)
            connection.getresponse()
            return
        except OSError:
            if monotonic() > ends:
                raise
            sleep(0.1)


CONTENDERS = {
    "todoku": todoku,
    "form_surveys": _peer("form_surveys", _fields_of_form_surveys),
    "idiomatic": _peer("idiomatic"),
    "lean": _peer("lean"),
    "lean_with_history": _peer("lean_with_history"),
    "no_framework": _peer("no_framework"),
}
