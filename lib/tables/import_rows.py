"""Import a table row by row: good rows are stored in batches, each bad row is refused and told.

A room says what a row means (`understand`) and where it is kept (`store`). How an import goes on
from there is the same for every table, and stands here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import islice
from typing import TypeVar

from django.utils.translation import gettext as _

from lib.tables.read import Row, UnreadableTable

ROWS_PER_BATCH = 500

Understood = TypeVar("Understood")  # what a room makes of a row


class InvalidRow(ValueError):
    """A row cannot be taken in. Its words say why, as RefusedRow puts them into a sentence."""


class Outcome(Enum):
    """What became of a row that was taken in."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class RefusedRow:
    """A row that was not taken in, with the number that a spreadsheet shows beside it."""

    number: int
    reason: str

    def __str__(self) -> str:
        words = {"number": self.number, "reason": self.reason}
        return _("Row %(number)d: %(reason)s. The row was skipped.") % words


@dataclass
class ImportResult:
    """What became of every row that was seen: it has one outcome, or it is refused."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    refused: list[RefusedRow] = field(default_factory=list)
    stopped: str = ""  # why the rest of the file could not be read

    @property
    def rows_seen(self) -> int:
        return self.outcomes.total() + len(self.refused)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows were added, updated, unchanged and refused, by these words."""
        counted = {outcome.value: self.outcomes[outcome] for outcome in Outcome}
        return {**counted, "refused": len(self.refused)}


Progress = Callable[[ImportResult], None]


def no_progress(so_far: ImportResult) -> None:
    """For an import that nobody watches."""


def import_rows(
    rows: Iterable[Row],
    *,
    understand: Callable[[Row], Understood],
    store: Callable[[list[Understood]], Counter[Outcome]],
    progress: Progress = no_progress,
) -> ImportResult:
    """Take in what `understand` makes of the rows, and refuse those for which it raises InvalidRow.

    `store` writes a batch and counts one outcome for each of it; `progress` hears of the result so
    far after every batch. Where the file breaks off, what stood above is taken in all the same.
    """
    result = ImportResult()
    understood = _understood(rows, understand, result)
    while batch := list(islice(understood, ROWS_PER_BATCH)):
        result.outcomes.update(store(batch))
        progress(result)
    return result


def _understood(
    rows: Iterable[Row], understand: Callable[[Row], Understood], result: ImportResult
) -> Iterator[Understood]:
    """What the good rows say. The bad ones, and why no more could be read, go into the result."""
    try:
        for row in rows:
            try:
                yield understand(row)
            except InvalidRow as invalid:
                result.refused.append(RefusedRow(row.number, str(invalid)))
    except UnreadableTable as error:
        result.stopped = str(error)
