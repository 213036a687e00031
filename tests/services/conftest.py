"""Todoku's own processes among real parts.

These tests run with `--engine postgresql`. Every test finds all parts running, well behaved and
empty, whatever the one before did to them:

    def test_an_answer_survives(postgres, redis, smtp, worker, beat, web):
        site = web()                      # gunicorn; requests go to site.url
        beat(BELL_EVERY_SECONDS="0.5")    # settings are given as keywords
        first = worker(concurrency=1)     # a real `celery worker`, answering already
        first.kill()                      # kill -9, its children too
        first.start()                     # again
        smtp.wait_for(3)                  # three mails, see tests/parts/smtp.py
        redis.freeze()                    # SIGSTOP

They see the test database, so what a test writes must be committed: the factories see to that
(`transactional_db`), and a test that uses none of them asks for it itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.db import connections

from tests.parts.postgres import Postgres
from tests.parts.redis import Redis
from tests.parts.smtp import Smtp
from tests.parts.todoku import Beat, Web, Worker
from tests.plugin import postgres_of_the_run


@pytest.fixture(scope="session")
def _redis() -> Iterator[Redis]:
    with Redis() as redis:
        yield redis


@pytest.fixture(scope="session")
def _smtp() -> Iterator[Smtp]:
    with Smtp() as smtp:
        yield smtp


@pytest.fixture
def redis(_redis: Redis) -> Iterator[Redis]:
    """An empty Redis; `redis.ask("LLEN celery")` asks it anything."""
    _redis.clear()
    yield _redis
    _redis.start()
    _redis.thaw()


@pytest.fixture
def smtp(_smtp: Smtp) -> Iterator[Smtp]:
    """A mail server that takes everything and has nothing yet."""
    _smtp.clear()
    yield _smtp
    _smtp.start()
    _smtp.thaw()
    _smtp.accept()


@pytest.fixture
def postgres(pytestconfig: pytest.Config) -> Iterator[Postgres]:
    """The PostgreSQL of this run. Who kills it has to ask for `transactional_db` too."""
    server = pytestconfig.stash.get(postgres_of_the_run, None)
    if server is None:
        pytest.fail("the tests in tests/services need a PostgreSQL: add --engine postgresql")
    yield server
    server.start()
    server.thaw()
    connections.close_all()


@pytest.fixture
def settings_of_processes(
    postgres: Postgres, transactional_db: None, redis: Redis, smtp: Smtp
) -> dict[str, str]:
    """The environment of every process here: the test database, the broker, the mail server."""
    return {
        "DATABASE_URL": postgres.url(connections["default"].settings_dict["NAME"]),
        "CELERY_BROKER_URL": redis.url,
        "EMAIL_URL": smtp.url,
    }


@pytest.fixture
def _processes(settings_of_processes: dict[str, str]) -> Iterator[ExitStack]:
    with ExitStack() as processes:
        yield processes


@pytest.fixture
def worker(_processes: ExitStack, settings_of_processes: dict[str, str]) -> Callable[..., Worker]:
    """`worker(concurrency=2, **settings)` starts a Celery worker that answers when it returns."""

    def start(*, concurrency: int = 2, **settings: str) -> Worker:
        every = {**settings_of_processes, **settings}
        return _processes.enter_context(Worker(every, concurrency=concurrency))

    return start


@pytest.fixture
def beat(_processes: ExitStack, settings_of_processes: dict[str, str]) -> Callable[..., Beat]:
    """`beat(**settings)` starts the bell-ringer. Two at once are allowed: that is a test."""

    def start(**settings: str) -> Beat:
        return _processes.enter_context(Beat({**settings_of_processes, **settings}))

    return start


@pytest.fixture
def web(_processes: ExitStack, settings_of_processes: dict[str, str]) -> Callable[..., Web]:
    """`web(workers=2, **settings)` starts gunicorn; its `.url` is its SITE_URL."""

    def start(*, workers: int = 2, **settings: str) -> Web:
        return _processes.enter_context(Web({**settings_of_processes, **settings}, workers=workers))

    return start
