"""Turn the lines of a file into a sheet: names first, then rows by these names, one at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice, zip_longest

from django.utils.translation import gettext as _

from lib.tables import header
from lib.tables.formats.encoding import said_bad
from lib.tables.limits import CELLS_PER_ROW, CHARACTERS_PER_CELL, LINES_PER_FILE, ROWS_PER_FILE
from lib.tables.sheet import Line, Row, Sheet, UnreadableTable, excerpt
from lib.tables.write import without_guard

BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
HALF_CHARACTER = re.compile("[\ud800-\udfff]")
MOST_SKIPPED = 20  # rows that only repeat the header; more of them are told one by one


def sheet_of(lines: Iterable[Line], notes: list[str]) -> Sheet:
    """The sheet that these lines are; `notes` hears what is skipped. Raises UnreadableTable."""
    ahead, rest = _ahead(_filled(lines))
    if not ahead:
        raise UnreadableTable(_("This file is empty. Its first row should name the columns."))
    at = header.header_at(ahead)
    notes += [_said_above(line) for line in ahead[:at]]
    described = header.descriptions_below(ahead[at], ahead[at + 1 :], notes)
    names = header.name_columns(ahead[at], described, notes)
    below = chain(ahead[at + 1 + len(described) :], rest)
    sheet = sheet_of_rows(names, _without_repeats(ahead[at], below, notes), notes)
    return replace(sheet, described=_descriptions(names, described))


def _descriptions(names: list[str], described: list[Line]) -> dict[str, str]:
    """What the rows that describe the columns say of each."""
    columns = zip_longest(*(line.cells for line in described), fillvalue="")
    return {name: "\n".join(cells) for name, cells in zip(names, columns, strict=False)}


def sheet_of_rows(names: list[str], lines: Iterable[Line], notes: list[str]) -> Sheet:
    """The sheet of lines that are data, all of them, under these names."""
    rows = _rows(names, lines, notes)
    first = next(rows, None)
    if first is None:
        raise UnreadableTable(_("This file has a header but no rows below it."))
    return Sheet(names, chain([first], rows), notes)


def _ahead(lines: Iterator[Line]) -> tuple[list[Line], Iterator[Line]]:
    """The first lines, and those that follow: where reading broke off, only they tell it."""
    ahead: list[Line] = []
    try:
        ahead.extend(islice(lines, 1))
        for line in islice(lines, header.ROWS_AHEAD - 1):
            ahead.append(line)
    except UnreadableTable as error:
        if not ahead:
            raise
        return ahead, _breaking_off(error)
    return ahead, lines


def _filled(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines that say something."""
    for line in lines:
        if any(map(str.strip, line.cells)):
            yield line
        elif line.number > LINES_PER_FILE:
            raise UnreadableTable(
                _("This file has more than %(most)d rows, most of them empty.")
                % {"most": LINES_PER_FILE}
            )


def _breaking_off(error: UnreadableTable) -> Iterator[Line]:
    yield from ()
    raise error


def _said_above(line: Line) -> str:
    return _("Row %(number)d stands above the header and was skipped: “%(words)s”.") % {
        "number": line.number,
        "words": excerpt(" ".join(line.cells)),
    }


def _without_repeats(head: Line, lines: Iterable[Line], notes: list[str]) -> Iterator[Line]:
    """The lines without those that say the header again, and without the totals at the end."""
    names = [cell.strip() for cell in head.cells]
    skipped = 0
    totals: list[Line] = []  # are such only when no other row follows
    for line in lines:
        if len(names) > 1 and _repeats(names, line.cells):
            skipped += 1
            if skipped <= MOST_SKIPPED:
                notes.append(
                    _("Row %(number)d repeats the header and was skipped.")
                    % {"number": line.number}
                )
                continue
            line = line._replace(fault=_("it repeats the header"))
        if header.is_total(line.cells):
            totals.append(line)
            continue
        yield from totals
        totals.clear()
        yield line
    notes += [_said_total(line) for line in totals]


