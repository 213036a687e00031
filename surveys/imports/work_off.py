"""Work off imports: each batch of rows is committed together with the place it has come to.

So a worker that is killed costs the next one a batch, no row is lost and none is counted twice, and
nothing is written any more once somebody has pressed Stop.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import translation

from lib.batches import run_batches
from lib.claims import LEASE
from lib.tables.import_rows import Batch, RefusedRow, RowOutcome, batches, understand_again
from lib.tables.read import Row, UnreadableTable
from surveys.imports.kinds import open_import
from surveys.imports.look import look_at
from surveys.models import Import, ImportFile, Refusal
from surveys.models.imports import LONGEST_REASON, MOST_REFUSALS

Clock = Callable[[], datetime]

ROWS_BETWEEN_LOOKS_AT_THE_CLOCK = 1000
RENEW_BEFORE = timedelta(seconds=40)  # of the end of a lease
# A letter and a domain find the row again; the address itself has no business in a report.
LOCAL_PART = re.compile(r"([^\s@“”「」<>\"'(),;:])[^\s@“”「」<>\"'(),;:]*(?=[@＠])")


class ClaimIsLost(Exception):
    """Somebody has stopped the import, or another worker has taken it over."""


def work_off_next(clock: Clock) -> int | None:
    """Work off the import that waits longest, for a time slice; return how many rows were read.

    One that nobody has confirmed yet is only looked at. None when no import waits.
    """
    claimed = Import.objects.claim(clock())
    if claimed is None:
        return None
    if claimed.is_previewed:
        look_at(claimed, clock())
        return 0
    with translation.override(claimed.language):
        try:
            return _work_off(claimed, clock)
        except ClaimIsLost:
            return 0


def _work_off(claimed: Import, clock: Clock) -> int:
    work = ImportRun(claimed, clock)
    try:
        work.open()
    except UnreadableTable as error:
        work.end(Import.State.FAILED, error=str(error))
        return 0
    with closing(work.batches):
        read = run_batches(work.next_batch)
    work.give_back()
    return read


class ImportRun:
    """A worker's run through an import it has claimed. Raises ClaimIsLost once it has not.

    The table stays open from batch to batch. Whoever resumes reads it from the top, and understands
    again what was stored before: rows below may repeat it.
    """

    def __init__(self, claimed: Import, clock: Clock) -> None:
        self.claimed = claimed
        self.clock = clock
        self.has_ended = False

    def open(self) -> None:
        """Open the table, and count its rows the first time. Raises UnreadableTable."""
        claimed, begun_at = self.claimed, self.claimed.begun_at or self.clock()
        self._write(state=Import.State.RUNNING)
        if claimed.total is None:
            rows = self._watched(open_import(claimed, begun_at).rows)
            self._write(total=_count(rows))
        self.importer = open_import(claimed, begun_at)
        rows, understand = self.importer.rows, self.importer.understand
        understand_again(self._watched(islice(rows, claimed.done)), understand)
        self.batches = batches(rows, understand)

    def next_batch(self) -> int:
        """Store the next batch; return how many rows it had, 0 when there are no more."""
        if self.has_ended:
            return 0
        batch = next(self.batches, None)
        if batch is None:
            self.end(Import.State.DONE)
        elif batch.stopped:
            self._store(batch, state=Import.State.FAILED, error=batch.stopped[:1000])
        else:
            self._store(batch)
        return batch.rows if batch else 0

    @transaction.atomic
    def end(self, state: str, *, error: str = "") -> None:
        self._end(state=state, error=error[:1000])

    def give_back(self) -> None:
        """Let the next worker go on: this one's time slice is over."""
        if not self.has_ended:
            self._write(claimed_until=None)

    @transaction.atomic
    def _store(self, batch: Batch[Any], **ending: Any) -> None:
        """Store what is good, keep why the rest is not, and move on, all at once."""
        outcomes = Counter({RowOutcome.EMPTY: batch.empty})
        if batch.understood:
            outcomes.update(self.importer.store(batch.understood))
        claimed = self.claimed
        _keep_reasons(claimed, batch.refused)
        self._write(
            attempts=0,
            done=claimed.done + batch.rows,
            refused=claimed.refused + len(batch.refused),
            **{o.value: getattr(claimed, o.value) + outcomes[o] for o in RowOutcome},
        )
        if ending:
            self._end(**ending)

    def _end(self, **values: Any) -> None:
        self._write(ended_at=self.clock(), total=self.claimed.done, claimed_until=None, **values)
        ImportFile.objects.filter(of=self.claimed).delete()
        self.has_ended = True

    def _write(self, **values: Any) -> None:
        """Write to the row while it is ours, and hold it longer.

        Conditional, so that who comes too late takes back all that it wrote in the transaction.
        """
        values = {"claimed_until": self.clock() + LEASE, **values}
        mine = Import.objects.unfinished().filter(
            pk=self.claimed.pk, claimed_until=self.claimed.claimed_until
        )
        if not mine.update(**values):
            raise ClaimIsLost
        for name, value in values.items():
            setattr(self.claimed, name, value)

    def _watched(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows; meanwhile the claim is held, however long it takes to read over them."""
        for number, row in enumerate(rows):
            if number % ROWS_BETWEEN_LOOKS_AT_THE_CLOCK == 0:
                self._hold()
            yield row

    def _hold(self) -> None:
        until = self.claimed.claimed_until
        if until is None or until - self.clock() < RENEW_BEFORE:
            self._write()


def _count(rows: Iterable[Row]) -> int:
    """How many rows can be read."""
    n = 0
    with suppress(UnreadableTable):
        for _row in rows:
            n += 1
    return n


def _keep_reasons(claimed: Import, refused: list[RefusedRow]) -> None:
    room = max(0, MOST_REFUSALS - claimed.refused)
    Refusal.objects.bulk_create(
        Refusal(of=claimed, number=row.number, reason=_without_addresses(row.reason))
        for row in refused[:room]
    )


def _without_addresses(reason: str) -> str:
    return LOCAL_PART.sub(r"\1…", reason.replace("\0", ""))[:LONGEST_REASON]
