"""Rows that are written together: one statement on PostgreSQL, however many tables they are of.

A step inserts rows or changes them, and yields their ids under its name; later steps select from
that name. On PostgreSQL they become the WITH of one statement, all of which see what was there
before it, and which commits by itself. SQLite knows no writing WITH: it runs them one by one, in a
transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import NOT_PROVIDED, Model

from lib.database import kept

Ids = list[int]
NOTHING = "SELECT 0 WHERE false"
PLAIN = (str, int, datetime, type(None))
ALWAYS_THE_SAME = (dict, list)  # defaults that are called, and say the same each time


@dataclass(frozen=True, slots=True)
class Step:
    """A statement that writes, and returns `id`. `then` is told the ids, once all is written, and
    undoes it all when it fails."""

    name: str
    sql: str
    params: Sequence[Any] = ()
    then: Callable[[Ids], object] | None = None


def insert(
    name: str,
    model: type[Model],
    values: Mapping[str, Any],
    *,
    after: str = "",
    key: str = "",
    where: str = "true",
    otherwise: str = "",
    then: Callable[[Ids], object] | None = None,
) -> Step:
    """Insert a row with these values, by column, and the model's defaults in all others;
    `otherwise` is the ON CONFLICT.

    Where it comes `after` another step, once for each row of that, whose id it has in column `key`.
    """
    sql, defaults = _insertion(model, tuple(values), after, key, where, otherwise)
    return Step(name, sql, [*_as_written(model, values), *defaults], then)


@cache
def _insertion(
    model: type[Model], given: tuple[str, ...], after: str, key: str, where: str, otherwise: str
) -> tuple[str, list[Any]]:
    constants, defaults = _constants(model, besides={*given, key})
    columns, source = [*given, *constants], ""
    places = [*["%s"] * len(given), *constants.values()]
    if after:
        columns, places, source = [*columns, key], [*places, f"{after}.id"], f"FROM {after}"
    sql = (
        f"INSERT INTO {model._meta.db_table} ({', '.join(map(_quoted, columns))}) "
        f"SELECT {', '.join(places)} {source} WHERE {where} {otherwise} RETURNING {_id(model)}"
    )
    return sql, defaults


def _constants(model: type[Model], besides: Collection[str]) -> tuple[dict[str, str], list[Any]]:
    """The model's defaults, by column, as they stand in the statement; those that do not."""
    defaults, database = _defaults(model, besides=besides), connections[DEFAULT_DB_ALIAS]
    values = _as_written(model, defaults)
    if database.vendor != "postgresql":
        return dict.fromkeys(defaults, "%s"), values
    with database.cursor() as cursor:
        written = [kept.written_out(cursor, value) for value in values]
    return dict(zip(defaults, written, strict=True)), []


def update(
    name: str,
    model: type[Model],
    values: Mapping[str, Any],
    *,
    still: Mapping[str, Any] | None = None,
    where: str = "true",
    params: Sequence[Any] = (),
) -> Step:
    """Write these values, by column, into all rows of which the condition is true, and whose
    columns there `still` have the values that were read."""
    read = still or {}
    sql = _change(model, tuple(values), tuple(read), where)
    return Step(name, sql, [*_as_written(model, values), *params, *_as_written(model, read)])


@cache
def _change(model: type[Model], new: tuple[str, ...], still: tuple[str, ...], where: str) -> str:
    changes = ", ".join(f"{_quoted(name)} = %s" for name in new)
    conditions = " AND ".join([where, *(f"{_quoted(name)} = %s" for name in still)])
    return f"UPDATE {model._meta.db_table} SET {changes} WHERE {conditions} RETURNING {_id(model)}"


def write_together(steps: Sequence[Step]) -> dict[str, Ids]:
    """Run the steps, all of them or none; return the ids that each wrote."""
    database = connections[DEFAULT_DB_ALIAS]
    run = _in_one_statement if database.vendor == "postgresql" else _one_by_one
    with _all_or_nothing(steps, database), database.cursor() as cursor:
        written = run(cursor, steps)
        for step in steps:
            if step.then:
                step.then(written[step.name])
    return written


def _all_or_nothing(steps: Sequence[Step], database: Any) -> AbstractContextManager[object]:
    """A statement by itself is a transaction already, unless somebody is told before it ends."""
    somebody_is_told = any(step.then for step in steps)
    if database.vendor == "postgresql" and not somebody_is_told:
        return nullcontext()
    return transaction.atomic(savepoint=somebody_is_told)


def _in_one_statement(cursor: Any, steps: Sequence[Step]) -> dict[str, Ids]:
    params = [each for step in steps for each in step.params]
    kept.execute(cursor, _joined(tuple((step.name, step.sql) for step in steps)), params)
    written: dict[str, Ids] = {step.name: [] for step in steps}
    for n, pk in cursor.fetchall():
        written[steps[n].name].append(pk)
    return written


@cache
def _joined(steps: tuple[tuple[str, str], ...]) -> str:
    writing = ", ".join(f"{name} AS ({sql})" for name, sql in steps)
    ids = " UNION ALL ".join(f"SELECT {n}, id FROM {name}" for n, (name, _sql) in enumerate(steps))
    return f"WITH {writing} {ids}"


def _one_by_one(cursor: Any, steps: Sequence[Step]) -> dict[str, Ids]:
    written: dict[str, Ids] = {}
    for step in steps:
        cursor.execute(_with(written) + step.sql, step.params)
        written[step.name] = [pk for (pk,) in cursor.fetchall()]
    return written


def _with(written: dict[str, Ids]) -> str:
    """What earlier steps wrote, as tables for the next."""
    tables = (
        f"{name} (id) AS ({'VALUES ' + ', '.join(f'({pk})' for pk in ids) if ids else NOTHING})"
        for name, ids in written.items()
    )
    return f"WITH {', '.join(tables)} " if written else ""


def _as_written(model: type[Model], values: Mapping[str, Any]) -> list[Any]:
    """The values as the database takes them; psycopg takes all but lists and dicts as they are."""
    database, columns = connections[DEFAULT_DB_ALIAS], _columns(model)
    as_it_is = PLAIN if database.vendor == "postgresql" else ()
    return [
        value if isinstance(value, as_it_is) else columns[name].get_db_prep_save(value, database)
        for name, value in values.items()
    ]


def _defaults(model: type[Model], *, besides: Collection[str]) -> dict[str, Any]:
    """What a new row says in the other columns; where it says nothing, the database knows."""
    others = [one for name, one in _columns(model).items() if name not in besides]
    if changing := [one.column for one in others if _says_another_each_time(one.default)]:
        raise ValueError(f"{model.__name__} has no constant for {', '.join(changing)}: give it.")
    return {one.column: one.get_default() for one in others if one.get_default() is not None}


def _says_another_each_time(default: Any) -> bool:
    return callable(default) and default not in (*ALWAYS_THE_SAME, NOT_PROVIDED)


@cache
def _columns(model: type[Model]) -> dict[str, Any]:
    """The columns that are written: not those that the database fills in."""
    columns: Sequence[Any] = model._meta.concrete_fields
    written = (one for one in columns if not (one.generated or one.primary_key))
    return {one.column: one for one in written}


def _id(model: type[Model]) -> str:
    """The row's key under the name `id`, whatever its column is called."""
    key: Any = model._meta.pk
    return f"{_quoted(key.column)} AS id"


def _quoted(name: str) -> str:
    return f'"{name}"'
