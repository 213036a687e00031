"""Statements that PostgreSQL plans once in each connection, and then only runs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

_numbers = count(1)
# Connections of the driver, each with its statements and how they are executed there.
_kept: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()


def execute(cursor: Any, sql: str, params: Sequence[Any]) -> None:
    """Execute it, which is written with %s; it is one of few that are executed again and again.

    A connection that is closed at once, or is a pooler's, remembers nothing, and SQLite does so by
    itself.
    """
    connection = cursor.db
    if connection.vendor != "postgresql" or connection.settings_dict["CONN_MAX_AGE"] == 0:
        cursor.execute(sql, params)
        return
    known = _kept.setdefault(connection.connection, {})
    if (execution := known.get(sql)) is None:
        known[sql] = execution = _prepare(cursor, sql, len(params))
    cursor.execute(execution, params)


def written_out(cursor: Any, constant: Any) -> str:
    """A value that is the same in every execution, as it stands in a statement with places."""
    literal: bytes = cursor.mogrify("%s", [constant])
    return literal.decode().replace("%", "%%")


def _prepare(cursor: Any, sql: str, places: int) -> str:
    name = f"todoku_{next(_numbers)}"
    numbered = sql % tuple(f"${n}" for n in range(1, places + 1))
    cursor.execute(f"PREPARE {name} AS {numbered}")
    given = ", ".join(["%s"] * places)
    return f"EXECUTE {name} ({given})" if places else f"EXECUTE {name}"
