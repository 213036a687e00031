"""Imports reviews, tickets and posts from a table. Importing one again adds nothing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from hashlib import sha256
from unicodedata import normalize

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from lib import dates
from lib.tables.columns import column_questions, column_uses, find_columns
from lib.tables.import_rows import InvalidRow, RowOutcome
from lib.tables.plan import ColumnUse, Question
from lib.tables.read import Row, Sheet
from lib.tables.table_import import TableImport
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
LABELS = {
    "text": _lazy("what they said"),
    "id": _lazy("id at the source"),
    "date": _lazy("received at"),
    "email": _lazy("email address"),
}
LONGEST_EXTERNAL_ID = 200


class FeedbackImport(TableImport[Incoming]):
    """Captures what each row says. `now` is when rows without a date were received.

    `chosen` names columns as this file calls them; raises MissingColumn when one is not there.
    """

    def __init__(
        self,
        sheet: Sheet,
        *,
        channel: str,
        now: datetime,
        chosen: Mapping[str, str | None] | None = None,
        date_form: str | None = None,
        zone: str | None = None,
    ) -> None:
        super().__init__(sheet)
        self.channel = channel
        self.now = now
        self.found = find_columns(sheet, COLUMN_NAMES, chosen)
        self._reader = RowReader(self.found, now)

    def understand(self, row: Row) -> Incoming:
        return self._reader.understand(row)

    def store(self, batch: list[Incoming]) -> Counter[RowOutcome]:
        return _store(batch, email=self.found["email"], channel=self.channel)

    def column_uses(self) -> list[ColumnUse]:
        return column_uses(self.sheet, self.found, LABELS, _("kept as it came"))

    def readings(self, row: Row) -> tuple[tuple[str, str], ...]:
        read = RowReader(self.found, self.now).understand(row)
        return (
            (str(LABELS["text"]), read.text),
            (str(LABELS["date"]), str(timezone.localtime(read.received_at))),
        )

    def notes(self) -> list[str]:
        return [*self.sheet.notes]

    def questions(self) -> list[Question]:
        needed = {"text": _("None of the columns is known to hold what customers said.")}
        return column_questions(self.sheet, self.found, LABELS, needed=needed)


class RowReader:
    """Reads rows as feedback, and remembers of those above what rows below must not repeat."""

    def __init__(self, columns: Mapping[str, str | None], now: datetime) -> None:
        self.columns = columns
        self.now = now
        self._times_said: Counter[bytes] = Counter()
        self._given: dict[str, tuple[int, int]] = {}  # id: its row, and a hash of its words

    def understand(self, row: Row) -> Incoming:
        """Read the row, not yet linked to its customer. Raises InvalidRow."""
        text = row.cell(self.columns["text"])
        if not text:
            raise InvalidRow(_("column “%(name)s” is empty") % {"name": self.columns["text"]})
        return Incoming(
            text=text,
            received_at=self._received_at(row.cell(self.columns["date"])),
            external_id=self._external_id(row, text),
            raw=row.values,
        )

    def _external_id(self, row: Row, text: str) -> str:
        given = row.cell(self.columns["id"])
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


def _store(incomings: list[Incoming], *, email: str | None, channel: str) -> Counter[RowOutcome]:
    captured = sum(capture_all(_linked(incomings, email), channel=channel), Captured())
    return Counter(
        {
            RowOutcome.ADDED: captured.new,
            RowOutcome.UPDATED: captured.changed,
            RowOutcome.UNCHANGED: captured.unchanged,
        }
    )


def _linked(incomings: list[Incoming], email: str | None) -> list[Incoming]:
    """Link items to customers we know. An address alone is no reason to write to anyone."""
    if email is None:
        return incomings
    emails = [incoming.raw[email].lower() for incoming in incomings]
    known = {c.email.lower(): c for c in Customer.objects.at_any({*emails} - {""})}
    pairs = zip(incomings, emails, strict=True)
    return [replace(incoming, customer=known.get(address)) for incoming, address in pairs]


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
