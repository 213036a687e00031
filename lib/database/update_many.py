"""Update many: writes some fields of many rows in one statement.

`bulk_update` spells out a CASE for every field of every row, and an upsert sends whole rows and
computes what the database generates of them. Here PostgreSQL gets an array for each field, and
SQLite, which is in the same process, the rows one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper


def update_many(rows: Sequence[models.Model], fields: Iterable[str]) -> None:
    """Write these fields of rows of one model, as they stand in memory.

    A row that is gone stays gone. Lock the rows first where others may write them too.
    """
    if not rows:
        return
    model = type(rows[0])
    connection = connections[router.db_for_write(model)]
    of_model = [model._meta.get_field(name) for name in fields]
    columns = [field for field in of_model if isinstance(field, models.Field)]
    if connection.vendor == "postgresql":
        _as_arrays(connection, model, columns, rows)
    else:
        _row_by_row(connection, model, columns, rows)


def _as_arrays(
    connection: BaseDatabaseWrapper,
    model: type[models.Model],
    columns: Sequence[models.Field[Any, Any]],
    rows: Sequence[models.Model],
) -> None:
    key = _key(model)
    table = connection.ops.quote_name(model._meta.db_table)
    names = [_name(column, connection) for column in (key, *columns)]
    arrays = ", ".join(f"%s::{_type(column, connection)}[]" for column in (key, *columns))
    changes = ", ".join(f"{name} = new.{name}" for name in names[1:])
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {changes} FROM unnest({arrays}) AS new ({', '.join(names)})"
            f" WHERE {table}.{names[0]} = new.{names[0]}",
            [_values(column, rows, connection) for column in (key, *columns)],
        )


def _row_by_row(
    connection: BaseDatabaseWrapper,
    model: type[models.Model],
    columns: Sequence[models.Field[Any, Any]],
    rows: Sequence[models.Model],
) -> None:
    key = _key(model)
    table = connection.ops.quote_name(model._meta.db_table)
    changes = ", ".join(f"{_name(column, connection)} = %s" for column in columns)
    by_column = [_values(column, rows, connection) for column in (*columns, key)]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET {changes} WHERE {_name(key, connection)} = %s",
            list(zip(*by_column, strict=True)),
        )


def _key(model: type[models.Model]) -> models.Field[Any, Any]:
    key = model._meta.pk
    assert key, "every model has a key"
    return key


def _name(column: models.Field[Any, Any], connection: BaseDatabaseWrapper) -> str:
    assert column.column, "what is written has a column"
    return connection.ops.quote_name(column.column)


def _type(column: models.Field[Any, Any], connection: BaseDatabaseWrapper) -> str:
    """The type without its length: casting to varchar(10) would cut what is too long, unsaid."""
    return (column.db_type(connection) or "text").partition("(")[0]


def _values(
    column: models.Field[Any, Any], rows: Iterable[models.Model], connection: BaseDatabaseWrapper
) -> list[Any]:
    name = column.attname
    return [column.get_db_prep_save(getattr(row, name), connection) for row in rows]
