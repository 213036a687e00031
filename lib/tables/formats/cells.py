"""The values of a workbook as the texts that one would type for them, and what is said of it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from lib.tables.sheet import excerpt

TIME_OF_DAY = re.compile(r"[hs]|AM/PM", re.IGNORECASE)
IN_QUOTES = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')  # words within a number format
PADDED = re.compile("0{2,}")
DIGITS_KEPT = 15  # as many as a spreadsheet knows
ESCAPED = re.compile(r"_x(000D|000A|0009|000B)_")  # how Excel writes a control character


def text_of(value: Any, number_format: str = "General") -> str:
    """The value as text: dates as ISO, whole numbers without ".0", words as they are."""
    if value is None:
        return ""
    if isinstance(value, str):
        return ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, number_format)
    return _moment(value, number_format)


def _number(value: float, number_format: str) -> str:
    if value == value and abs(value) < 1e21 and value == int(value):
        digits = str(int(value))
        return digits.zfill(len(number_format)) if PADDED.fullmatch(number_format) else digits
    return f"{value:.{DIGITS_KEPT}g}"


def _moment(value: date | time | timedelta, number_format: str) -> str:
    if isinstance(value, datetime):
        value = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
        shows_time = bool(TIME_OF_DAY.search(IN_QUOTES.sub("", number_format)))
        has_time = value.time() != time()
        return value.isoformat(" ") if shows_time or has_time else value.date().isoformat()
    if isinstance(value, time):
        return value.replace(microsecond=0).isoformat()
    return str(value)


def said_error(cell: str, error: str) -> str:
    return _("cell %(cell)s shows the error %(error)s") % {"cell": cell, "error": error}


def note_sheet(read: str, all_names: list[str], notes: list[str]) -> None:
    """Note which sheet was read where the workbook has more than one."""
    others = [name for name in all_names if name != read]
    if others:
        notes.append(
            _("The sheet “%(read)s” was read; the workbook also has %(others)s.")
            % {"read": read, "others": excerpt(", ".join(f"“{name}”" for name in others))}
        )
