"""A connection that was kept is used without asking, unless something speaks against it."""

import pytest
from django.db import connection

from lib.database.postgresql import base

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def asked(monkeypatch):
    """How often the server was asked whether it is there."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has nobody to ask")
    questions = []
    usable = base.DatabaseWrapper.is_usable

    def is_usable(self):
        questions.append("are you there?")
        return usable(self)

    monkeypatch.setattr(base.DatabaseWrapper, "is_usable", is_usable)
    connection.ensure_connection()
    yield questions
    connection.close()


def next_request():
    connection.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def test_requests_one_after_the_other_ask_nothing(asked):
    first = next_request()
    asked.clear()

    assert {next_request() for _ in range(5)} == {first}
    assert asked == []


def test_after_a_long_silence_it_is_asked(asked, monkeypatch):
    first = next_request()
    monkeypatch.setattr(base, "ASK_AFTER", 0)
    asked.clear()

    assert next_request() == first
    assert len(asked) == 1


def test_a_server_that_said_goodbye_is_called_anew(asked):
    first = next_request()
    asked.clear()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
    other.close()

    assert next_request() != first
    assert len(asked) == 1


def test_a_connection_that_was_closed_here_is_called_anew(asked):
    first = next_request()
    connection.connection.close()

    assert next_request() != first
