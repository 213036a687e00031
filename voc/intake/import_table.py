"""Imports reviews, tickets and posts from a table. Importing one again adds nothing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from django.utils.translation import gettext as _

from lib import addresses
from lib.tables.columns import column_questions, column_uses, find_columns
from lib.tables.dates.column import DateColumn
from lib.tables.dates.sheet import SheetDates
from lib.tables.dates.written import has_time, is_time_of_day
from lib.tables.import_rows import EmptyRow, InvalidRow, RowOutcome
from lib.tables.plan import ColumnUse, Question
from lib.tables.read import Row, Sheet
from lib.tables.table_import import TableImport
from surveys.models import Customer
from voc.intake import markup
from voc.intake.capture import capture_all
from voc.intake.columns import COLUMN_NAMES, LABELS
from voc.intake.incoming import Captured, Incoming

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
        self.dates = SheetDates(sheet, self.sampled, now=now, form=date_form, zone=zone)
        time_is_chosen = bool((chosen or {}).get("time"))
        if not time_is_chosen and not all(map(is_time_of_day, self._cells("time"))):
            self.found["time"] = None
        self.date_is_named = self.found["date"] is not None
        if not self.date_is_named and (chosen or {}).get("date") is None:
            self.found["date"] = self.dates.by_values(self.found.values())
        self.date = self.dates.column(header) if (header := self.found["date"]) else None
        if not time_is_chosen and any(map(has_time, self._cells("date"))):
            self.found["time"] = None
        self.has_markup = markup.holds_markup(self._cells("text"))
        self._reader = self._new_reader()

    def understand(self, row: Row) -> Incoming:
        return self._reader.understand(row)

    def store(self, batch: list[Incoming]) -> Counter[RowOutcome]:
        captured = sum(capture_all(self._linked(batch), channel=self.channel), Captured())
        return Counter(
            {
                RowOutcome.ADDED: captured.new,
                RowOutcome.UPDATED: captured.changed,
                RowOutcome.UNCHANGED: captured.unchanged,
            }
        )

    def column_uses(self) -> list[ColumnUse]:
        return column_uses(self.sheet, self.found, LABELS, _("kept as it came"))

    def readings(self, row: Row) -> tuple[tuple[str, str], ...]:
        read = self._new_reader().understand(row)
        day = self.date.shown(read.received_at) if self.date and read.is_dated else _("today")
        return (
            (str(LABELS["text"]), read.text),
            (str(LABELS["date"]), day),
            (str(LABELS["id"]), row.cell(self.found["id"])),
            (str(LABELS["email"]), row.cell(self.found["email"])),
        )

    def notes(self) -> list[str]:
        return [*self.sheet.notes, *self._notes_on_dates(), *self._notes_on_markup()]

    def questions(self) -> list[Question]:
        needed = {"text": _("None of the columns is known to hold what customers said.")}
        return [
            *column_questions(self.sheet, self.found, LABELS, needed=needed),
            *(self.dates.questions_about(self.date) if self.date else []),
        ]

    def _new_reader(self) -> RowReader:
        return RowReader(self.found, self.date, self.now, has_markup=self.has_markup)

    def _cells(self, use: str) -> list[str]:
        header = self.found[use]
        return self.sampled.cells(header) if header else []

    def _notes_on_dates(self) -> list[str]:
        if self.date is None:
            return [_("No column holds dates: all rows will be dated today.")]
        notes = self.dates.notes_on(self.date, named=self.date_is_named)
        if time := self.found["time"]:
            notes.append(_("The time of day is that of column “%(column)s”.") % {"column": time})
        empty, rows = self.dates.empty_among_first(self.date.header)
        if empty:
            words = {"empty": empty, "rows": rows, "column": self.date.header}
            notes.append(
                _(
                    "Of the first %(rows)d rows %(empty)d have no date in column “%(column)s”: "
                    "they will be dated today."
                )
                % words
            )
        return notes

    def _notes_on_markup(self) -> list[str]:
        if not self.has_markup:
            return []
        return [
            _("Column “%(column)s” holds HTML: only its words are read, and it is kept as it came.")
            % {"column": self.found["text"]}
        ]

    def _linked(self, incomings: list[Incoming]) -> list[Incoming]:
        """Link items to customers we know. An address alone is no reason to write to anyone."""
        if header := self.found["email"]:
            emails = [addresses.key(incoming.raw[header]) for incoming in incomings]
            found = Customer.objects.at_any({*emails} - {""}).values_list("email", "pk")
            known = {email.lower(): pk for email, pk in found}
            for incoming, address in zip(incomings, emails, strict=True):
                incoming.customer_id = known.get(address)
        return incomings


class RowReader:
    """Reads rows as feedback, and remembers of those above what rows below must not repeat."""

    def __init__(
        self,
        columns: Mapping[str, str | None],
        date: DateColumn | None,
        now: datetime,
        *,
        has_markup: bool,
    ) -> None:
        self.columns = columns
        self.date = date
        self.now = now
        self.has_markup = has_markup
        self._times_said: Counter[bytes] = Counter()
        self._given: dict[str, tuple[int, int]] = {}  # id: its row, and a hash of its words

    def understand(self, row: Row) -> Incoming:
        """Read the row, not yet linked to its customer. Raises InvalidRow, or EmptyRow."""
        said = row.cell(self.columns["text"])
        text = markup.words_of(said) if self.has_markup else said
        if not text:
            raise EmptyRow
        when = self._when(row)
        return Incoming(
            text=text,
            received_at=self.date.read(when) if self.date and when else self.now,
            is_dated=bool(when),
            external_id=self._given_id(row, said) or self._id_of(said),
            raw=row.values,
        )

    def _when(self, row: Row) -> str:
        day = row.cell(self.columns["date"])
        return f"{day} {row.cell(self.columns['time'])}".strip() if day else ""

    def _given_id(self, row: Row, said: str) -> str:
        given = row.cell(self.columns["id"])
        if len(given) > LONGEST_EXTERNAL_ID:
            raise InvalidRow(
                _("its id has %(length)d characters and we can keep %(limit)d")
                % {"length": len(given), "limit": LONGEST_EXTERNAL_ID}
            )
        if given:
            self._refuse_other_words(given, row, said)
        return given

    def _refuse_other_words(self, given: str, row: Row, said: str) -> None:
        """Raise InvalidRow for other words of the same id: nobody knows which row is the newer."""
        first, words = self._given.setdefault(given, (row.number, hash(said)))
        if words != hash(said):
            raise InvalidRow(
                _("its id “%(id)s” is that of row %(number)d, which says something else")
                % {"id": given, "number": first}
            )

    def _id_of(self, said: str) -> str:
        """An id made of the words. The same words again are another item, the same next time."""
        digest = sha256(said.encode("utf-8", "replace")).digest()[:16]
        self._times_said[digest] += 1
        return f"words-{digest.hex()}-{self._times_said[digest]}"
