"""Add what is missing: rows of some fields in one statement, but for those that are there already.

`bulk_create(ignore_conflicts=True)` does the same with a model for each row, and asks each of its
fields how it is saved: of five small fields that took as long as all else that is done with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper


def add_missing(
    model: type[models.Model], fields: Iterable[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Add rows, each of which has a value for each of these fields and for no other.

    A value is None, text or a number, as the database has it; of a relation it is the key. A row
    that would break a unique constraint is left out, and what is there stays as it is.
    """
    if not rows:
        return
    connection = connections[router.db_for_write(model)]
    columns = [model._meta.get_field(name) for name in fields]
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(_column(column)) for column in columns)
    into = f"INSERT INTO {table} ({names})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            arrays = ", ".join(f"%s::{_type(column, connection)}[]" for column in columns)
            values = [list(each) for each in zip(*rows, strict=True)]
            cursor.execute(f"{into} SELECT * FROM unnest({arrays}) ON CONFLICT DO NOTHING", values)
        else:
            places = ", ".join("%s" for _column in columns)
            cursor.executemany(f"{into} VALUES ({places}) ON CONFLICT DO NOTHING", rows)


def _column(field: Any) -> str:
    return str(field.column)


def _type(field: Any, connection: BaseDatabaseWrapper) -> str:
    """The type without its length: casting to varchar(10) would cut what is too long, unsaid."""
    return str(field.db_type(connection)).partition("(")[0]
