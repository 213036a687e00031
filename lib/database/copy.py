"""Write many rows at once: PostgreSQL adds by COPY and changes by arrays, SQLite by executemany.

A statement of a thousand rows costs what each of its values costs to quote, to parse and to plan.
COPY takes the same rows as plain text, in half the time of the fastest INSERT; an array is one
value for a whole column, where `bulk_update` spells out a CASE for every field of every row. The
rows here are tuples and not models: nobody is asked for `save`, `pre_save` or signals.

A value is None, text, a number, a moment, or what a JSONField holds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from io import StringIO
from typing import Any

from django.db import connection, models

Rows = Iterable[Sequence[Any]]
# To the driver. Between two pieces it would wait until another thread has had its turn.
IN_ONE_PIECE = 2**24  # characters
json_text = json.JSONEncoder(ensure_ascii=False).encode


def add_rows(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    one_order: Callable[[Sequence[Any]], str],
) -> None:
    """Add rows with these columns; in all others stands what the model has for its default.

    Their ids follow the order of the rows. They are added in `one_order`, by what no two may have
    in common: so two who add the same at once do not wait for each other in a circle. Raises
    IntegrityError when one of them cannot be added, and then none is.
    """
    if connection.vendor == "postgresql":
        numbered = zip(_reserved_ids(model, len(rows)), rows, strict=True)
        columns = ["id", *columns]
        rows = [(pk, *row) for pk, row in sorted(numbered, key=lambda pair: one_order(pair[1]))]
    given = set(columns)
    others = {
        field.column: field.get_default()
        for field in _stored(model)
        if field.column not in given and not field.has_db_default()
    }
    _fill(model._meta.db_table, [*columns, *others], rows, [*others.values()])


def _reserved_ids(model: type[models.Model], n: int) -> list[int]:
    statement = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
    with connection.cursor() as cursor:
        cursor.execute(statement, [_quoted(model._meta.db_table), n])
        return [pk for (pk,) in cursor.fetchall()]


def change_rows(model: type[models.Model], columns: Sequence[str], rows: Rows) -> None:
    """Set these columns of rows that there are; a row has its id before its values.

    A row that is gone stays gone. Lock them first where others may change them too.
    """
    if not (rows := [*rows]):
        return
    if connection.vendor == "postgresql":
        _change_by_arrays(model, columns, rows)
        return
    to = ", ".join(f"{_quoted(column)} = %s" for column in columns)
    last = ([*values[1:], values[0]] for values in rows)  # the id is asked for at the end
    _execute_many(f"UPDATE {_quoted(model._meta.db_table)} SET {to} WHERE id = %s", last)


def _change_by_arrays(model: type[models.Model], columns: Sequence[str], rows: Rows) -> None:
    table, types = _quoted(model._meta.db_table), _types(model)
    names = [*map(_quoted, ["id", *columns])]
    to = ", ".join(f"{name} = new.{name}" for name in names[1:])
    arrays = ", ".join(f"%s::{types[column]}[]" for column in ["id", *columns])
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {to} FROM unnest({arrays}) AS new ({', '.join(names)})"
            f" WHERE {table}.id = new.id",
            [*map(as_array, zip(*rows, strict=True))],
        )


def _types(model: type[models.Model]) -> dict[str, str]:
    """By column, without its length: what is too long is then refused, where a cast cuts it."""
    typed = {field.column: field.db_type(connection) or "text" for field in _stored(model)}
    return {"id": "bigint"} | {column: each.partition("(")[0] for column, each in typed.items()}


def as_array(values: Iterable[Any]) -> str:
    """One text for all values, which a database reads faster than it parses each of them."""
    return "{" + ",".join(map(_in_array, values)) + "}"


def _in_array(value: Any) -> str:
    if value is None:
        return "NULL"
    text = value if isinstance(value, str) else _as_text(value)
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _fill(table: str, columns: Sequence[str], rows: Rows, always: Sequence[Any] = ()) -> None:
    """Fill a table with rows, each of which goes on with the values that all of them have."""
    names = ", ".join(map(_quoted, columns))
    if connection.vendor != "postgresql":
        places = ", ".join("%s" for _column in columns)
        whole = ([*row, *always] for row in rows)
        _execute_many(f"INSERT INTO {_quoted(table)} ({names}) VALUES ({places})", whole)
        return
    end = "".join(f"\t{_in_copy(value)}" for value in always) + "\n"
    lines = StringIO("".join(["\t".join(map(_in_copy, row)) + end for row in rows]))
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(f"COPY {_quoted(table)} ({names}) FROM STDIN", lines, IN_ONE_PIECE)


def _execute_many(statement: str, rows: Rows) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(statement, [[_in_sqlite(value) for value in row] for row in rows])


def _in_copy(value: Any) -> str:
    """The value as a line of COPY has it: what would end a cell or the line is escaped."""
    if value is None:
        return "\\N"
    text = value if isinstance(value, str) else _as_text(value)
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    return text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _as_text(value: Any) -> str:
    return json_text(value) if isinstance(value, dict | list) else str(value)


def _in_sqlite(value: Any) -> Any:
    """The value as Django's own fields give it to SQLite."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return json.dumps(value) if isinstance(value, dict | list) else value


def _stored(model: type[models.Model]) -> list[Any]:
    """The fields whose values are written, and not made by the database."""
    fields: Iterable[Any] = model._meta.local_concrete_fields
    return [field for field in fields if not field.generated and not field.primary_key]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
