"""Import a table row by row: good rows are stored in batches, bad rows are refused with a reason.

A room says what a row means (`understand`) and where it is kept (`store`). How an import goes on
from there is the same for every table, and stands here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from enum import Enum
from itertools import islice
from typing import Generic, TypeVar

from django.utils.text import Truncator
from django.utils.translation import activate, get_language
from django.utils.translation import gettext as _

from lib.tables.limits import LONGEST_EXCERPT
from lib.tables.read import Row, UnreadableTable

ROWS_PER_BATCH = 2_000

Understood = TypeVar("Understood")  # what a room makes of a row


class InvalidRow(ValueError):
    """A row cannot be stored; its message says why, as RefusedRow puts it into a sentence."""


class EmptyRow(Exception):
    """A row that says nothing to keep, which is no fault: it is counted and passed over."""


class RowOutcome(Enum):
    """The outcome of a row that was not refused."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    EMPTY = "empty"


@dataclass(frozen=True)
class RefusedRow:
    """A row that was not stored, with the number that a spreadsheet shows beside it."""

    number: int
    reason: str

    def __str__(self) -> str:
        words = {"number": self.number, "reason": self.reason}
        return _("Row %(number)d: %(reason)s. The row was skipped.") % words


@dataclass
class ImportResult:
    """The result of an import: every row that was seen has one outcome, or is refused."""

    outcomes: Counter[RowOutcome] = field(default_factory=Counter)
    refused: list[RefusedRow] = field(default_factory=list)
    stopped: str = ""  # why the rest of the file could not be read

    @property
    def rows_seen(self) -> int:
        return self.outcomes.total() + len(self.refused)

    @property
    def counts(self) -> dict[str, int]:
        """The numbers of rows that were added, updated, unchanged, refused and empty, by word."""
        counted = {outcome.value: self.outcomes[outcome] for outcome in RowOutcome}
        return {**counted, "refused": len(self.refused)}


Progress = Callable[[ImportResult], None]


def no_progress(so_far: ImportResult) -> None:
    """Progress of an import that nobody watches: says nothing."""


def import_rows(
    rows: Iterable[Row],
    *,
    understand: Callable[[Row], Understood],
    store: Callable[[list[Understood]], Counter[RowOutcome]],
    progress: Progress = no_progress,
) -> ImportResult:
    """Store what `understand` makes of the rows, and refuse those for which it raises InvalidRow.

    Those for which it raises EmptyRow are counted. `store` writes a batch and counts one outcome
    for each of it; `progress` hears of the result so far after every batch. Where the file breaks
    off, what stood above is stored all the same.
    """
    result = ImportResult()
    with closing(batches(rows, understand)) as coming:
        for batch in coming:
            result.refused += batch.refused
            result.outcomes[RowOutcome.EMPTY] += batch.empty
            result.stopped = batch.stopped
            if batch.understood:
                result.outcomes.update(store(batch.understood))
            progress(result)
    return result


@dataclass
class Batch(Generic[Understood]):
    """Rows that follow each other: the good ones understood, empty ones counted, others refused."""

    understood: list[Understood] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    empty: int = 0
    stopped: str = ""  # why nothing can be read below

    @property
    def rows(self) -> int:
        return len(self.understood) + len(self.refused) + self.empty


def batches(
    rows: Iterable[Row], understand: Callable[[Row], Understood]
) -> Generator[Batch[Understood], None, None]:
    """All rows in batches, which a batch full of bad ones does not make longer.

    While one is stored, a thread reads the next: so neither `rows` nor `understand` may ask the
    database. It is never further ahead, and it has ended when this iterator is closed.
    """
    waiting = iter(rows)
    language = get_language()  # of the reasons why a row is refused
    with ThreadPoolExecutor(1, "read", activate, (language,)) as reader:
        coming = reader.submit(_batch, waiting, understand, ROWS_PER_BATCH)
        while (batch := coming.result()).rows or batch.stopped:
            coming = reader.submit(_batch, waiting, understand, ROWS_PER_BATCH)
            yield batch


def understand_again(rows: Iterable[Row], understand: Callable[[Row], Understood]) -> None:
    """Understand rows that were stored before, because those below may repeat them."""
    _batch(iter(rows), understand, None)


def _batch(
    rows: Iterator[Row], understand: Callable[[Row], Understood], most: int | None
) -> Batch[Understood]:
    batch: Batch[Understood] = Batch()
    try:
        for row in islice(rows, most):
            try:
                refuse_unsafe(row)
                batch.understood.append(understand(row))
            except EmptyRow:
                batch.empty += 1
            except InvalidRow as invalid:
                batch.refused.append(RefusedRow(row.number, str(invalid)))
    except UnreadableTable as error:
        batch.stopped = str(error)
    return batch


def refuse_unsafe(row: Row) -> None:
    """Raise InvalidRow for a row of which something would be lost or put into a wrong column."""
    if row.fault:
        raise InvalidRow(row.fault)
    if row.surplus:
        raise InvalidRow(
            _(
                "it has more cells than the header has names (“%(cell)s” has none); "
                "a cell with the delimiter in it needs quotation marks around it"
            )
            % {"cell": Truncator(row.surplus[-1]).chars(LONGEST_EXCERPT)}
        )
