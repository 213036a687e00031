"""Work lists: rows that workers claim, each for a minute and by one worker at a time.

    waiting ──claim──▶ leased ──release──▶ done, by what the list itself writes
       ▲                  │
       └──a minute later──┘  (the worker failed or died; the attempt stays counted)

The attempt is counted before the work, because a worker that is killed counts nothing. So work is
done at least once, and may only be what can be done twice. A mail cannot: `lib/mail/outbox.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar, Self, TypeVar

from django.db import connections, models, transaction
from django.db.models import F, Q

LEASE = timedelta(seconds=60)

Work_co = TypeVar("Work_co", bound="Work", covariant=True)


class WorkQuerySet(models.QuerySet[Work_co]):
    def worth_trying(self) -> Self:
        return self.filter(attempts__lt=self.model.MOST_ATTEMPTS)

    def tried_too_often(self) -> Self:
        return self.filter(attempts__gte=self.model.MOST_ATTEMPTS)

    def free(self, now: datetime) -> Self:
        """Rows that no worker has, or whose lease is over."""
        return self.filter(Q(claimed_until=None) | Q(claimed_until__lte=now))

    @transaction.atomic
    def lease(
        self, waiting: Self, now: datetime, most: int, *, only: Sequence[str] = ()
    ) -> list[Work_co]:
        """Claim the first free ones of those that wait, in their order, up to `most`.

        PostgreSQL skips rows that others are taking; SQLite lets one writer in at a time. What
        failed before is taken alone: one poisonous row cannot wear out its neighbours. Who names
        the only fields they ask for has many rows at once: PostgreSQL takes one statement for it.
        """
        rows = waiting.free(now).select_for_update(skip_locked=True, of=("self",))
        first = rows.values_list("pk", "attempts")[:most]
        if only and connections[self.db].vendor == "postgresql":
            return self._at_once(first, now, only)
        attempts = list(first)
        ids = [pk for pk, n in attempts if not n] or [pk for pk, _n in attempts[:1]]
        leased = self.filter(pk__in=ids)
        leased.update(attempts=F("attempts") + 1, claimed_until=now + LEASE)
        return list(leased.only(*only) if only else leased.all())

    def _at_once(
        self, first: models.QuerySet[Work_co, tuple[int, int]], now: datetime, only: Sequence[str]
    ) -> list[Work_co]:
        """Lock, choose, claim and load in one statement."""
        quoted, meta = connections[self.db].ops.quote_name, self.model._meta
        table = quoted(meta.db_table)
        columns = [
            f"{table}.{quoted(str(field.column))}"
            for field in meta.concrete_fields
            if field.primary_key or field.name in only
        ]
        query, params = first.query.sql_with_params()
        leased = self.raw(
            f"WITH first (pk, attempts) AS MATERIALIZED ({query}),"
            " fresh AS (SELECT pk FROM first WHERE attempts = 0),"
            " failed AS (SELECT pk FROM first WHERE NOT EXISTS (SELECT FROM fresh) LIMIT 1)"
            f" UPDATE {table} SET attempts = {table}.attempts + 1, claimed_until = %s"
            " FROM (SELECT pk FROM fresh UNION ALL SELECT pk FROM failed) AS chosen"
            f" WHERE {table}.id = chosen.pk RETURNING {', '.join(columns)}",
            [*params, now + LEASE],
        )
        return list(leased)


class Work(models.Model):
    """A row of a work list, with its attempts and its lease; an abstract model."""

    MOST_ATTEMPTS: ClassVar[int] = 5

    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def was_tried_too_often(self) -> bool:
        return self.attempts >= self.MOST_ATTEMPTS

    def release(self) -> None:
        """Give the row back, the work done. Whoever did it saves the row."""
        self.attempts, self.claimed_until = 0, None
