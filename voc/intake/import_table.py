"""Tables of reviews, tickets and posts become feedback. Importing one again adds nothing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from hashlib import sha256
from itertools import islice
from unicodedata import normalize

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from lib import dates
from lib.tables.read import Row, Sheet, Unreadable
from surveys.models import Customer
from voc.intake.capture import BATCH, Incoming

# What people call the columns we want; the first is what we would call them.
NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "comment", "review", "feedback", "body", "message", "content", "本文",
             "内容", "コメント", "口コミ", "クチコミ", "レビュー", "ご意見", "意見",
             "お客様の声", "感想", "自由記述", "問い合わせ内容"),
    "id": ("id", "external id", "external_id", "review id", "review_id", "ticket id", "ticket_id",
           "ID番号", "管理番号", "受付番号", "問い合わせ番号", "投稿ID", "レビューID"),
    "date": ("date", "received at", "received_at", "created at", "created_at", "posted at",
             "日付", "日時", "投稿日", "投稿日時", "受付日", "受付日時", "受信日時", "回答日時"),
    "email": ("email", "e-mail", "email address", "mail", "メール", "メールアドレス"),
}  # fmt: skip
LONGEST_ID = 200


class MissingColumn(ValueError):
    """A sentence for the person who chose the file."""


class Refused(ValueError):
    """Why one row could not be taken in."""


@dataclass(frozen=True)
class Columns:
    """Which header of a sheet is which; None for what it does not have."""

    text: str
    id: str | None
    date: str | None
    email: str | None

    @classmethod
    def of(cls, sheet: Sheet, chosen: Mapping[str, str | None]) -> Columns:
        """As chosen, else by the names that such columns mostly have. Raises MissingColumn."""
        found = {name: _column(sheet, name, chosen.get(name)) for name in NAMES}
        text = found.pop("text")
        if text is None:
            raise MissingColumn(
                _(
                    "None of the columns is known to hold what customers said. "
                    "The file has %(headers)s; please name one with --text."
                )
                % {"headers": _quoted(sheet.headers)}
            )
        return cls(text, **found)


def _column(sheet: Sheet, name: str, chosen: str | None) -> str | None:
    found = sheet.column(*([chosen] if chosen else NAMES[name]))
    if chosen and found is None:
        raise MissingColumn(
            _("There is no column “%(name)s”. The file has %(headers)s.")
            % {"name": chosen, "headers": _quoted(sheet.headers)}
        )
    return found


def _quoted(headers: list[str]) -> str:
    return ", ".join(f"“{header}”" for header in headers)


class Import:
    """Rows on their way in. `refused` says which are not, `stopped` why those below are not."""

    def __init__(self, sheet: Sheet, columns: Columns, now: datetime) -> None:
        self.columns = columns
        self.now = now
        self.refused: list[str] = []
        self.stopped = ""
        self._rows = sheet.rows
        self._times_said: Counter[bytes] = Counter()
        self._given: dict[str, tuple[int, int]] = {}  # id: its row, and a hash of its words

    def incomings(self) -> Iterator[Incoming]:
        while rows := self._next_rows():
            customers = self._customers(rows)
            for row in rows:
                try:
                    yield self._incoming(row, customers)
                except Refused as why:
                    told = _("Row %(number)d: %(why)s. The row was skipped.")
                    self.refused.append(told % {"number": row.number, "why": why})

    def _next_rows(self) -> list[Row]:
        rows = []
        try:
            for row in islice(self._rows, BATCH):
                rows.append(row)
        except Unreadable as error:
            self.stopped = str(error)
        return rows

    def _customers(self, rows: list[Row]) -> dict[str, Customer]:
        """Whom we know. An address in a file is no reason to begin writing to someone."""
        emails = {self._cell(row, self.columns.email).lower() for row in rows} - {""}
        return {c.email.lower(): c for c in Customer.objects.at_any(emails)} if emails else {}

    def _incoming(self, row: Row, customers: dict[str, Customer]) -> Incoming:
        text = self._cell(row, self.columns.text)
        if not text:
            raise Refused(_("column “%(name)s” is empty") % {"name": self.columns.text})
        return Incoming(
            text=text,
            received_at=self._received_at(self._cell(row, self.columns.date)),
            external_id=self._external_id(row, text),
            customer=customers.get(self._cell(row, self.columns.email).lower()),
            raw=row.values,
        )

    def _external_id(self, row: Row, text: str) -> str:
        given = self._cell(row, self.columns.id)
        if len(given) > LONGEST_ID:
            raise Refused(
                _("its id has %(length)d characters and we can keep %(limit)d")
                % {"length": len(given), "limit": LONGEST_ID}
            )
        if given:
            self._refuse_other_words(given, row, text)
        return given or self._id_of(text)

    def _refuse_other_words(self, given: str, row: Row, text: str) -> None:
        """Nobody knows which of two rows is the newer, so neither silently replaces the other."""
        first, words = self._given.setdefault(given, (row.number, hash(text)))
        if words != hash(text):
            raise Refused(
                _("its id “%(id)s” is that of row %(number)d, which says something else")
                % {"id": given, "number": first}
            )

    def _id_of(self, text: str) -> str:
        """The same words for the second time are another item, and the same one next time."""
        digest = sha256(text.encode("utf-8", "replace")).digest()[:16]
        self._times_said[digest] += 1
        return f"words-{digest.hex()}-{self._times_said[digest]}"

    def _received_at(self, given: str) -> datetime:
        if not given:
            return self.now
        if (when := read_date(given)) is None:
            raise Refused(
                _("“%(given)s” is not a date; one looks like 2026-11-21 or 2026-11-21 09:30")
                % {"given": given[:40]}
            )
        return when

    @staticmethod
    def _cell(row: Row, header: str | None) -> str:
        return row.values.get(header, "") if header else ""


def read_date(words: str) -> datetime | None:
    """2026-11-21, 2026/11/21 9:30, 2026年11月21日 …; in the site's time zone if it names none."""
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
