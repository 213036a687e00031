"""Whoever ran release 0.1 upgrades, loses nothing and reads the same; on either database."""

import json
import os
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


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request, tmp_path):
    """That of somebody who operates a site: an empty database of its own."""
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("an_empty_database")
    return os.environ | {"DATABASE_URL": url, "SECRET_KEY": KEY, "PYTHONPATH": str(ROOT)}


@pytest.fixture
def an_empty_database(pytestconfig):
    server = pytestconfig.stash[postgres_of_the_run]
    connection = psycopg2.connect(server.url())
    connection.autocommit = True  # a database is not made in a transaction
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE upgraded")
        yield server.url("upgraded")
        cursor.execute("DROP DATABASE upgraded WITH (FORCE)")
    connection.close()


def run(environment, *command):
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def upgraded(environment):
    run(environment, "-m", "tests.services.upgrade.database", "load")
    run(environment, "manage.py", "migrate", "--verbosity=0")
    return environment


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
