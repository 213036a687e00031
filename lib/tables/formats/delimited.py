"""Read CSV and TSV exactly: what was typed is given as it was typed, or the row has a fault.

Python's csv closes a cell at a mark that was never doubled and says nothing; here such a row has a
fault. A line break inside a quoted cell does not shift the numbers of what follows.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO, Literal, cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lib.tables.formats.encoding import marked
from lib.tables.limits import CELLS_PER_ROW, CHARACTERS_PER_CELL
from lib.tables.sheet import Line, UnreadableTable, excerpt

Quoting = Literal["double", "none"]

ONE_COLUMN = "\ud800"  # a delimiter that no decoded text can hold
MOST_ROWS_IN_A_CELL = 10  # then it was a mark that is not closed
UP_TO_MARK = re.compile(r'[^"]*(?:""[^"]*)*')
ESCAPED = re.compile(r"\\(.)")
CONTROLS = {"n": "\n", "t": "\t", "r": "\r"}
OPENING = re.compile(r'(?:^|[\s(（「])"\S[^"]*$')
NOTHING = re.compile(r"(?!)")
CLOSING = re.compile(r'^[^"]*\S"(?:$|[\s.,!?)）」])')


def lines_of(file: BinaryIO, encoding: str, line_end: str) -> Iterator[str]:
    """The lines of the file with their ends; `file` stays open."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, errors="todoku.mark", newline=line_end)
    at_start = True
    try:
        for line in text:
            if line != "\x1a":  # how DOS ended files
                line = marked(line, encoding)
                yield line.lstrip("\ufeff") if at_start else line
            at_start = False
    finally:
        if not file.closed:
            text.detach()  # or it would close a file that is not ours


def line_end_of(start: str) -> str:
    """What ends the lines: a lone carriage return only where no line feed does."""
    outside = re.sub(r'"[^"]*"', "", start)
    return "\r" if "\r" in outside.rstrip("\r") and "\n" not in outside else "\n"


class Records:
    """The rows of delimited text, as Line. `width` is how many cells a row should have."""

    def __init__(self, lines: Iterator[str], delimiter: str, width: int, notes: list[str]):
        self.delimiter = delimiter
        self.width = width
        self.notes = notes
        self._even = _even_row(delimiter)
        self._lines = lines
        self._again: deque[str] = deque()  # lines that a mark had swallowed
        self._may_go_on = False  # the row above broke off inside a quoted cell

    def __iter__(self) -> Iterator[Line]:
        number = 0
        while (first := self.next_line()) is not None:
            number += 1
            yield self._record(number, first)

    def next_line(self) -> str | None:
        return self._again.popleft() if self._again else next(self._lines, None)

    def give_back(self, lines: list[str]) -> None:
        """Read these lines again, as rows of their own."""
        self._again.extendleft(reversed(lines))

    def _record(self, number: int, first: str) -> Line:
        if '"' not in first:
            line = Line(number, split(first, self.delimiter))
            return self._after_break(line) if self._may_go_on else line
        if self._even.fullmatch(text := without_end(first)):
            line = Line(number, next(csv.reader([text], delimiter=self.delimiter)))
            return self._after_break(line) if self._may_go_on else line
        record = Record(number, first, self)
        line = record.read()
        if self._may_go_on and not line.fault:
            line = self._after_break(line)
        self._may_go_on = self._may_go_on or record.broken_off
        return line

    def _after_break(self, line: Line) -> Line:
        """The line below one that broke off inside a quoted cell: is it the rest of that cell?"""
        closes = any(cell.count('"') % 2 for cell in line.cells)
        is_rest = closes or 1 < self.width != len(line.cells)
        self._may_go_on = is_rest and not closes
        return line._replace(fault=line.fault or _said_rest()) if is_rest else line


def _even_row(delimiter: str) -> re.Pattern[str]:
    """Matches a row that can be read in one way only: marks stand around whole cells, and each is
    closed in the same line. None are doubled, and no cell is longer than csv can read."""
    if len(delimiter) > 1:
        return NOTHING  # csv knows only delimiters of one character
    between = re.escape(delimiter)
    cell = rf'(?:"[^"\r\n]*"|[^"\r\n{between}]*)'
    return re.compile(rf"(?s:(?=.{{1,{CHARACTERS_PER_CELL}}}\Z)){cell}(?:{between}{cell})*")


def split(line: str, delimiter: str) -> list[str]:
    """The cells of a line without quotation marks; what is over the limit stays in the last."""
    if delimiter == ONE_COLUMN and not line.strip(",;\t|\r\n "):
        return [""]  # an empty row, as spreadsheets write it
    cells = without_end(line).split(delimiter, CELLS_PER_ROW)
    if len(cells) > CELLS_PER_ROW and not cells[-1].strip(f"{delimiter} "):
        cells.pop()  # spreadsheets fill rows up to their last column
    return cells


def without_end(line: str) -> str:
    return line.removesuffix("\n").removesuffix("\r")


