"""Work off exports: each part is committed together with how far the whole has come.

So a worker that is killed costs the next one a part, every line is there once, and nothing is
written any more once somebody has pressed Stop.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation

from lib.batches import run_batches
from lib.claims import LEASE
from voc.exports.lines import header, lines_of
from voc.models import Export, ExportPart

Clock = Callable[[], datetime]
State = Export.State

LINES_BETWEEN_LOOKS_AT_THE_CLOCK = 50
RENEW_BEFORE = timedelta(seconds=40)  # of the end of a lease


class ClaimIsLost(Exception):
    """Somebody has stopped the export, or another worker has taken it over."""


def write_next(clock: Clock) -> int | None:
    """Write at one export for a time slice; return how many items it went through.

    None when no export waits.
    """
    claimed = Export.objects.claim(clock())
    if claimed is None:
        return None
    with translation.override(claimed.language):
        try:
            return _write(ExportRun(claimed, clock))
        except ClaimIsLost:
            return 0


def _write(run: ExportRun) -> int:
    written = run_batches(run.next_part) if run.is_still_allowed() else 0
    run.give_back()
    return written


class ExportRun:
    """A worker's run through an export it has claimed. Raises ClaimIsLost once it has not."""

    def __init__(self, claimed: Export, clock: Clock) -> None:
        self.claimed = claimed
        self.clock = clock
        self.after = -1  # the number of the part that was written last
        self.has_ended = False

    def is_still_allowed(self) -> bool:
        """Whoever asked may still have it; otherwise the export ends here."""
        if self.claimed.may_be_taken_by(self.claimed.by):
            return True
        self._end(State.REFUSED)
        return False

    def next_part(self) -> int:
        """Write the next part; return how many items it has, 0 when there are no more."""
        if self.has_ended:
            return 0
        waiting = self.claimed.parts.filter(content=None, number__gt=self.after)
        part = waiting.order_by("number").first()
        if part is None:
            whole = self.claimed.done == self.claimed.items
            self._end(State.DONE if whole else State.FAILED)
            return 0
        lines = list(self._watched(lines_of(part.ids, masked=self.claimed.masked)))
        self._store(part, lines)
        self.after = part.number
        return len(part.ids)

    def give_back(self) -> None:
        """Let the next worker go on: this one's time slice is over."""
        if not self.has_ended:
            self._write(claimed_until=None)

    @transaction.atomic
    def _store(self, part: ExportPart, lines: list[str]) -> None:
        """Keep the lines and move on, all at once. The ids are not needed any more."""
        claimed = self.claimed
        table = "".join([header(), *lines] if part.number == 0 else lines).encode()
        self._write(
            state=State.RUNNING,
            begun_at=claimed.begun_at or self.clock(),
            attempts=0,
            done=claimed.done + len(part.ids),
            gone=claimed.gone + len(part.ids) - len(lines),
            size=(claimed.size or 0) + len(table),
        )
        ExportPart.objects.filter(pk=part.pk).update(content=zlib.compress(table), ids=[])

    @transaction.atomic
    def _end(self, state: str) -> None:
        self._write(state=state, ended_at=self.clock(), claimed_until=None)
        if state != State.DONE:
            ExportPart.objects.filter(of=self.claimed).delete()
        self.has_ended = True

    def _write(self, **values: Any) -> None:
        """Write to the row while it is ours, and hold it longer.

        Conditional, so that who comes too late takes back all that it wrote in the transaction.
        """
        values = {"claimed_until": self.clock() + LEASE, **values}
        mine = Export.objects.unfinished().filter(
            pk=self.claimed.pk, claimed_until=self.claimed.claimed_until
        )
        if not mine.update(**values):
            raise ClaimIsLost
        for name, value in values.items():
            setattr(self.claimed, name, value)

    def _watched(self, lines: Iterable[str]) -> Iterator[str]:
        """The lines; meanwhile the claim is held, however long the words are."""
        for number, line in enumerate(lines, 1):
            if number % LINES_BETWEEN_LOOKS_AT_THE_CLOCK == 0:
                self._hold()
            yield line

    def _hold(self) -> None:
        until = self.claimed.claimed_until
        if until is None or until - self.clock() < RENEW_BEFORE:
            self._write()
