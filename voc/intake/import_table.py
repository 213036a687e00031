"""Imports reviews, tickets and posts from a table. Importing one again adds nothing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import partial
from hashlib import sha256
from unicodedata import normalize

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from lib import dates
from lib.tables.columns import MissingColumn, find_columns, quoted
from lib.tables.import_rows import (
    ImportResult,
    InvalidRow,
    Progress,
    RowOutcome,
    import_rows,
    no_progress,
)
from lib.tables.read import Row, Sheet
from surveys.models import Customer
from voc.intake.capture import Captured, Incoming, capture_all

# What people call the columns we want; the first name is ours.
COLUMN_NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "comment", "review", "feedback", "body", "message", "content", "本文",
             "内容", "コメント", "口コミ", "クチコミ", "レビュー", "ご意見", "意見",
             "お客様の声", "感想", "自由記述", "問い合わせ内容"),
    "id": ("id", "external id", "external_id", "review id", "review_id", "ticket id", "ticket_id",
           "ID番号", "管理番号", "受付番号", "問い合わせ番号", "投稿ID", "レビューID"),
    "date": ("date", "received at", "received_at", "created at", "created_at", "posted at",
             "日付", "日時", "投稿日", "投稿日時", "受付日", "受付日時", "受信日時", "回答日時"),
    "email": ("email", "e-mail", "email address", "mail", "メール", "メールアドレス"),
}  # fmt: skip
LONGEST_EXTERNAL_ID = 200


@dataclass(frozen=True)
class Columns:
    """The headers of the columns we know; None for what the table does not have."""

    text: str
    id: str | None
    date: str | None
    email: str | None

    @classmethod
    def of(cls, sheet: Sheet, chosen: Mapping[str, str | None]) -> Columns:
        """Find the columns as chosen, else by COLUMN_NAMES. Raises MissingColumn."""
        found = find_columns(sheet, COLUMN_NAMES, chosen)
        text = found.pop("text")
        if text is None:
            raise MissingColumn(
                _(
                    "None of the columns is known to hold what customers said. "
                    "The file has %(headers)s; please name one with --text."
                )
                % {"headers": quoted(sheet.headers)}
            )
        return cls(text, **found)


def import_feedback(
    sheet: Sheet,
    *,
    channel: str,
    now: datetime,
    chosen: Mapping[str, str | None],
    progress: Progress = no_progress,
) -> ImportResult:
    """Capture what each row says. `chosen` names columns as this file calls them.

    `now` is when rows without a date were received. Raises MissingColumn.
    """
    columns = Columns.of(sheet, chosen)
    return import_rows(
        sheet.rows,
        understand=RowReader(columns, now).understand,
        store=partial(_store, columns=columns, channel=channel),
        progress=progress,
    )


class RowReader:
    """Reads rows as feedback, and remembers of those above what rows below must not repeat."""

    def __init__(self, columns: Columns, now: datetime) -> None:
        self.columns = columns
        self.now = now
        self._times_said: Counter[bytes] = Counter()
        self._given: dict[str, tuple[int, int]] = {}  # id: its row, and a hash of its words

    def understand(self, row: Row) -> Incoming:
        """Read the row, not yet linked to its customer. Raises InvalidRow."""
        text = row.cell(self.columns.text)
        if not text:
            raise InvalidRow(_("column “%(name)s” is empty") % {"name": self.columns.text})
        return Incoming(
            text=text,
            received_at=self._received_at(row.cell(self.columns.date)),
            external_id=self._external_id(row, text),
            raw=row.values,
        )

    def _external_id(self, row: Row, text: str) -> str:
        given = row.cell(self.columns.id)
        if len(given) > LONGEST_EXTERNAL_ID:
            raise InvalidRow(
                _("its id has %(length)d characters and we can keep %(limit)d")
                % {"length": len(given), "limit": LONGEST_EXTERNAL_ID}
            )
        if given:
            self._refuse_other_words(given, row, text)
        return given or self._id_of(text)

    def _refuse_other_words(self, given: str, row: Row, text: str) -> None:
        """Raise InvalidRow for other words of the same id: nobody knows which row is the newer."""
        first, words = self._given.setdefault(given, (row.number, hash(text)))
        if words != hash(text):
            raise InvalidRow(
                _("its id “%(id)s” is that of row %(number)d, which says something else")
                % {"id": given, "number": first}
            )

    def _id_of(self, text: str) -> str:
        """An id made of the words. The same words again are another item, the same next time."""
        digest = sha256(text.encode("utf-8", "replace")).digest()[:16]
        self._times_said[digest] += 1
        return f"words-{digest.hex()}-{self._times_said[digest]}"

    def _received_at(self, given: str) -> datetime:
        if not given:
            return self.now
        if (when := read_date(given)) is None:
            raise InvalidRow(
                _("“%(given)s” is not a date; one looks like 2026-11-21 or 2026-11-21 09:30")
                % {"given": given[:40]}
            )
        return when


def _store(incomings: list[Incoming], *, columns: Columns, channel: str) -> Counter[RowOutcome]:
    captured = sum(capture_all(_linked(incomings, columns), channel=channel), Captured())
    return Counter(
        {
            RowOutcome.ADDED: captured.new,
            RowOutcome.UPDATED: captured.changed,
            RowOutcome.UNCHANGED: captured.unchanged,
        }
    )


def _linked(incomings: list[Incoming], columns: Columns) -> list[Incoming]:
    """Link items to customers we know. An address alone is no reason to write to anyone."""
    if columns.email is None:
        return incomings
    emails = [incoming.raw[columns.email].lower() for incoming in incomings]
    known = {c.email.lower(): c for c in Customer.objects.at_any({*emails} - {""})}
    pairs = zip(incomings, emails, strict=True)
    return [replace(incoming, customer=known.get(email)) for incoming, email in pairs]


def read_date(words: str) -> datetime | None:
    """Parse 2026-11-21, 2026/11/21 9:30, 2026年11月21日 …; None for others, and far from now.

    A time without a time zone is in the site's."""
    plain = normalize("NFKC", words).replace("/", "-").replace("年", "-").replace("月", "-")
    plain = " ".join(plain.replace("日", " ").split())
    try:
        when = parse_datetime(plain) or _midnight(plain)
    except ValueError:
        return None
    if when is None or not dates.is_near(when):
        return None
    return timezone.make_aware(when) if timezone.is_naive(when) else when


def _midnight(words: str) -> datetime | None:
    day = parse_date(words)
    return datetime.combine(day, time()) if day else None
