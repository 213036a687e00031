"""Queries of the ORM that are put into words once, and then asked again and again.

What Django does to make a statement of a query costs many times what the database does to answer
it, and what PostgreSQL does to plan it again as much. Here both is done once in each connection; a
call fills in the values, and makes rows of the answer as any query does.

    in_this_language = Prepared(lambda: Wording.objects.filter(language=Given("language", Text())))
    in_this_language.all(language="ja")
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import Field, Model, QuerySet, Value
from django.db.models.query import get_related_populators

Row = TypeVar("Row", bound=Model)
_numbers = count(1)


class Given(Value):
    """A place in a query, for a value that each call brings along."""

    def __init__(self, name: str, output_field: Field[Any, Any]) -> None:
        super().__init__(None, output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]

    def among(self, values: Mapping[str, Any], connection: Any) -> Any:
        return self.output_field.get_db_prep_value(values[self.name], connection)


class Prepared(Generic[Row]):
    """A query with places. What differs between two calls is given, and nothing else."""

    def __init__(self, queryset: Callable[[], QuerySet[Row]]) -> None:
        self._queryset = queryset
        self._of_this_thread = threading.local()

    def first(self, **values: Any) -> Row | None:
        statement = getattr(self._of_this_thread, "statement", None)
        if statement is None:
            self._of_this_thread.statement = statement = _Statement(self._queryset())
        return next(statement.ask(values), None)


class _Statement(Generic[Row]):
    """The query in SQL, and how rows are made of what it brings: as Django's ModelIterable does."""

    def __init__(self, queryset: QuerySet[Row]) -> None:
        self.connection = connections[queryset.db]
        self.compiler = queryset.query.get_compiler(connection=self.connection)
        self.sql, self.params = self.compiler.as_sql()
        self.model, columns = self.compiler.klass_info["model"], self.compiler.select
        of_the_model = self.compiler.klass_info["select_fields"]
        self.own = slice(of_the_model[0], of_the_model[-1] + 1)
        self.names = [column[0].target.attname for column in columns[self.own]]
        self.related = get_related_populators(self.compiler.klass_info, columns, queryset.db)
        self.annotations = self.compiler.annotation_col_map or {}
        self.converters = self.compiler.get_converters([column[0] for column in columns])
        self.known_to: Any = None

    def ask(self, values: Mapping[str, Any]) -> Iterator[Row]:
        with self.connection.cursor() as cursor:
            if self._is_kept():
                self._prepare(cursor)
            cursor.execute(self.sql, [self._filled_in(each, values) for each in self.params])
            rows: Any = cursor.fetchall()
        if self.converters:
            rows = self.compiler.apply_converters(rows, self.converters)
        return map(self._row, rows)

    def _is_kept(self) -> bool:
        """A connection that is closed at once, or is a pooler's, remembers nothing."""
        settings = self.connection.settings_dict
        return self.connection.vendor == "postgresql" and settings["CONN_MAX_AGE"] != 0

    def _prepare(self, cursor: Any) -> None:
        """Have PostgreSQL plan it, once in each connection."""
        if self.known_to is self.connection.connection:
            return
        if self.known_to is None:
            self._name_it(cursor)
        cursor.execute(self.preparation)
        self.known_to = self.connection.connection

    def _name_it(self, cursor: Any) -> None:
        from psycopg2.extensions import AsIs

        places = {each.name: each for each in self.params if isinstance(each, Given)}
        numbers = {name: AsIs(f"${n}") for n, name in enumerate(places, 1)}
        words = [numbers[p.name] if isinstance(p, Given) else p for p in self.params]
        name = f"todoku_{next(_numbers)}"
        self.preparation = f"PREPARE {name} AS " + cursor.mogrify(self.sql, words).decode()
        self.sql = f"EXECUTE {name} ({', '.join(['%s'] * len(places))})"
        self.params = tuple(places.values())

    def _filled_in(self, param: Any, values: Mapping[str, Any]) -> Any:
        return param.among(values, self.connection) if isinstance(param, Given) else param

    def _row(self, columns: Sequence[Any]) -> Row:
        row = self.model.from_db(self.connection.alias, self.names, columns[self.own])
        for each in self.related:
            each.populate(columns, row)
        for name, place in self.annotations.items():
            setattr(row, name, columns[place])
        return row  # type: ignore[no-any-return]
