"""Imports reviews, tickets and posts from a table. Importing one again adds nothing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from lib.tables.columns import column_questions, column_uses, find_columns, words_of
from lib.tables.dates.sheet import SheetDates
from lib.tables.dates.written import has_time, is_time_of_day
from lib.tables.import_rows import RowOutcome
from lib.tables.plan import ColumnUse, Question
from lib.tables.read import Row, Sheet
from lib.tables.sample import FIRST_LOOK
from lib.tables.table_import import TableImport
from voc.intake import markup
from voc.intake.capture import capture_all
from voc.intake.channels import SOURCES, source_of
from voc.intake.channels.source import drawn, stars_of
from voc.intake.columns import COLUMN_NAMES, LABELS
from voc.intake.incoming import Captured, Incoming
from voc.intake.read_feedback import A_TABLE
from voc.intake.row_reader import RowReader
from voc.intake.whose import linked
from voc.models import Feedback


class FeedbackImport(TableImport[Incoming]):
    """Captures what each row says. `now` is when rows without a date were received.

    An export of a source that we know is read as that, unless `read_as` says that it is a table
    like any other. `chosen` names columns as this file calls them; raises MissingColumn when one is
    not there.
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
        read_as: str = "",
    ) -> None:
        super().__init__(sheet)
        self.recognized = source_of({words_of(header) for header in sheet.headers})
        source = self.source = None if read_as == A_TABLE else SOURCES.get(self.recognized or "")
        self.channel = source.channel if source else channel
        self.now = now
        names = source.columns if source else COLUMN_NAMES
        self.labels = {use: label for use, label in LABELS.items() if use in names}
        self.found = {**dict.fromkeys(LABELS), **find_columns(sheet, names, chosen)}
        zone = zone or (source.zone if source else None)
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
        captured = sum(capture_all(linked(batch), channel=self.channel), Captured())
        return Counter(
            {
                RowOutcome.ADDED: captured.new,
                RowOutcome.UPDATED: captured.changed,
                RowOutcome.UNCHANGED: captured.unchanged,
            }
        )

    def column_uses(self) -> list[ColumnUse]:
        return column_uses(self.sheet, self.found, self.labels, _("kept as it came"))

    def readings(self, row: Row) -> tuple[tuple[str, str], ...]:
        read = self._new_reader().understand(row)
        day = self.date.shown(read.received_at) if self.date and read.is_dated else _("today")
        stars = [(str(LABELS["stars"]), row.cell(self.found["stars"]))]
        return (
            (str(LABELS["text"]), read.text),
            *(stars if self.found["stars"] else []),
            (str(LABELS["date"]), day),
            (str(LABELS["id"]), self._shown_id(row)),
            (str(LABELS["email"]), row.cell(self.found["email"])),
        )

    def notes(self) -> list[str]:
        return [
            *self.sheet.notes,
            *self._notes_on_source(),
            *self._notes_on_dates(),
            *self._notes_on_markup(),
        ]

    def questions(self) -> list[Question]:
        needed = {"text": _("None of the columns is known to hold what customers said.")}
        return [
            *self._question_of_source(),
            *column_questions(self.sheet, self.found, self.labels, needed=needed),
            *(self.dates.questions_about(self.date) if self.date else []),
        ]

    def _new_reader(self) -> RowReader:
        return RowReader(
            self.found, self.date, self.now, has_markup=self.has_markup, source=self.source
        )

    def _shown_id(self, row: Row) -> str:
        return self._new_reader().source_id(row) or row.cell(self.found["id"])

    def _cells(self, use: str) -> list[str]:
        header = self.found[use]
        return self.sampled.cells(header) if header else []

    def _question_of_source(self) -> list[Question]:
        if not self.recognized:
            return []
        known = SOURCES[self.recognized]
        choices = ((self.recognized, known.name), (A_TABLE, _("a table like any other")))
        answer = self.recognized if self.source else A_TABLE
        return [Question(option="read_as", asks=_("Read as"), choices=choices, answer=answer)]

    def _notes_on_source(self) -> list[str]:
        if self.source is None:
            return []
        words = {"name": self.source.name, "channel": Feedback.Channel(self.channel).label}
        notes = [_("This is an export of %(name)s. Its rows come in by the channel “%(channel)s”.")]
        if self.channel == Feedback.Channel.SUPPORT:
            notes.append(
                _(
                    "Only what customers wrote comes in. What your side wrote, and private notes, "
                    "are left out."
                )
            )
        return [*(note % words for note in notes), *self._notes_on_stars()]

    def _notes_on_stars(self) -> list[str]:
        rows, reader = self.sampled.look(FIRST_LOOK), self._new_reader()
        alone = sum(
            bool(stars_of(reader.cell(row, "stars")))
            and not any(reader.cell(row, use) for use in ("title", "text"))
            for row in rows
        )
        if not alone:
            return []
        return [
            _(
                "Of the first %(rows)d rows %(n)d give stars and no words. They come in as stars: "
                "%(drawn)s."
            )
            % {"rows": len(rows), "n": alone, "drawn": drawn(2)}
        ]

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
