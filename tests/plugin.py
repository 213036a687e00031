"""Chooses the database of a test run, and keeps the run apart from the world.

    python -m pytest --engine sqlite tests          (the default)
    python -m pytest --engine postgresql tests

What touches no database is tested once, with sqlite.

Django's settings read the environment once, before any conftest.py is loaded. So this is a plugin
(`-p tests.plugin`, in pyproject.toml): early enough to start PostgreSQL and say where it is.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.parts import guard
from tests.parts.postgres import Postgres
from tests.parts.postgres import programs as postgres_programs
from tests.parts.server import MissingPart

# What a developer's own .env says must not change what the tests see; nothing real is reached.
SAFE = {
    "SECRET_KEY": "a-key-for-the-tests-and-for-nothing-else-0123456789",
    "DEBUG": "off",
    "DEMO": "off",
    "SITE_URL": "https://todoku.example",
    "EMAIL_URL": "consolemail://",
    "CELERY_BROKER_URL": "memory://",
}

DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}
REAL_PARTS = {"services", "browser", "journeys"}

_running = ExitStack()
postgres_of_the_run = pytest.StashKey[Postgres]()
folder_of_the_run = pytest.StashKey[Path]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine",
        choices=["sqlite", "postgresql"],
        default="sqlite",
        help="the database to test with; postgresql starts one of its own",
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    """A wrapper, because it must come before pytest-django's, which loads the settings."""
    os.environ.update(SAFE, DATABASE_URL=_database(early_config))
    return (yield)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("engine") == "postgresql":
        others = [item for item in items if not _needs_postgresql(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if _needs_postgresql(item)]


def _needs_postgresql(item: pytest.Item) -> bool:
    asked_for = set(getattr(item, "fixturenames", ()))
    in_the_database = item.get_closest_marker("django_db") or asked_for & DATABASE
    return bool(in_the_database) or bool(REAL_PARTS & set(item.path.parts))


@pytest.hookimpl(tryfirst=True, optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Who tests real parts waits for them as often as for a core: one more is at work."""
    if config.getoption("engine") == "sqlite" or "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None  # xdist knows how many
    return len(os.sched_getaffinity(0)) + 1


def pytest_unconfigure() -> None:
    _running.close()


def _database(config: pytest.Config) -> str:
    if config.known_args_namespace.engine == "sqlite":
        config.stash[folder_of_the_run] = folder = Path(tempfile.mkdtemp(prefix="todoku-sqlite-"))
        guard.watch("dir", folder)
        _running.callback(shutil.rmtree, folder, ignore_errors=True)
        return f"sqlite:///{folder / 'todoku.sqlite3'}"
    try:
        if _others_run_the_tests(config):
            postgres_programs()
            return "postgres:///each-worker-has-its-own"
        config.stash[postgres_of_the_run] = postgres = _running.enter_context(Postgres())
    except MissingPart as missing:
        raise pytest.UsageError(str(missing)) from None
    return postgres.url("todoku")


def _others_run_the_tests(config: pytest.Config) -> bool:
    """With --numprocesses, workers do; their parent needs no database, but says what is missing."""
    workers = getattr(config.known_args_namespace, "numprocesses", None)
    return bool(workers) and "PYTEST_XDIST_WORKER" not in os.environ
