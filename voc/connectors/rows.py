"""Rows of a source as feedback on its way in, read as those of its exports are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from django.utils.translation import ngettext

from lib.tables.dates.column import DateColumn
from lib.tables.import_rows import EmptyRow, InvalidRow
from lib.tables.read import Row
from voc.intake import markup
from voc.intake.channels.source import Fields, Source
from voc.intake.incoming import Incoming
from voc.intake.row_reader import RowReader


def incomings_of(
    items: Sequence[Fields], source: Source, *, form: str, now: datetime
) -> tuple[list[Incoming], str]:
    """What the items say, and a sentence about those that cannot be taken, with one reason."""
    reader = _reader(items, source, form, now)
    incomings: list[Incoming] = []
    reasons: list[str] = []
    for number, fields in enumerate(items, start=1):
        try:
            incomings.append(reader.understand(Row(number, dict(fields))))
        except InvalidRow as invalid:
            reasons.append(str(invalid))
        except EmptyRow:
            continue  # it says nothing
    return incomings, _said(reasons)


def _reader(items: Sequence[Fields], source: Source, form: str, now: datetime) -> RowReader:
    there = {name for fields in items for name in fields}
    columns = {
        use: next((name for name in names if name in there), None)
        for use, names in source.columns.items()
    }
    header, said = columns.get("date"), columns.get("text")
    date = DateColumn(header, form, UTC, now) if header else None
    words = [fields.get(said, "") for fields in items] if said else []
    has_markup = markup.holds_markup(words)
    return RowReader(columns, date, now, has_markup=has_markup, source=source)


def _said(reasons: Sequence[str]) -> str:
    if not reasons:
        return ""
    return ngettext(
        "%(n)d item cannot be taken: %(reason)s.",
        "%(n)d items cannot be taken, one of them because %(reason)s.",
        len(reasons),
    ) % {"n": len(reasons), "reason": reasons[0]}
