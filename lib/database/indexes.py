"""Operations of migrations for big tables: indexes that nobody has to wait for while they are made,
and their columns.

A migration that uses them is not atomic. One that was stopped halfway can be run again.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.migrations.operations.base import Operation


class AddIndex(migrations.AddIndex):
    """Add an index of a model; PostgreSQL makes it while others read and write."""

    atomic = False

    def database_forwards(self, app: str, editor: Any, before: Any, after: Any) -> None:
        if editor.connection.vendor != "postgresql":
            super().database_forwards(app, editor, before, after)
            return
        model = after.apps.get_model(app, self.model_name)
        editor.execute(f'DROP INDEX CONCURRENTLY IF EXISTS "{self.index.name}"')
        editor.add_index(model, self.index, concurrently=True)


class AddColumn(migrations.AddField):
    """Add a field that may be empty; one that a run which was stopped has added stays."""

    def database_forwards(self, app: str, editor: Any, before: Any, after: Any) -> None:
        table = after.apps.get_model(app, self.model_name)._meta.db_table
        with editor.connection.cursor() as cursor:
            there = editor.connection.introspection.get_table_description(cursor, table)
        if self.name not in {column.name for column in there}:
            super().database_forwards(app, editor, before, after)


class OnPostgreSQL(Operation):
    """Statements for PostgreSQL alone, one after the other; other databases do without."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, forwards: list[str], backwards: list[str]) -> None:
        self.forwards, self.backwards = forwards, backwards

    def state_forwards(self, app: str, state: Any) -> None:
        """The models know nothing of it."""

    def database_forwards(self, app: str, editor: Any, before: Any, after: Any) -> None:
        self._execute(editor, self.forwards)

    def database_backwards(self, app: str, editor: Any, before: Any, after: Any) -> None:
        self._execute(editor, self.backwards)

    def _execute(self, editor: Any, statements: list[str]) -> None:
        if editor.connection.vendor == "postgresql":
            for statement in statements:
                editor.execute(statement)

    def describe(self) -> str:
        return "Statements for PostgreSQL alone"
