"""Rows that are written together: one statement on PostgreSQL, however many tables they are of.

A step inserts rows or changes them, and yields their ids under its name; later steps select from
that name. On PostgreSQL they become the WITH of one statement, all of which see what was there
before it. SQLite knows no writing WITH: it runs them one by one, in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model

from lib.database import kept

Ids = list[int]


@dataclass(frozen=True)
class Step:
    """A statement that writes, and returns `id`. `then` is told the ids, once all is written."""

    name: str
    sql: str
    params: Sequence[Any] = ()
    then: Callable[[Ids], object] | None = None


def insert(
    name: str,
    row: Model,
    *,
    after: str = "",
    key: str = "",
    where: str = "true",
    otherwise: str = "",
    then: Callable[[Ids], object] | None = None,
) -> Step:
    """Insert this row; `otherwise` is the ON CONFLICT.

    Where it comes `after` another step, once for each row of that, whose id it has in column `key`.
    """
    values = _values(row, besides=key)
    sql = _insertion(type(row), tuple(values), after, key, where, otherwise)
    return Step(name, sql, [*values.values()], then)


@cache
def _insertion(
    model: type[Model], columns: tuple[str, ...], after: str, key: str, where: str, otherwise: str
) -> str:
    places, source = ["%s"] * len(columns), ""
    if after:
        columns, places, source = (*columns, key), [*places, f"{after}.id"], f"FROM {after}"
    return (
        f"INSERT INTO {model._meta.db_table} ({', '.join(map(_quoted, columns))}) "
        f"SELECT {', '.join(places)} {source} WHERE {where} {otherwise} RETURNING {_id(model)}"
    )


def update(
    name: str,
    row: Model,
    fields: tuple[str, ...],
    *,
    still: Mapping[str, Any] | None = None,
    where: str = "true",
    params: Sequence[Any] = (),
) -> Step:
    """Write what the row says in these fields into all rows of which the condition is true, and
    whose fields there `still` have the values that were read."""
    model, database = type(row), connections[DEFAULT_DB_ALIAS]
    read = still or {}
    sql = _change(model, fields, tuple(read), where)
    new = [_value(_column(model, name), row, database) for name in fields]
    old = [_column(model, name).get_db_prep_save(read[name], database) for name in read]
    return Step(name, sql, [*new, *params, *old])


@cache
def _change(model: type[Model], fields: tuple[str, ...], still: tuple[str, ...], where: str) -> str:
    new = [f"{_quoted(_column(model, name).column)} = %s" for name in fields]
    old = [f"{_quoted(_column(model, name).column)} = %s" for name in still]
    return (
        f"UPDATE {model._meta.db_table} SET {', '.join(new)} "
        f"WHERE {' AND '.join([where, *old])} RETURNING {_id(model)}"
    )


def write_together(steps: Sequence[Step]) -> dict[str, Ids]:
    """Run the steps; return the ids that each wrote. To be called inside a transaction."""
    database = connections[DEFAULT_DB_ALIAS]
    run = _in_one_statement if database.vendor == "postgresql" else _one_by_one
    with database.cursor() as cursor:
        written = run(cursor, steps)
    for step in steps:
        if step.then:
            step.then(written[step.name])
    return written


def _in_one_statement(cursor: Any, steps: Sequence[Step]) -> dict[str, Ids]:
    writing = ", ".join(f"{step.name} AS ({step.sql})" for step in steps)
    ids = " UNION ALL ".join(f"SELECT {n}, id FROM {step.name}" for n, step in enumerate(steps))
    params = [each for step in steps for each in step.params]
    kept.execute(cursor, f"WITH {writing} {ids}", params)
    written: dict[str, Ids] = {step.name: [] for step in steps}
    for n, pk in cursor.fetchall():
        written[steps[n].name].append(pk)
    return written


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


NOTHING = "SELECT 0 WHERE false"


def _values(row: Model, *, besides: str) -> dict[str, Any]:
    """The columns of a new row with their values; those that the database fills in are left out."""
    database = connections[DEFAULT_DB_ALIAS]
    columns = _columns(type(row))
    values = {one.column: _value(one, row, database) for one in columns if one.column != besides}
    return {name: one for name, one in values.items() if not hasattr(one, "resolve_expression")}


@cache
def _columns(model: type[Model]) -> list[Any]:
    return [one for one in model._meta.concrete_fields if not (one.generated or one.primary_key)]


@cache
def _column(model: type[Model], field: str) -> Any:
    return model._meta.get_field(field)


def _value(column: Any, row: Model, database: Any) -> Any:
    value = column.pre_save(row, add=True)
    is_value = not hasattr(value, "resolve_expression")
    return column.get_db_prep_save(value, database) if is_value else value


def _id(model: type[Model]) -> str:
    """The row's key under the name `id`, whatever its column is called."""
    key: Any = model._meta.pk
    return f"{_quoted(key.column)} AS id"


def _quoted(name: str) -> str:
    return f'"{name}"'
