"""Todoku as it runs at an operator's."""

from __future__ import annotations

from http.client import HTTPConnection

import pytest

from tests.parts.guard import is_alive
from tests.parts.server import PATIENCE, wait_until


@pytest.fixture
def connect():
    """`connect(site)` is a connection, which gunicorn keeps: it is closed in the end."""
    made = []

    def connection(site):
        made.append(HTTPConnection("127.0.0.1", site.port, timeout=PATIENCE))
        return made[-1]

    yield connection
    for each in made:
        each.close()


def test_a_killed_worker_leaves_no_child_and_comes_back(worker):
    it = worker(concurrency=2)
    children = it.children()
    assert len(children) == 2

    it.kill()
    assert not any(map(is_alive, children))

    it.start()
    assert len(it.children()) == 2


def test_a_worker_takes_what_beat_rings(redis, beat, worker):
    beat(BELL_EVERY_SECONDS="0.5")
    wait_until(lambda: not redis.ask("LLEN celery").startswith(":0"), "the bell rings")

    it = worker()

    wait_until(lambda: " succeeded in " in it.tail(100), "a task is done", it.tail)


def test_the_site_answers(web, connect):
    connection = connect(web())

    connection.request("GET", "/s/no-such-token/")

    assert connection.getresponse().status == 404


def test_a_customers_link_stands_in_no_log(web, connect):
    site = web(GUNICORN_CMD_ARGS="--access-logfile=-")
    connection = connect(site)

    connection.request("GET", "/s/42.secret/?score=9")

    assert connection.getresponse().status == 404
    wait_until(lambda: '"GET /s/…/?score=9' in site.tail(100), "the access log", site.tail)
    assert "42.secret" not in site.tail(100)
