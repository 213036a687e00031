"""Queries of the ORM that are put into words once, and then asked again and again.

What Django does to make a statement of a query costs many times what the database does to answer
it. Here that is done once in each thread; a call fills in the values. It brings what `values_list`
brings: rows of models are made by whoever needs them.

    asked = Wording.objects.filter(language=Given("language", CharField())).values_list("question")
    in_this_language = Prepared(lambda: asked)
    in_this_language.first(language="ja")
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connections
from django.db.models import Field, QuerySet, Value

from lib.database import kept

Row = tuple[Any, ...]


class Given(Value):
    """A place in a query, for a value that each call brings along."""

    def __init__(self, name: str, output_field: Field[Any, Any]) -> None:
        super().__init__(None, output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]

    def among(self, values: Mapping[str, Any], connection: Any) -> Any:
        value = values[self.name]
        as_it_is = value is None or isinstance(value, (str, int))
        return value if as_it_is else self.output_field.get_db_prep_value(value, connection)


class Prepared:
    """A query with places. What differs between two calls is given, and nothing else."""

    def __init__(self, queryset: Callable[[], QuerySet[Any, Row]]) -> None:
        self._queryset = queryset
        self._of_this_thread = threading.local()

    def first(self, **values: Any) -> Row | None:
        statement = getattr(self._of_this_thread, "statement", None)
        if statement is None:
            self._of_this_thread.statement = statement = _Statement(self._queryset())
        return next(statement.ask(values), None)


def _with_its_constants(sql: str, params: Sequence[Any], connection: Any) -> Any:
    """What is the same in every call stands in the statement itself, where the driver can write."""
    if connection.vendor != "postgresql":
        return sql, params
    with connection.cursor() as cursor:
        written = [
            "%s" if isinstance(each, Given) else kept.written_out(cursor, each) for each in params
        ]
    given = [each for each in params if isinstance(each, Given)]
    return sql.replace("%%", "%%%%") % tuple(written), given


class _Statement:
    """The query in SQL, and how what it brings becomes values: as Django's own rows do."""

    def __init__(self, queryset: QuerySet[Any, Row]) -> None:
        self.connection = connections[queryset.db]
        self.compiler = queryset.query.get_compiler(connection=self.connection)
        sql, params = self.compiler.as_sql()
        self.sql, self.params = _with_its_constants(sql, params, self.connection)
        columns = [column for column, *_alias in self.compiler.select]
        self.converters = self.compiler.get_converters(columns)

    def ask(self, values: Mapping[str, Any]) -> Iterator[Row]:
        with self.connection.cursor() as cursor:
            params = [self._filled_in(each, values) for each in self.params]
            kept.execute(cursor, self.sql, params)
            rows: Any = cursor.fetchall()
        if self.converters:
            rows = map(tuple, self.compiler.apply_converters(rows, self.converters))
        return iter(rows)

    def _filled_in(self, param: Any, values: Mapping[str, Any]) -> Any:
        return param.among(values, self.connection) if isinstance(param, Given) else param
