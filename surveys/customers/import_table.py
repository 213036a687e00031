"""Import customers from a table: a row adds or updates one, and a second time changes nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache, partial

from django.utils.translation import gettext as _

from lib import addresses, languages
from lib.addresses import InvalidAddress
from lib.desk import people
from lib.tables.columns import column_questions, column_uses, find_columns, quoted
from lib.tables.dates.sheet import SheetDates
from lib.tables.dates.written import read_written
from lib.tables.import_rows import InvalidRow, RowOutcome
from lib.tables.plan import ColumnUse, Question
from lib.tables.read import Row, Sheet
from lib.tables.sample import FIRST_LOOK
from lib.tables.sheet import excerpt
from lib.tables.table_import import TableImport
from surveys.customers.add_or_update import CustomerRow, add_or_update
from surveys.customers.columns import COLUMN_NAMES, LABELS
from surveys.customers.opted_out import OptOutColumn, chosen_opt_out, find_opt_outs

LONGEST_NAME = 200
MOST_SHOWN = 5  # values of a column, in a sentence about it
CELLS_REMEMBERED = 200  # of a column, with what they mean


class CustomerImport(TableImport[CustomerRow]):
    """Adds or updates a customer for each row. `language` is for new ones whose row does not say.

    `chosen` names columns as this file calls them; raises MissingColumn when one is not there.
    """

    def __init__(
        self,
        sheet: Sheet,
        *,
        language: str,
        now: datetime,
        chosen: Mapping[str, str | None] | None = None,
        date_form: str | None = None,
        zone: str | None = None,
    ) -> None:
        super().__init__(sheet)
        self.language = language
        self.now = now
        chosen = dict(chosen or {})
        opted_out = chosen.pop("opted_out", None)
        self.found = find_columns(sheet, COLUMN_NAMES, chosen)
        if not self.found["email"] and chosen.get("email") is None:
            self.found["email"] = next(filter(self._holds_addresses, sheet.headers), None)
        self.dates = SheetDates(sheet, self.sampled, now=now, form=date_form, zone=zone)
        self.opt_outs = self._opt_outs(opted_out)
        self._read_columns_once()

    def understand(self, row: Row) -> CustomerRow:
        language = self._language_called(row.cell(self.found["language"])) or ""
        others = self._others if language else self._others_and_language
        values = row.values
        return CustomerRow(
            email=_email(row.cell(self.found["email"])),
            name=_name(self._name_in(row)),
            language=language,
            attributes={header: cell for header in others if (cell := values.get(header))},
            unsubscribed_at=self._opted_out_at(row),
        )

    def store(self, batch: list[CustomerRow]) -> Counter[RowOutcome]:
        return add_or_update(batch, language=self.language)

    def column_uses(self) -> list[ColumnUse]:
        uses = column_uses(self.sheet, self.found, LABELS, _("kept as an attribute"))
        about_mail = {column.header for column in self._sure_opt_outs()}
        return [
            ColumnUse(use.header, "opted_out", str(LABELS["opted_out"]))
            if use.header in about_mail
            else use
            for use in uses
        ]

    def readings(self, row: Row) -> tuple[tuple[str, str], ...]:
        read = self.understand(row)
        return (
            (str(LABELS["email"]), addresses.shown(read.email)),
            (str(LABELS["name"]), read.name),
            (str(LABELS["language"]), languages.label(read.language or self.language)),
            (str(LABELS["opted_out"]), _("unsubscribed") if read.unsubscribed_at else ""),
        )

    def notes(self) -> list[str]:
        return [*self.sheet.notes, *self._notes_on_languages(), *self._notes_on_opt_outs()]

    def questions(self) -> list[Question]:
        needed = {"email": _("None of the columns is known to hold email addresses.")}
        first = next((column.header for column in self._sure_opt_outs()), None)
        found = {**self.found, "opted_out": first}
        dated = [self.dates.questions_about(column.dates) for column in self._dated_opt_outs()]
        return [
            *column_questions(self.sheet, found, LABELS, needed=needed),
            *max(dated, key=lambda asked: bool(asked[0].obstacle), default=[]),
        ]

    def _read_columns_once(self) -> None:
        """Prepare what is the same for all rows, and remember what cells mean that come again."""
        self._language_called = lru_cache(CELLS_REMEMBERED)(languages.called)
        self._readers = [
            (column.header, lru_cache(CELLS_REMEMBERED)(partial(column.opted_out_at, now=self.now)))
            for column in self.opt_outs
        ]
        used = {*self.found.values()}
        self._others = [header for header in self.sheet.headers if header not in used]
        used.discard(self.found["language"])
        self._others_and_language = [one for one in self.sheet.headers if one not in used]

    def _holds_addresses(self, header: str) -> bool:
        cells = self.sampled.cells(header)
        return bool(cells) and all(map(addresses.is_one, cells))

    def _opt_outs(self, chosen: str | None) -> list[OptOutColumn]:
        """The columns that tell who wants no mail: the one chosen, or those that seem to."""
        if chosen is None:
            free = [header for header in self.sheet.headers if header not in self.found.values()]
            return find_opt_outs(free, self.sampled.look(FIRST_LOOK), self.dates)
        header = find_columns(self.sheet, {"it": ()}, {"it": chosen})["it"]
        return [chosen_opt_out(header, self.dates)] if header else []

    def _sure_opt_outs(self) -> list[OptOutColumn]:
        return [column for column in self.opt_outs if column.sure]

    def _dated_opt_outs(self) -> list[OptOutColumn]:
        return [
            column
            for column in self._sure_opt_outs()
            if any(read_written(cell).is_date for cell in self.sampled.cells(column.header))
        ]

    def _opted_out_at(self, row: Row) -> datetime | None:
        """The first moment at which one of the columns says that mail is not wanted."""
        said = [opted_out_at(row.cell(header)) for header, opted_out_at in self._readers]
        return min((moment for moment in said if moment), default=None)

    def _name_in(self, row: Row) -> str:
        if whole := row.cell(self.found["name"]):
            return whole
        return people.joined(
            row.cell(self.found["family_name"]), row.cell(self.found["given_name"])
        )

    def _notes_on_languages(self) -> list[str]:
        header = self.found["language"]
        cells = self.sampled.cells(header) if header else []
        others = dict.fromkeys(cell for cell in cells if not languages.called(cell))
        if not others:
            return []
        return [
            _(
                "We write in Japanese and English. New customers with %(others)s in column "
                "“%(column)s” get %(language)s; what the column says is kept as an attribute."
            )
            % {
                "others": quoted(list(others)[:MOST_SHOWN]),
                "column": header,
                "language": languages.label(self.language),
            }
        ]

    def _notes_on_opt_outs(self) -> list[str]:
        rows = self.sampled.look(FIRST_LOOK)
        notes = []
        for column in self._sure_opt_outs():
            words = {
                "column": column.header,
                "n": sum(_is_out(column, row, self.now) for row in rows),
                "all": len(rows),
            }
            notes.append(
                _(
                    "Column “%(column)s” tells who wants no mail: of the first %(all)d rows, "
                    "%(n)d are imported as unsubscribed."
                )
                % words
            )
        for column in self._dated_opt_outs():
            notes += self.dates.notes_on(column.dates, named=True)
        return notes


def _is_out(column: OptOutColumn, row: Row, now: datetime) -> bool:
    try:
        return column.opted_out_at(row.cell(column.header), now) is not None
    except InvalidRow:
        return False


def _email(text: str) -> str:
    try:
        return addresses.parse(text)
    except InvalidAddress as invalid:
        raise InvalidRow(str(invalid)) from None


def _name(text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise InvalidRow(
            _("the name “%(said)s” has more than %(most)d characters")
            % {"said": excerpt(text), "most": LONGEST_NAME}
        )
    return text if text.isprintable() else re.sub(r"\s*[\r\n\t]+\s*", " ", text)
