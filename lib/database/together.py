"""Rows that are written together: one statement on PostgreSQL, however many tables they are of.

A step inserts rows or changes them, and yields their ids under its name; later steps select from
that name. On PostgreSQL they become the WITH of one statement, all of which see what was there
before it. SQLite knows no writing WITH: it runs them one by one, in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Model

Ids = list[int]


@dataclass(frozen=True)
class Step:
    """A statement that writes, and returns `id`. `then` is told the ids, once all is written."""

    name: str
    sql: str
    params: Sequence[Any] = ()
    then: Callable[[Ids], object] | None = field(default=None, compare=False)


def insert(
    name: str,
    row: Model,
    *,
    source: str = "",
    taking: Mapping[str, str] | None = None,
    where: str = "true",
    params: Sequence[Any] = (),
    otherwise: str = "",
    then: Callable[[Ids], object] | None = None,
) -> Step:
    """Insert this row, once for each row of an earlier step, the `source`, where that is given.

    `taking` says which columns get what from it: {"response_id": "answer.id"}; `otherwise` is the
    ON CONFLICT.
    """
    values = _values(row, besides=taking or {})
    columns = [*values, *(taking or {})]
    selected = [*["%s"] * len(values), *(taking or {}).values()]
    sql = (
        f"INSERT INTO {_quoted(row._meta.db_table)} ({', '.join(map(_quoted, columns))}) "
        f"SELECT {', '.join(selected)} {f'FROM {source}' if source else ''} WHERE {where} "
        f"{otherwise} RETURNING {_id(row)}"
    )
    return Step(name, sql, [*values.values(), *params], then)


def update(
    name: str,
    row: Model,
    fields: Sequence[str],
    *,
    still: Mapping[str, Any] | None = None,
    where: str = "true",
    params: Sequence[Any] = (),
) -> Step:
    """Write what the row says in these fields to all rows for which the condition holds, and in
    whose fields there `still` is what was read."""
    columns: Any = [row._meta.get_field(name) for name in fields]
    read: Any = {row._meta.get_field(name): value for name, value in (still or {}).items()}
    conditions = [where, *(f"{_quoted(column.column)} = %s" for column in read)]
    sql = (
        f"UPDATE {_quoted(row._meta.db_table)} "
        f"SET {', '.join(f'{_quoted(column.column)} = %s' for column in columns)} "
        f"WHERE {' AND '.join(conditions)} RETURNING {_id(row)}"
    )
    values = [_value(column, row) for column in columns]
    return Step(name, sql, [*values, *params, *(_stored(*each) for each in read.items())])


def write_together(steps: Sequence[Step]) -> dict[str, Ids]:
    """Run the steps; return the ids that each wrote. To be called inside a transaction."""
    run = _in_one_statement if connection.vendor == "postgresql" else _one_by_one
    written = run(steps)
    for step in steps:
        if step.then:
            step.then(written[step.name])
    return written


def _in_one_statement(steps: Sequence[Step]) -> dict[str, Ids]:
    steps_of_it = ", ".join(f"{step.name} AS ({step.sql})" for step in steps)
    ids = " UNION ALL ".join(f"SELECT {n}, id FROM {step.name}" for n, step in enumerate(steps))
    written: dict[str, Ids] = {step.name: [] for step in steps}
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {steps_of_it} {ids}", [each for s in steps for each in s.params])
        for n, pk in cursor.fetchall():
            written[steps[n].name].append(pk)
    return written


def _one_by_one(steps: Sequence[Step]) -> dict[str, Ids]:
    written: dict[str, Ids] = {}
    with connection.cursor() as cursor:
        for step in steps:
            cursor.execute(_with(written) + step.sql, step.params)
            written[step.name] = [pk for (pk,) in cursor.fetchall()]
    return written


def _with(written: dict[str, Ids]) -> str:
    """What earlier steps wrote, as tables for the next."""
    tables = (
        f"{name} (id) AS ({'VALUES ' + ', '.join(f'({pk})' for pk in ids) if ids else _NO_ROWS})"
        for name, ids in written.items()
    )
    return f"WITH {', '.join(tables)} " if written else ""


_NO_ROWS = "SELECT 0 WHERE false"


def _values(row: Model, *, besides: Mapping[str, str]) -> dict[str, Any]:
    """The columns of a new row with their values; those that the database fills in are left out."""
    columns = (one for one in row._meta.concrete_fields if not (one.generated or one.primary_key))
    values = {one.column: _value(one, row) for one in columns if one.column not in besides}
    return {name: one for name, one in values.items() if not hasattr(one, "resolve_expression")}


def _value(column: Any, row: Model) -> Any:
    value = column.pre_save(row, add=True)
    return value if hasattr(value, "resolve_expression") else _stored(column, value)


def _stored(column: Any, value: Any) -> Any:
    return column.get_db_prep_save(value, connection)


def _id(row: Model) -> str:
    """The row's key under the name `id`, whatever its column is called."""
    return f"{_quoted(row._meta.pk.column)} AS id"


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))
