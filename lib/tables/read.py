"""Read CSV and TSV as people really save them: from Excel, in UTF-8 or Shift_JIS, quotes and all.

Rows carry the number that a spreadsheet shows beside them: the header is row 1, and a line break
inside a quoted cell does not shift what follows.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import BinaryIO, Literal

from django.utils.translation import gettext as _

Quoting = Literal["double", "none"]
Cells = Iterator[tuple[int, list[str]]]

DELIMITERS = ",\t;"
BYTES_PER_CHUNK = 1 << 20
# Western text can be decoded as Shift_JIS by accident; then it has neither of these.
JAPANESE = re.compile(r"[ぁ-んァ-ヶ]|[々一-龠]{2}")
ESCAPED = re.compile(r"\\(.)")
CONTROLS = {"n": "\n", "t": "\t", "r": "\r"}

csv.field_size_limit(2**31 - 1)  # the default refuses a cell of 128 kB


class UnreadableTable(ValueError):
    """The file is no table that can be read; the message is for the person who chose it."""


@dataclass(frozen=True)
class Row:
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
    notes: list[str] = field(
        default_factory=list
    )  # what was guessed or skipped; may grow with rows

    def column(self, *names: str) -> str | None:
        """The header that one of these names means, as the file spells it."""
        wanted = {plain(name) for name in names}
        return next((header for header in self.headers if plain(header) in wanted), None)


def plain(name: str) -> str:
    """The name normalized (NFKC, lower case, single spaces), as people take it for the same."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def read_table(
    file: BinaryIO, *, delimiter: str | None = None, quoting: Quoting = "double"
) -> Sheet:
    """Read a table whose header is its first row; rows come one at a time, however long it is.

    The delimiter is seen from the header unless it is given. `quoting="none"` is for files in which
    a quotation mark is only a mark and a backslash escapes what follows. Raises UnreadableTable at
    once for a file that is no such table, and on the way where a quotation mark is never closed.
    """
    lines = _lines(file, _encoding(file))
    opening = _opening(lines)
    delimiter = delimiter or max(DELIMITERS, key=opening[-1].count)
    split = _unquoted if quoting == "none" else _quoted
    numbered = ((n, cells) for n, cells in split(chain(opening, lines), delimiter) if any(cells))
    headers = _headers(next(numbered)[1])
    rows = (_row(number, headers, cells) for number, cells in numbered)
    first = next(rows, None)
    if first is None:
        raise UnreadableTable(_("This file has a header but no rows below it."))
    return Sheet([header for header in headers if header], chain([first], rows))


def _encoding(file: BinaryIO) -> str:
    start = file.read(4)
    file.seek(0)
    if start.startswith(b"PK\x03\x04"):
        raise UnreadableTable(
            _("This is an Excel workbook. Please save it as “CSV UTF-8” and choose that file.")
        )
    is_utf_16 = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if is_utf_16 and _decodes(file, "utf-16"):
        return "utf-16"
    if _decodes(file, "utf-8"):
        return "utf-8-sig"
    if not is_utf_16 and _decodes(file, "cp932", into=JAPANESE):
        return "cp932"
    raise UnreadableTable(
        _("This file is neither UTF-8 nor Shift_JIS. Please save it as “CSV UTF-8” and try again.")
    )


def _decodes(file: BinaryIO, encoding: str, *, into: re.Pattern[str] | None = None) -> bool:
    """True when the whole file decodes so and, with `into`, to text that has this somewhere."""
    decoder = codecs.getincrementaldecoder(encoding)()
    found = into is None
    try:
        while chunk := file.read(BYTES_PER_CHUNK):
            text = decoder.decode(chunk)
            found = found or bool(into and into.search(text))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        file.seek(0)
    return found


def _lines(file: BinaryIO, encoding: str) -> Iterator[str]:
    """The lines of the file, without null characters: no database keeps them, nobody typed them."""
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        for line in text:
            yield line.replace("\0", "")
    finally:
        if not file.closed:
            text.detach()  # or it would close a file that is not ours


def _opening(lines: Iterator[str]) -> list[str]:
    """The lines as far as the first with something in it."""
    opening = []
    for line in lines:
        opening.append(line)
        if line.strip():
            return opening
    raise UnreadableTable(_("This file is empty. Its first row should name the columns."))


def _quoted(lines: Iterator[str], delimiter: str) -> Cells:
    ended = False

    def watched() -> Iterator[str]:
        nonlocal ended
        yield from lines
        ended = True

    for number, cells in enumerate(csv.reader(watched(), delimiter=delimiter), start=1):
        if ended:  # the reader asked for another line in the middle of a row
            raise UnreadableTable(
                _(
                    "Row %(number)d opens a quotation mark that is never closed, so that row and "
                    "everything below it could not be read. Please close it and try again."
                )
                % {"number": number}
            )
        yield number, cells


def _unquoted(lines: Iterator[str], delimiter: str) -> Cells:
    for number, line in enumerate(lines, start=1):
        yield number, [_unescaped(cell) for cell in line.rstrip("\r\n").split(delimiter)]


def _unescaped(cell: str) -> str:
    return ESCAPED.sub(lambda mark: CONTROLS.get(mark[1], mark[1]), cell)


def _headers(cells: list[str]) -> list[str]:
    headers = [cell.strip() for cell in cells]
    times = Counter(plain(header) for header in headers if header)
    twice = next((header for header in headers if times[plain(header)] > 1), None)
    if twice is not None:
        raise UnreadableTable(
            _("Two columns are called “%(name)s”. Please give each column a name of its own.")
            % {"name": twice}
        )
    return headers


def _row(number: int, headers: list[str], cells: list[str]) -> Row:
    cells = [cell.strip().replace("\r\n", "\n") for cell in cells]
    cells += [""] * (len(headers) - len(cells))
    values = {header: cell for header, cell in zip(headers, cells, strict=False) if header}
    nameless = [cell for header, cell in zip(headers, cells, strict=False) if cell and not header]
    return Row(number, values, (*nameless, *filter(None, cells[len(headers) :])))
