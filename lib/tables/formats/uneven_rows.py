"""Find rows whose words a delimiter or a line break has torn, by how many cells the others have.

A line break in a cell without quotation marks makes two rows of one, both too short; a delimiter
in such a cell pushes an empty last cell over the edge. Nothing is said of tables whose rows have
now more cells and now fewer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from lib.tables.sheet import Line, UnreadableTable

MOST_PUSHED = 5  # empty cells over the edge; more of them are a row filled up by a spreadsheet
VALUE = re.compile(r"[\s\d.,:/+\-]*|\S+@\S+")


class Shape(NamedTuple):
    width: int  # how many cells the header has
    usual: int  # how many most of the rows below have


def uneven_rows_refused(lines: Iterable[Line], shape: Shape) -> Iterator[Line]:
    """The lines, with a fault where they seem to be torn."""
    if shape.width < 2 or shape.usual < shape.width:
        yield from lines
        return
    held: Line | None = None
    try:
        for line in lines:
            torn = held is not None and _goes_on(held.cells, line.cells, shape)
            if held is not None:
                yield _refused(held, _said_goes_on()) if torn else held
            held = _refused(line, _said_rest()) if torn else _with_pushed(line, shape)
    except UnreadableTable:
        if held is not None:
            yield held
        raise
    if held is not None:
        yield held


def _goes_on(above: Sequence[str], below: Sequence[str], shape: Shape) -> bool:
    """True where the row below looks like the rest of the one above, behind a line break."""
    if shape.width < 3 or not _fit_together(len(above), len(below), shape.width):
        return False
    return _are_words(above[-1]) and _are_words(below[0])


def _fit_together(above: int, below: int, width: int) -> bool:
    """True for numbers of cells that a row can have above and below a line break in it."""
    if above < width and below < width and above + below - 1 == width:
        return True
    return below == 1 and above in (1, width)


def _are_words(cell: str) -> bool:
    return VALUE.fullmatch(cell) is None


def _with_pushed(line: Line, shape: Shape) -> Line:
    """The line, with a fault where an empty cell stands over the edge that others do not have."""
    over = line.cells[shape.width :]
    if not over or any(over) or len(over) > MOST_PUSHED or shape.usual == len(line.cells):
        return line
    if sum(bool(cell.strip()) for cell in line.cells) < 2:
        return line
    return _refused(
        line,
        _(
            "it has more cells than the header has names; a cell with the delimiter in it needs "
            "quotation marks around it"
        ),
    )


def _refused(line: Line, fault: str) -> Line:
    return line._replace(fault=line.fault or fault)


def _said_goes_on() -> str:
    return _(
        "the row below seems to be the rest of it; a cell with a line break in it needs quotation "
        "marks around it"
    )


def _said_rest() -> str:
    return _(
        "it seems to be the rest of the row above; a cell with a line break in it needs quotation "
        "marks around it"
    )
