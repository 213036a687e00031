"""Whoever ran release 0.1 upgrades, loses nothing and reads the same; on either database."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest

from tests.parts.todoku import ROOT
from tests.plugin import postgres_of_the_run
from tests.services import upgrade

KEY = "an-old-key-for-the-upgrade-test-and-nothing-else-0123456789"
RIGHTS = {"lesson": "classifier", "rereading": "reanalysis", "revision": "phrasechange",
          "vector": "embedding", "move": "activity", "knock": "ratelimithit"}  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def copies(request, tmp_path_factory):
    """`copies()` makes one more database of release 0.1 that was upgraded; its address.

    Loading and upgrading takes long and is the same for every test: it is done once an engine.
    """
    if request.param == "sqlite":
        yield from copies_of_a_file(tmp_path_factory.mktemp("upgraded"))
    else:
        yield from copies_of_a_database(request.config.stash[postgres_of_the_run])


def copies_of_a_file(folder):
    original = folder / "original.sqlite3"
    upgrade_at(f"sqlite:///{original}")
    yield lambda: f"sqlite:///{shutil.copy(original, folder / 'copy.sqlite3')}"


def copies_of_a_database(server):
    connection = psycopg2.connect(server.url())
    connection.autocommit = True  # a database is not made in a transaction
    with connection.cursor() as cursor:

        def copy():
            cursor.execute("DROP DATABASE IF EXISTS copy WITH (FORCE)")
            cursor.execute("CREATE DATABASE copy TEMPLATE original")
            return server.url("copy")

        cursor.execute("CREATE DATABASE original")
        upgrade_at(server.url("original"))
        yield copy
        for name in ("copy", "original"):
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    connection.close()


def upgrade_at(url):
    run(environment_of(url), "-m", "tests.services.upgrade.database", "load")
    run(environment_of(url), "manage.py", "migrate", "--verbosity=0")


def environment_of(url):
    """That of somebody who operates a site."""
    return os.environ | {"DATABASE_URL": url, "SECRET_KEY": KEY, "PYTHONPATH": str(ROOT)}


@pytest.fixture
def upgraded(copies):
    return environment_of(copies())


def run(environment, *command):
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def expected():
    """What release 0.1 said, but for the names of rights, which followed the names of things.

    Words of forms are no customer's until an address is confirmed, and topics that people chose
    without a feeling have that of the whole: those two figures are of today.
    """
    said = json.loads((Path(upgrade.__file__).parent / "expected.json").read_text("utf-8"))
    said["rights"] = sorted(right_today(right) for right in said["rights"])
    return said


def right_today(right):
    verb, _, thing = right.rpartition("_")
    return f"{verb}_{RIGHTS.get(thing, thing)}"


def test_the_database_of_an_earlier_release_reads_the_same(upgraded):
    told = run(upgraded, "-m", "tests.services.upgrade.database", "read")

    assert json.loads(told) == expected()


def test_what_was_left_to_do_is_done_after_upgrading(upgraded):
    run(upgraded, "manage.py", "read_feedback")

    told = json.loads(run(upgraded, "-m", "tests.services.upgrade.database", "read"))
    assert told["waiting to be analyzed"] == 0
    assert {state for _pk, _preview, state, *_rest in told["reanalyses"]} == {"done", "stopped"}


def test_upgrading_can_be_taken_back(upgraded):
    run(upgraded, "-m", "tests.services.upgrade.database", "downgrade")
    run(upgraded, "manage.py", "migrate", "--verbosity=0")

    told = run(upgraded, "-m", "tests.services.upgrade.database", "read")
    assert json.loads(told) == expected()
