"""Read a table as people really save it: CSV and TSV in every encoding, workbooks, JSON.

Rows carry the number that a spreadsheet shows beside them: the header is row 1, and a line break
inside a quoted cell does not shift what follows.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from itertools import chain, islice
from typing import BinaryIO

from django.utils.translation import gettext as _

from lib.tables.formats import json_records, kinds
from lib.tables.formats.delimited import Quoting, Records, line_end_of, lines_of, unquoted
from lib.tables.formats.encoding import ENCODINGS, decoded, find_encoding
from lib.tables.formats.find_delimiter import find_delimiter, sep_line, shape_of
from lib.tables.formats.uneven_rows import uneven_rows_refused
from lib.tables.limits import BYTES_PER_FILE
from lib.tables.rows import sheet_of
from lib.tables.sheet import Line, Row, Sheet, UnreadableTable, plain

__all__ = ["ENCODINGS", "Quoting", "Row", "Sheet", "UnreadableTable", "plain", "read_table"]

LINES_LOOKED_AT = 200
# Their modules are loaded with the first workbook: openpyxl brings numpy along.
WORKBOOKS = {"xlsx": "lib.tables.formats.xlsx", "xls": "lib.tables.formats.xls"}


def read_table(
    file: BinaryIO,
    *,
    delimiter: str | None = None,
    quoting: Quoting = "double",
    encoding: str | None = None,
    opened: json_records.Opened = json_records.closed,
) -> Sheet:
    """Read a table whose header names its columns; rows come one at a time, however long it is.

    What is not given (`encoding` is one of ENCODINGS) is found, and told in `notes` where it was a
    guess. `quoting="none"` is for files in which a quotation mark is only a mark and a backslash
    escapes what follows. `opened` knows which records are inside a value of JSON. A row that cannot
    be taken as it stands has a fault. Raises UnreadableTable at once for a file that is no such
    table, and on the way where it cannot be read any further.
    """
    _refuse_large(file)
    kind = kinds.kind_of(file)
    notes: list[str] = []
    if kind in WORKBOOKS:
        return sheet_of(import_module(WORKBOOKS[kind]).lines(file, notes), notes)
    found = find_encoding(file, encoding)
    notes += [found.note] if found.note else []
    start = next(decoded(file, found.codec))
    kinds.refuse_no_text(start)
    if json_records.is_json(start) and delimiter is None:
        return json_records.read(file, found.codec, notes, opened)
    lines = lines_of(file, found.codec, line_end_of(start))
    return sheet_of(_delimited(lines, delimiter, quoting, notes), notes)


def _refuse_large(file: BinaryIO) -> None:
    size = file.seek(0, 2)
    file.seek(0)
    if size > BYTES_PER_FILE:
        raise UnreadableTable(
            _("This file has %(size)d MB, and %(most)d MB can be read. Please divide it.")
            % {"size": -(-size // 1_000_000), "most": BYTES_PER_FILE // 1_000_000}
        )


def _delimited(
    lines: Iterator[str], delimiter: str | None, quoting: Quoting, notes: list[str]
) -> Iterator[Line]:
    opening = list(islice(lines, LINES_LOOKED_AT))
    if opening and (named := sep_line(opening[0])):
        delimiter = delimiter or named
        notes.append(
            _("The first line, “%(line)s”, names the delimiter and is not counted as a row.")
            % {"line": opening.pop(0).strip()}
        )
    delimiter = delimiter or find_delimiter(opening, notes)
    shape = shape_of(opening, delimiter)
    lines = chain(opening, lines)
    if quoting == "none":
        return uneven_rows_refused(unquoted(lines, delimiter), shape)
    return uneven_rows_refused(Records(lines, delimiter, shape.width, notes), shape)
