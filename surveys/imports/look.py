"""Look at a file: what an import would do with it, kept with the import as its preview.

A file that is read in a moment is looked at by whoever uploads it. All others wait for a worker: a
few megabytes, made for it, can take minutes to read.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import translation

from lib.storable import storable
from lib.tables.plan import ColumnUse, FirstRow, Plan, Question
from lib.tables.read import UnreadableTable
from lib.text import one_line
from surveys.imports.kinds import open_import
from surveys.models import Import

BYTES_AT_ONCE = 500_000  # of text
BYTES_AT_ONCE_PACKED = 50_000  # of a workbook, which unpacks to many more
PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how an .xlsx and an .xls begin
LONGEST_READING = 80  # characters of a cell that a preview shows
LONGEST_HEADER = 200  # of a column that can be chosen


@dataclass(frozen=True)
class Look:
    """What a file is taken for with the options it has; `error` where it cannot be read."""

    plan: Plan | None = None
    error: str = ""

    @property
    def questions(self) -> list[Question]:
        return self.plan.questions if self.plan else []

    @property
    def notes(self) -> list[str]:
        return self.plan.notes if self.plan else []

    @property
    def obstacle(self) -> str:
        """Why nothing can be imported as it is."""
        if self.plan and self.plan.obstacle:
            return self.plan.obstacle.obstacle
        return self.error

    def as_json(self) -> Any:
        return storable({"plan": asdict(self.plan) if self.plan else None, "error": self.error})

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Look:
        return cls(_plan(kept["plan"]) if kept["plan"] else None, kept["error"])


def is_read_in_a_moment(an_import: Import) -> bool:
    packed = bytes(an_import.file.content[:4]) in PACKED
    return an_import.size <= (BYTES_AT_ONCE_PACKED if packed else BYTES_AT_ONCE)


def look_at(an_import: Import, now: datetime) -> bool:
    """Read the beginning of the file, and keep what it is taken for.

    False when somebody has chosen something else meanwhile, or begun it.
    """
    with translation.override(an_import.language):
        seen = _look(an_import, now)
    here = Import.objects.to_look_at().filter(pk=an_import.pk, options=an_import.options)
    return bool(here.update(look=seen.as_json(), attempts=0, claimed_until=None))


def look_kept(an_import: Import) -> Look | None:
    """What the file was taken for; None while nobody has looked."""
    return Look.from_json(an_import.look) if an_import.look else None


def _look(an_import: Import, now: datetime) -> Look:
    try:
        return Look(_short(open_import(an_import, now).plan()))
    except UnreadableTable as error:
        return Look(error=str(error))


def _short(plan: Plan) -> Plan:
    """The plan as a page can show it, whatever is in the cells."""
    return replace(
        plan,
        columns=[replace(column, header=cut(column.header)) for column in plan.columns],
        first_rows=[_short_row(row) for row in plan.first_rows],
        questions=[_short_question(question) for question in plan.questions],
    )


def _short_row(row: FirstRow) -> FirstRow:
    readings = tuple((label, cut(value)) for label, value in row.readings)
    return replace(row, readings=readings, refused=one_line(row.refused))


def _short_question(question: Question) -> Question:
    choices = [(value, cut(label)) for value, label in question.choices]
    short = tuple((value, label) for value, label in choices if len(value) <= LONGEST_HEADER)
    return replace(question, choices=short)


def cut(value: str) -> str:
    line = one_line(value)
    return line if len(line) <= LONGEST_READING else line[:LONGEST_READING] + "…"


def _plan(kept: dict[str, Any]) -> Plan:
    return Plan(
        columns=[ColumnUse(**column) for column in kept["columns"]],
        notes=kept["notes"],
        first_rows=[_first_row(row) for row in kept["first_rows"]],
        questions=[_question(question) for question in kept["questions"]],
    )


def _first_row(kept: dict[str, Any]) -> FirstRow:
    return FirstRow(**{**kept, "readings": tuple((label, v) for label, v in kept["readings"])})


def _question(kept: dict[str, Any]) -> Question:
    return Question(**{**kept, "choices": tuple((value, v) for value, v in kept["choices"])})
