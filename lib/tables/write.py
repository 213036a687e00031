"""Write a table as CSV that spreadsheets open as it is meant: with a BOM, and without formulas."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

BOM = "\ufeff"  # Excel takes a file without it for Shift_JIS
# A spreadsheet runs what begins like this; a customer may have meant harm, or only a list.
FORMULA = re.compile(r"[\s'\"]*[=+\-@＝＋－＠]|[\t\r]")


def lines(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The lines of the file, one by one; however many rows come, none of them is kept.

    Cells that strangers may have written go through `harmless` first.
    """
    yield first_line(headers)
    yield from further_lines(rows)


def first_line(headers: Sequence[str]) -> str:
    """The line that begins the file and names its columns."""
    return BOM + _writer()(headers)


def further_lines(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Lines below the first, of a file that is written in parts."""
    return map(_writer(), rows)


def _writer() -> Callable[[Sequence[Any]], str]:
    """The function that makes a row's line."""
    return csv.writer(_Passing()).writerow


def harmless(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def without_guard(cell: str) -> str:
    """The cell without the apostrophe that `harmless` puts before it, or another tool."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell


class _Passing:
    """A file for csv.writer that keeps nothing: what is written is what writerow returns."""

    def write(self, line: str) -> str:
        return line
