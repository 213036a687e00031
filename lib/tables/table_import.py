"""The base of every import of a table: its plan, and its rows when nothing stands in the way."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from typing import Generic, TypeVar

from lib.tables.import_rows import EmptyRow, InvalidRow, RowOutcome, refuse_unsafe
from lib.tables.plan import ColumnUse, FirstRow, Plan, Question
from lib.tables.read import Row, Sheet, UnreadableTable
from lib.tables.sample import SampledRows

Understood = TypeVar("Understood")  # what a room makes of a row
FIRST_ROWS = 10  # that a plan shows as they are understood


class UnansweredQuestion(UnreadableTable):
    """Nothing can be imported before a person has answered this."""

    def __init__(self, question: Question) -> None:
        super().__init__(question.obstacle)
        self.question = question


class TableImport(ABC, Generic[Understood]):
    """An import of one sheet: `import_rows(it.rows, understand=it.understand, store=it.store)`."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.sampled = SampledRows(sheet.rows)

    @abstractmethod
    def understand(self, row: Row) -> Understood:
        """What the row means. Raises InvalidRow, or EmptyRow."""

    @abstractmethod
    def store(self, batch: list[Understood]) -> Counter[RowOutcome]:
        """Keep what a batch of rows means; one outcome for each."""

    @abstractmethod
    def column_uses(self) -> list[ColumnUse]:
        """What each column of the sheet is taken for."""

    @abstractmethod
    def readings(self, row: Row) -> tuple[tuple[str, str], ...]:
        """The row as it is understood, for people, without remembering it. Raises the same."""

    @abstractmethod
    def notes(self) -> list[str]:
        """Sentences about what was found and what was taken for granted."""

    @abstractmethod
    def questions(self) -> list[Question]:
        """The choices that a person can make about this table."""

    @property
    def rows(self) -> Iterator[Row]:
        """The rows, from the first. Raises UnansweredQuestion."""
        if obstacle := next((asked for asked in self.questions() if asked.obstacle), None):
            raise UnansweredQuestion(obstacle)
        return iter(self.sampled)

    def plan(self, first: int = FIRST_ROWS) -> Plan:
        """What the import would do; writes nothing, and takes no row away from the import."""
        return Plan(
            columns=self.column_uses(),
            notes=self.notes(),
            first_rows=[self._first_row(row) for row in self.sampled.look(first)],
            questions=self.questions(),
        )

    def _first_row(self, row: Row) -> FirstRow:
        try:
            refuse_unsafe(row)
            return FirstRow(row.number, self.readings(row))
        except EmptyRow:
            return FirstRow(row.number)
        except InvalidRow as invalid:
            return FirstRow(row.number, refused=str(invalid))
