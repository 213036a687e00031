"""A source: a tool by which customers' words come, and how its exports and answers are read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

Fields = Mapping[str, str]  # one row, by the names that the export gives its columns
Items = list[dict[str, Any]]


def _nobody(fields: Fields) -> bool:
    return False


def _closed(value: Any) -> Items | None:
    return None


@dataclass(frozen=True)
class Source:
    """What is known of a source. Names of columns are written as `columns.words_of` gives them.

    `columns` names for each use the columns that hold it, the most telling first:

        text, title     what they said; a title stands above the text
        id, part        the source's own id, and that of a part: a comment of a ticket
        date            when they said it
        email           the address of whoever said it
        stars           how many stars they gave
    """

    key: str  # before each of its ids, which are its own and no other source's
    name: str
    channel: str
    marks: tuple[frozenset[str], ...]  # it is known by all columns of one of these
    columns: Mapping[str, tuple[str, ...]]
    zone: str | None = None  # of its times that name none, where it has one
    read_id: Callable[[str], str] = str  # the id that stands in the cell
    id_from: tuple[str, ...] = ()  # columns that tell one from the other where the id is empty
    is_ours: Callable[[Fields], bool] = _nobody  # one of ours wrote this, and no customer
    opened: Callable[[Any], Items | None] = _closed  # the items inside a value of JSON; None: none

    def writes(self, headers: Collection[str]) -> bool:
        """These are columns of an export of this source."""
        return any(marks <= {*headers} for marks in self.marks)

    def id_of(self, id: str, part: str) -> str:
        """Its id among all sources; empty where the source gave none."""
        own = self.read_id(id)
        return ":".join(filter(None, [self.key, own, part])) if own else ""


def stars_of(cell: str) -> int | None:
    """The stars from 1 to 5 that a cell says: `4`, `4.0`, `★4`; None for anything else."""
    digits = cell.strip().strip("★⭐ ").removesuffix(".0")
    return int(digits) if digits in {"1", "2", "3", "4", "5"} else None


def drawn(stars: int) -> str:
    """Stars as people draw them: what is said by somebody who gave stars and no words."""
    return "★" * stars + "☆" * (5 - stars)
