"""See from its first bytes what a file is, and say so where it is nothing that can be read."""

from __future__ import annotations

import re
from typing import BinaryIO, NoReturn
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lib.tables.limits import BYTES_UNPACKED, UNPACKING_RATIO
from lib.tables.sheet import UnreadableTable

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")  # before 1995

KINDS = {
    b"%PDF": gettext_lazy("a PDF"),
    b"\x89PNG": gettext_lazy("a picture"),
    b"\xff\xd8\xff": gettext_lazy("a picture"),
    b"GIF8": gettext_lazy("a picture"),
    b"{\\rtf": gettext_lazy("a text document"),
    b"\x1f\x8b": gettext_lazy("a compressed file"),
    b"7z\xbc\xaf": gettext_lazy("a compressed file"),
    b"Rar!": gettext_lazy("a compressed file"),
    b"SQLite format 3": gettext_lazy("a database"),
}
INSIDE_ZIP = (
    (re.compile(r"xl/workbook\.bin"), gettext_lazy("a binary Excel workbook (.xlsb)")),
    (re.compile(r"Index/.*\.iwa|.*\.numbers/"), gettext_lazy("a Numbers document")),
    (re.compile(r"content\.xml"), gettext_lazy("an OpenDocument file")),
    (re.compile(r"(word|ppt)/"), gettext_lazy("an Office document without a table")),
)
MARKUP = (
    (re.compile(r"<(!doctype html|html|table|head|body|meta|div)\b", re.I),
     gettext_lazy("a web page (HTML), even where its name ends in .xls")),
    (re.compile(r"<\?xml|<Workbook\b"), gettext_lazy("an XML file")),
    (re.compile(r"(From |MIME-Version:|Return-Path:|Received:)"), gettext_lazy("a mail")),
)  # fmt: skip
MOST_CONTROLS = 50  # control characters in a small file; else a tenth of it
CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")


def kind_of(file: BinaryIO) -> str:
    """xlsx, xls or text. Raises UnreadableTable for any other kind that shows itself."""
    file.seek(0)
    start = file.read(16)
    file.seek(0)
    if start.startswith(ZIP):
        return _inside_zip(file)
    if start.startswith((OLE, *OLD_EXCEL)):
        return "xls"
    for magic, called in KINDS.items():
        if start.startswith(magic):
            _refuse(str(called))
    return "text"


def refuse_no_text(start: str) -> None:
    """Raise UnreadableTable for text that is no table, and for what is no text."""
    for pattern, called in MARKUP:
        if pattern.match(start.lstrip()):
            _refuse(str(called))
    if len(CONTROL.findall(start)) > max(MOST_CONTROLS, len(start) // 10):
        raise UnreadableTable(
            _("This file is not text. Please save the table as “CSV UTF-8” and choose that file.")
        )


def _inside_zip(file: BinaryIO) -> str:
    try:
        with ZipFile(file) as archive:
            entries = archive.infolist()
    except (BadZipFile, NotImplementedError, ValueError, OSError, EOFError, OverflowError):
        raise UnreadableTable(damaged()) from None
    finally:
        file.seek(0)
    _refuse_bomb(entries)
    names = [entry.filename for entry in entries]
    if "xl/workbook.xml" in names:
        return "xlsx"
    for pattern, called in INSIDE_ZIP:
        if any(pattern.match(name) for name in names):
            _refuse(str(called))
    raise UnreadableTable(
        _("This is a zip archive. Please unpack it and choose the table that is in it.")
    )


def _refuse_bomb(entries: list[ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > BYTES_UNPACKED or unpacked > 1_000_000 + UNPACKING_RATIO * packed:
        raise UnreadableTable(
            _(
                "This workbook unpacks to %(size)d MB, more than can be read. Please save its "
                "sheet as “CSV UTF-8” and choose that file."
            )
            % {"size": -(-unpacked // 1_000_000)}
        )


def damaged() -> str:
    return _(
        "This looks like an Excel workbook, but it is damaged or of a kind that cannot be read. "
        "Please save it as “CSV UTF-8” and choose that file."
    )


def _refuse(called: str) -> NoReturn:
    raise UnreadableTable(
        _("This is %(kind)s and not a table. Please save the table as “CSV UTF-8” or .xlsx.")
        % {"kind": called}
    )
