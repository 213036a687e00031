"""The ledger of an outbox: which mail leaves now, and how the one before it ended.

One commit says both, and reads what the next mail is made of: whoever unsubscribed a moment ago is
seen. So a mail costs one statement, and a worker killed at any moment leaves one mail at most
without an outcome.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from django.db import connections, transaction
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from lib.database import kept
from lib.mail.outbox import Ending

HANDED = "SELECT id FROM handed"
# Put so that nothing but the id can find the row. The index of what waits would do as well, and is
# taken wherever the last statistics say that hardly anything waits: then each mail reads all of it.
HAND_OVER = """handed AS (
    UPDATE {table} SET handed_at = %s, attempts = attempts + 1
    WHERE id = %s AND num_nonnulls(handed_at, outcome) = 0 RETURNING id
)"""
SETTLE = "settled AS (UPDATE {table} SET {changes} WHERE id = %s)"

Row = tuple[Any, ...]


class Ledger:
    """Hands mails over one after the other. `facts` is what to read of each, by `values_list`."""

    def __init__(self, facts: QuerySet[Any, Row]) -> None:
        self._facts = facts.order_by()
        self._rows: Any = facts.model._default_manager.using(facts.db)
        self._connection = connections[facts.db]
        self._table = facts.model._meta.db_table
        self._last: Ending | None = None
        handed = self._facts.filter(pk=RawSQL(HANDED, []))
        self._select, self._values = handed.query.sql_with_params()
        self._statement_after = cache(self._statement)  # an ending or two, again and again

    def hand_over(self, pk: int, now: datetime) -> Row | None:
        """Commit how the last mail ended and that this one leaves; return what it is made of.

        It is read as it was before. None, and nothing leaves, where another worker hands it over or
        it waits no more.
        """
        at_once = self._connection.vendor == "postgresql"
        facts = self.in_one_statement(pk, now) if at_once else self.in_one_transaction(pk, now)
        self._last = None
        return facts

    def ended(self, ending: Ending) -> None:
        """Take down how the mail that left last ended, to be committed with the next."""
        self._last = ending

    def close(self) -> None:
        """Commit how the last mail ended."""
        if self._last:
            self._rows.end(self._last)
            self._last = None

    def in_one_transaction(self, pk: int, now: datetime) -> Row | None:
        with transaction.atomic(self._facts.db, durable=True):
            if self._last:
                self._rows.end(self._last)
            facts = self._facts.filter(pk=pk).first()
            return facts if self._rows.hand_over(pk, now) else None

    def in_one_statement(self, pk: int, now: datetime) -> Row | None:
        """The same, written by hand: PostgreSQL does it in one statement, which commits itself."""
        last = self._last.changes if self._last else {}
        before = (*last.values(), self._last.pk) if self._last else ()
        values = (*before, now, pk, *self._values)
        with self._connection.cursor() as cursor:
            kept.execute(cursor, self._statement_after(*last), values)
            facts: Row | None = cursor.fetchone()
        return facts

    def _statement(self, *changed: str) -> str:
        """Hands a mail over, when these columns of the last one are to be written before."""
        changes = ", ".join(f"{column} = %s" for column in changed)
        settle = f"{SETTLE.format(table=self._table, changes=changes)}, " if changed else ""
        return f"WITH {settle}{HAND_OVER.format(table=self._table)} {self._select}"
