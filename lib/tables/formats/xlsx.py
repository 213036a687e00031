"""Read the first sheet of an Excel workbook that says something, row by row.

What Excel last computed stands for a formula. Rows have the numbers that Excel shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from openpyxl import load_workbook
from openpyxl.utils import coordinate_to_tuple, get_column_letter, range_boundaries

from lib.tables.formats.cells import note_sheet, said_error, text_of
from lib.tables.formats.kinds import damaged
from lib.tables.sheet import Line, UnreadableTable

BYTES_PER_CHUNK = 1 << 20


@dataclass
class Layout:
    """What the reading library does not tell of a sheet."""

    merged: dict[int, list[tuple[int, int]]] = field(default_factory=dict)  # row: column, last row
    hidden: list[int] = field(default_factory=list)  # numbers of rows
    not_computed: set[tuple[int, int]] = field(default_factory=set)  # row, column of formulas


def lines(file: BinaryIO, notes: list[str]) -> Iterator[Line]:
    """The rows of the sheet; `notes` hears which one it is. Raises UnreadableTable."""
    try:
        yield from _lines(file, notes)
    except UnreadableTable:
        raise
    except Exception as error:  # the library raises what it stumbles over, of every kind
        raise UnreadableTable(damaged()) from error


def _lines(file: BinaryIO, notes: list[str]) -> Iterator[Line]:
    book = load_workbook(file, read_only=True, data_only=True)
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    sheet = next(filter(_says_something, visible), None)
    if sheet is None:
        return
    note_sheet(sheet.title, [each.title for each in book.worksheets], notes)
    layout = _layout(sheet)
    _note_layout(layout, notes)
    merged = Merged(layout)
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        line = _line(number, cells, layout)
        yield line._replace(cells=merged.filled(number, line.cells))


def _says_something(sheet: Any) -> bool:
    sheet.reset_dimensions()  # many programs write wrong ones, and rows would be missing
    return any(cell.value is not None for row in sheet.iter_rows() for cell in row)


def _line(number: int, cells: Sequence[Any], layout: Layout) -> Line:
    fault = ""
    for column, cell in enumerate(cells, start=1):
        if cell.data_type == "e":
            fault = fault or said_error(f"{get_column_letter(column)}{number}", cell.value)
        elif (number, column) in layout.not_computed:
            fault = fault or _(
                "cell %(cell)s is a formula of which the workbook does not say the result; open "
                "and save it in Excel, or type the value"
            ) % {"cell": f"{get_column_letter(column)}{number}"}
    return Line(number, [_text(cell) for cell in cells], fault)


def _text(cell: Any) -> str:
    value = cell.value
    if value is None or isinstance(value, str):
        return text_of(value)
    return text_of(value, cell.number_format)


class Merged:
    """Gives what a cell says to all the rows that it was merged over."""

    def __init__(self, layout: Layout):
        self._starts = layout.merged
        self._open: dict[int, tuple[int, str]] = {}  # column: last row, text

    def filled(self, number: int, cells: list[str]) -> list[str]:
        if any(cells):
            for column, (last, words) in self._open.items():
                if number <= last and column <= len(cells) and not cells[column - 1]:
                    cells[column - 1] = words
        for column, last in self._starts.get(number, ()):
            if column <= len(cells):
                self._open[column] = last, cells[column - 1]
        return cells


def _layout(sheet: Any) -> Layout:
    layout = Layout()
    with sheet._get_source() as source:
        if not _has_layout(source):
            return layout
    with sheet._get_source() as source:
        for _event, element in iterparse(source):
            _take_in(layout, element.tag.rpartition("}")[2], element)
    return layout


def _has_layout(source: BinaryIO) -> bool:
    """True when a look at the bytes finds what is worth another reading of the whole sheet."""
    end = b""
    while chunk := source.read(BYTES_PER_CHUNK):
        if any(word in end + chunk for word in (b"<f", b"<x:f", b"<mergeCell ", b"hidden=")):
            return True
        end = chunk[-16:]
    return False


def _take_in(layout: Layout, tag: str, element: Any) -> None:
    if tag == "mergeCell":
        column, first, _last_column, last = range_boundaries(element.get("ref"))
        if last > first:
            layout.merged.setdefault(first, []).append((column, last))
    elif tag == "c" and element.get("r") and element.get("t") != "str":
        parts = {part.tag.rpartition("}")[2]: part.text for part in element}
        if "f" in parts and not parts.get("v"):
            layout.not_computed.add(coordinate_to_tuple(element.get("r")))
    elif tag == "row":
        if element.get("hidden") in ("1", "true") and element.get("r"):
            layout.hidden.append(int(element.get("r")))
        element.clear()


def _note_layout(layout: Layout, notes: list[str]) -> None:
    if layout.merged:
        notes.append(
            _("Cells that are merged over several rows were read as if each row had them.")
        )
    if layout.hidden:
        notes.append(
            ngettext(
                "%(n)d row is hidden in the workbook, row %(first)d; it was read like the others.",
                "%(n)d rows are hidden in the workbook, the first is row %(first)d; they were read "
                "like the others.",
                len(layout.hidden),
            )
            % {"n": len(layout.hidden), "first": layout.hidden[0]}
        )
