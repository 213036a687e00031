"""Find what separates the cells: not by the header alone, and never inside quotation marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from django.utils.translation import gettext as _

from lib.tables.formats.delimited import ONE_COLUMN, Records
from lib.tables.formats.uneven_rows import Shape
from lib.tables.header import header_at
from lib.tables.sheet import Line, UnreadableTable

DELIMITERS = ",\t;|"
ROWS_LOOKED_AT = 50
SEP_LINE = re.compile(r'"?sep=(.)"?[;,\t ]*[\r\n]*', re.IGNORECASE)


class Candidate(NamedTuple):
    """How well a delimiter divides the first rows; the greatest is the best."""

    fitting: float  # the share of rows that have as many cells as the header
    tight: float  # the share of cells that do not begin with a space, as words after a comma do
    width: int
    order: int
    delimiter: str


def sep_line(line: str) -> str | None:
    """The delimiter that a first line like sep=; names. Excel reads it so, and counts no row."""
    found = SEP_LINE.fullmatch(line)
    return found[1] if found else None


def shape_of(lines: Sequence[str], delimiter: str) -> Shape:
    """The shape of the table that begins with these lines."""
    rows = _rows(lines, delimiter)
    at = header_at(rows)
    counts = Counter(len(row.cells) for row in rows[at + 1 :])
    usual = max(counts, key=lambda n: counts[n], default=0)
    return Shape(len(rows[at].cells) if rows else 0, usual)


def find_delimiter(lines: Sequence[str], notes: list[str]) -> str:
    """The delimiter of a table that begins with these lines; ONE_COLUMN where it has none."""
    found = sorted(filter(None, (_candidate(lines, delimiter) for delimiter in DELIMITERS)))
    if not found:
        return ONE_COLUMN
    best = found[-1].delimiter
    if best != "," or len(found) > 1:
        called = {"\t": _("tabs"), ";": _("semicolons"), "|": _("vertical bars"), ",": _("commas")}
        notes.append(_("The cells are separated by %(delimiters)s.") % {"delimiters": called[best]})
    return best


def _candidate(lines: Sequence[str], delimiter: str) -> Candidate | None:
    rows = _rows(lines, delimiter)
    at = header_at(rows)
    if at >= len(rows) or (width := len(rows[at].cells)) < 2:
        return None
    below = [row.cells for row in rows[at + 1 :]]
    cells = [cell for row in [rows[at].cells, *below] for cell in row[1:] if cell]
    return Candidate(
        fitting=sum(len(row) == width for row in below) / len(below) if below else 1,
        tight=sum(not cell.startswith(" ") for cell in cells) / len(cells) if cells else 1,
        width=width,
        order=-DELIMITERS.index(delimiter),
        delimiter=delimiter,
    )


def _rows(lines: Sequence[str], delimiter: str) -> list[Line]:
    rows: list[Line] = []
    try:
        for row in islice(Records(iter(lines), delimiter, 0, []), ROWS_LOOKED_AT):
            if any(cell.strip() for cell in row.cells):
                rows.append(row)
    except UnreadableTable:
        pass  # a quoted cell goes on below these lines, or is never closed; reading on will tell
    return rows
