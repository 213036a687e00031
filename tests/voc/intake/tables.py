"""Tables of feedback, imported as the desk and the command do."""

import io
from datetime import UTC, datetime

from lib.tables.import_rows import import_rows
from lib.tables.read import read_table
from voc.intake.import_table import FeedbackImport

NOW = datetime(2026, 11, 30, tzinfo=UTC)


def feedback_of(text, channel="review", now=NOW, **options):
    return FeedbackImport(
        read_table(io.BytesIO(text.encode())), channel=channel, now=now, **options
    )


def take_in(text, **options):
    table = feedback_of(text, **options)
    return import_rows(table.rows, understand=table.understand, store=table.store)


def counts(text, **options):
    """New, changed, unchanged, empty and refused."""
    imported = take_in(text, **options).counts
    return tuple(imported[word] for word in ("added", "updated", "unchanged", "empty", "refused"))