def _repeats(names: list[str], cells: list[str]) -> bool:
    return cells[0].strip() == names[0] and names == [cell.strip() for cell in cells]


def _said_total(line: Line) -> str:
    return _("Row %(number)d adds up the rows above and was skipped: “%(words)s”.") % {
        "number": line.number,
        "words": excerpt(" ".join(line.cells)),
    }


def _rows(names: list[str], lines: Iterable[Line], notes: list[str]) -> Iterator[Row]:
    cleaner = Cleaner(notes)
    for count, line in enumerate(lines, start=1):
        if count > ROWS_PER_FILE:
            raise UnreadableTable(
                _(
                    "Only the first %(most)d rows were read. Please divide the file before row "
                    "%(n)d."
                )
                % {"most": ROWS_PER_FILE, "n": line.number}
            )
        yield _row(names, line, cleaner)


def _row(names: list[str], line: Line, cleaner: Cleaner) -> Row:
    if len(line.cells) == len(names) and not line.fault and _is_plain("".join(line.cells)):
        return Row(line.number, dict(zip(names, map(str.strip, line.cells), strict=True)))
    fault = line.fault or _fault(names, line.cells)
    if fault:
        line = line._replace(cells=[cell[:CHARACTERS_PER_CELL] for cell in line.cells])
    cells = [cleaner.clean(cell, line.number) for cell in line.cells[: CELLS_PER_ROW + 1]]
    cells += [""] * (len(names) - len(cells))
    surplus = tuple(filter(None, cells[len(names) :]))
    return Row(line.number, dict(zip(names, cells, strict=False)), surplus, fault)


def _is_plain(words: str) -> bool:
    """True of a row, all its cells in one, of which nothing is to be found wrong or taken off."""
    return len(words) <= CHARACTERS_PER_CELL and "'" not in words and words.isprintable()


def _fault(names: list[str], cells: list[str]) -> str:
    if len(cells) > CELLS_PER_ROW and any(cells[CELLS_PER_ROW:]):
        return _("it has more than %(most)d cells") % {"most": CELLS_PER_ROW}
    return next(
        (fault for at, cell in enumerate(cells) if (fault := _cell_fault(names, at, cell))), ""
    )


def _cell_fault(names: list[str], at: int, cell: str) -> str:
    if len(cell) > CHARACTERS_PER_CELL:
        return _(
            "the cell that begins with “%(words)s” has %(n)d characters and can have %(most)d"
        ) % {"words": excerpt(cell), "n": len(cell), "most": CHARACTERS_PER_CELL}
    if cell.isascii() or not HALF_CHARACTER.search(cell):
        return ""
    column = excerpt(names[at]) if at < len(names) else at + 1
    return _("a character in column “%(name)s” is damaged: %(where)s") % {
        "name": column,
        "where": said_bad(cell) or _("half of it is missing"),
    }


class Cleaner:
    """Takes off a cell what nobody typed, and notes the first row of each kind."""

    def __init__(self, notes: list[str]):
        self._notes = notes
        self._noted: set[str] = set()

    def clean(self, cell: str, number: int) -> str:
        """The cell as typed: line breaks as \\n, no spaces around, no null characters."""
        if cell.startswith("'"):
            cell = self._without_guard(cell, number)
        if not cell.isprintable():
            if "\0" in cell:
                self._note(number, _("Null characters were left out, first in row %(number)d."))
                cell = cell.replace("\0", "")
            cell = BREAKS.sub("\n", cell)
            cell = HALF_CHARACTER.sub("\ufffd", cell)  # only in rows with a fault: shown, not kept
        return cell.strip()

    def _without_guard(self, cell: str, number: int) -> str:
        words = without_guard(cell)
        if words != cell:
            self._note(
                number,
                _(
                    "An apostrophe that keeps spreadsheets from reading words as a formula was "
                    "taken off, first in row %(number)d."
                ),
            )
        return words

    def _note(self, number: int, sentence: str) -> None:
        if sentence not in self._noted:
            self._noted.add(sentence)
            self._notes.append(sentence % {"number": number})
