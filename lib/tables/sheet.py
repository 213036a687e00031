"""What a file becomes: a sheet of rows, or a sentence that says why it is none."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.text import Truncator

from lib.tables.limits import LONGEST_EXCERPT


class UnreadableTable(ValueError):
    """The file is no table that can be read; the message is for the person who chose it."""


class Line(NamedTuple):
    """One row as it stands in the file, header or not; a fault says why it cannot be taken."""

    number: int
    cells: list[str]
    fault: str = ""


class Row(NamedTuple):
    """One row that is data, by the names of the columns."""

    number: int
    values: dict[str, str]  # by header, as the file spells it; no spaces around
    surplus: tuple[str, ...] = ()  # what stands in cells that have no header
    fault: str = ""  # why this row cannot be taken as it stands

    def cell(self, header: str | None) -> str:
        """The cell below this header; empty for a column that the table does not have."""
        return self.values.get(header, "") if header else ""


@dataclass(frozen=True)
class Sheet:
    headers: list[str]
    rows: Iterator[Row]
    notes: list[str] = field(default_factory=list)  # what was guessed or skipped; rows may add more
    described: dict[str, str] = field(default_factory=dict)  # by header, what stood below it

    def column(self, *names: str) -> str | None:
        """The header that one of these names means, as the file spells it."""
        wanted = {plain(name) for name in names}
        return next((header for header in self.headers if plain(header) in wanted), None)


def plain(name: str) -> str:
    """The name normalized (NFKC, lower case, single spaces), as people take it for the same."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def excerpt(words: str) -> str:
    """So much of the words, on one line, as a sentence may show."""
    return Truncator(" ".join(words[: 4 * LONGEST_EXCERPT].split())).chars(LONGEST_EXCERPT)