class Record:
    """One row that has quotation marks in it, read from the lines that it takes."""

    def __init__(self, number: int, first: str, records: Records):
        self.number = number
        self.records = records
        self.taken = [first]
        self.text = without_end(first)
        self.at = 0
        self.cells: list[str] = []
        self.typed: list[str] = []  # the cells without quotation marks around them
        self.fault = ""
        self.broken_off = False

    def read(self) -> Line:
        while self._read_cell():
            self.at += 1
        fault = self.fault or self._split_words() or self._swallowed_rows()
        return Line(self.number, self.cells, self._with_lines_below(fault) if fault else "")

    def _with_lines_below(self, fault: str) -> str:
        below = len(self.taken) - 1
        if not below:
            return fault
        return ngettext(
            "%(fault)s; %(n)d line below it was refused with it",
            "%(fault)s; the %(n)d lines below it were refused with it",
            below,
        ) % {"fault": fault, "n": below}

    def _read_cell(self) -> bool:
        """Read one cell; True when a delimiter follows it."""
        start = self.at
        while self.text.startswith(" ", start):
            start += 1
        if self.text.startswith('"', start):
            self._read_quoted(start)
        else:
            self._read_typed()
        return self.at < len(self.text)

    def _read_typed(self) -> None:
        end = self._cell_end(self.at)
        self.cells.append(self.text[self.at : end])
        if '"' in self.cells[-1]:
            self.typed.append(self.cells[-1])
        self.at = end

    def _cell_end(self, at: int) -> int:
        end = self.text.find(self.records.delimiter, at)
        return len(self.text) if end < 0 else end

    def _read_quoted(self, start: int) -> None:
        cell, closed = self._up_to_closing(start + 1)
        end = self._cell_end(closed)
        if not self.text[closed:end].strip(" "):
            self.cells.append(cell)
            self.at = end
        elif self._are_rows(self.taken[1:-1] or self.taken[1:]):
            self._give_back()
            self.fault = self.fault or _said_unclosed()
            self.cells.append(self.text[start:])
            self.at = len(self.text)
        else:
            self._read_stray(start, closed)

    def _up_to_closing(self, at: int) -> tuple[str, int]:
        """The text up to the mark that closes it, and the place behind that mark."""
        parts = []
        while (mark := self._mark_after(at)) == len(self.text):
            parts += [self.text[at:], self.taken[-1][mark:]]  # with the end of the line
            at = self._go_on()
        parts.append(self.text[at:mark])
        return "".join(parts).replace('""', '"'), mark + 1

    def _mark_after(self, at: int) -> int:
        """The place of the next mark that is not doubled; the end of the line for none."""
        found = UP_TO_MARK.match(self.text, at)
        return found.end() if found else at

    def _go_on(self) -> int:
        """Take the next line; where there is none, the quotation mark was never closed."""
        line = self.records.next_line()
        if line is None:
            raise UnreadableTable(
                _(
                    "Row %(number)d opens a quotation mark that is never closed, so that row and "
                    "everything below it could not be read. Please close it and try again."
                )
                % {"number": self.number}
            )
        self.taken.append(line)
        self.text = without_end(line)
        return 0

    def _are_rows(self, lines: list[str]) -> bool:
        """True for lines that look like rows which an open mark has swallowed."""
        return self.records.width > 2 and bool(lines) and all(map(self._is_row, lines))

    def _is_row(self, line: str) -> bool:
        return line.count(self.records.delimiter) == self.records.width - 1

    def _give_back(self) -> None:
        self.records.give_back(self.taken[1:])
        self.taken = self.taken[:1]
        self.text = without_end(self.taken[0])

    def _read_stray(self, start: int, mark: int) -> None:
        """Read on behind a mark inside a quoted cell, as far as this line tells where it ends."""
        around = self.text[max(start, mark - 20) : mark + 20]
        self.fault = self.fault or _(
            "a quotation mark stands inside a cell that has quotation marks around it (“%(words)s”)"
            "; inside such a cell it must be doubled"
        ) % {"words": excerpt(around)}
        closing = re.compile(rf'" *(?={re.escape(self.records.delimiter)}|$)')
        found = closing.search(self.text, mark)
        self.broken_off = found is None
        self.at = found.end() if found else self._cell_end(mark)
        self.cells.append(self.text[start : self.at])

    def _split_words(self) -> str:
        """The fault of a delimiter between marks that stand inside a cell, not around it."""
        marked = [cell.strip() for cell in self.typed if cell.count('"') % 2]
        if any(OPENING.search(one) and CLOSING.search(other) for one, other in pairwise(marked)):
            return _(
                "a delimiter stands between quotation marks inside a cell; such a cell needs "
                "quotation marks around it, and those inside it doubled"
            )
        return ""

    def _swallowed_rows(self) -> str:
        """Look into cells of several lines for whole rows: some are noted, many are a fault."""
        inner = self.taken[1:-1]
        if len(inner) < 2 or not self._are_rows(inner):
            return ""
        if len(inner) >= MOST_ROWS_IN_A_CELL:
            self._give_back()
            return _said_unclosed()
        self.records.notes.append(
            ngettext(
                "Row %(number)d has a cell of several lines, and %(n)d of them looks like a row.",
                "Row %(number)d has a cell of several lines, and %(n)d of them look like rows.",
                len(inner),
            )
            % {"number": self.number, "n": len(inner)}
        )
        return ""


def _said_unclosed() -> str:
    return _("it opens a quotation mark that is not closed in the same row")


def _said_rest() -> str:
    return _("it seems to go on from the row above, which was refused")


def unquoted(lines: Iterator[str], delimiter: str) -> Iterator[Line]:
    """The rows of a file in which a quotation mark is only a mark and a backslash escapes."""
    for number, line in enumerate(lines, start=1):
        cells = map(_unescaped, split(line, delimiter))
        yield Line(number, list(cells))


def _unescaped(cell: str) -> str:
    return ESCAPED.sub(lambda mark: CONTROLS.get(cast(str, mark[1]), cast(str, mark[1])), cell)
