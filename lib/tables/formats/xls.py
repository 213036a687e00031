"""Read the first sheet that says something of an Excel workbook as Excel saved it until 2003."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, BinaryIO

import xlrd
from django.utils.translation import gettext as _

from lib.tables.formats.cells import note_sheet, said_error, text_of
from lib.tables.formats.kinds import damaged
from lib.tables.sheet import Line, UnreadableTable

ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # an .xlsx with a password looks like an .xls
LAST_WITH_CODE_PAGES = 70  # BIFF of Excel 95; later ones are Unicode


def lines(file: BinaryIO, notes: list[str]) -> Iterator[Line]:
    """The rows of the sheet; `notes` hears which one it is. Raises UnreadableTable."""
    book = _opened(file.read())
    try:
        yield from _lines(book, notes)
    except Exception as error:  # the library raises what it stumbles over, of every kind
        raise UnreadableTable(damaged()) from error


def _opened(content: bytes) -> Any:
    if ENCRYPTED in content:
        raise UnreadableTable(_said_encrypted())
    try:
        book = _book(content)
        if book.biff_version <= LAST_WITH_CODE_PAGES and not book.codepage:
            book = _book(content, encoding_override="cp932")
    except Exception as error:  # as above
        raise UnreadableTable(
            _said_encrypted() if "encrypted" in str(error) else damaged()
        ) from error
    return book


def _book(content: bytes, **options: Any) -> Any:
    return xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), **options)


def _said_encrypted() -> str:
    return _("This workbook is protected by a password. Please save it without one and try again.")


def _lines(book: Any, notes: list[str]) -> Iterator[Line]:
    visible = [sheet for sheet in book.sheets() if not sheet.visibility]
    sheet = next((sheet for sheet in visible if sheet.nrows), None)
    if sheet is None:
        return
    note_sheet(sheet.name, book.sheet_names(), notes)
    for at in range(sheet.nrows):
        yield _line(at, sheet.row(at), book.datemode)


def _line(at: int, cells: list[Any], datemode: int) -> Line:
    fault = ""
    for column, cell in enumerate(cells):
        if cell.ctype == xlrd.XL_CELL_ERROR:
            error = xlrd.error_text_from_code.get(cell.value, "#?")
            fault = fault or said_error(f"{xlrd.colname(column)}{at + 1}", error)
    return Line(at + 1, [_text(cell, datemode) for cell in cells], fault)


def _text(cell: Any, datemode: int) -> str:
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return text_of(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _moment(cell.value, datemode)
    return text_of(cell.value) if cell.ctype != xlrd.XL_CELL_ERROR else ""


def _moment(value: float, datemode: int) -> str:
    """The date, the time of a day, or both; the number where it is no date."""
    try:
        when = xlrd.xldate.xldate_as_datetime(value, datemode)
    except (ValueError, OverflowError, xlrd.xldate.XLDateError):
        return text_of(value)
    if 0 <= value < 1:
        return text_of((when + timedelta(microseconds=500_000)).time())
    return text_of(when)
