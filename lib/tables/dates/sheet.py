"""The columns of a sheet that hold dates, and what a person should know or decide about them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import datetime, tzinfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lib.tables.columns import words_of
from lib.tables.dates.column import FORMS, LATEST, DateColumn, decided, zone_label
from lib.tables.dates.written import Written, read_written
from lib.tables.dates.zones import zone_in, zone_in_description, zone_named
from lib.tables.plan import Question
from lib.tables.read import Sheet, UnreadableTable
from lib.tables.sample import FIRST_LOOK, SampledRows

LONGEST_LOOK = 20_000  # rows, until they tell which form a column has
TELLING = 50  # values of another column, to see whether it holds dates
# Dates of something else than when somebody said what the row says.
OF_SOMETHING_ELSE = re.compile(
    r"birth|dob\b|updat|modif|repl(y|ied)|due|expir|renew|purchase|order|install|sign ?up|visit"
    r"|誕生|生年|更新|返信|期限|有効|購入|注文|来店|登録|入会"
)


class UnknownZone(UnreadableTable):
    """A person has named a time zone that there is not; the message is for them."""


class SheetDates:
    """Finds the columns of dates in one sheet. All of them are taken to be in one form."""

    def __init__(
        self, sheet: Sheet, rows: SampledRows, *, now: datetime, form: str | None, zone: str | None
    ) -> None:
        self.sheet = sheet
        self.rows = rows
        self.now = now
        self.form = form
        self.zone = _zone(zone) if zone else None

    def column(self, header: str) -> DateColumn:
        """How this column is read, after a look at as many rows as it takes to tell."""
        look = FIRST_LOOK
        open_ = self._open(header, look)
        form = self.form or decided(open_.values())
        while open_ and not form and look < LONGEST_LOOK:
            look = LONGEST_LOOK
            open_ = self._open(header, look)
            form = decided(open_.values()) or self._by_neighbours(header)
        return DateColumn(
            header=header,
            form=form,
            zone=self.zone or self._zone_of(header) or timezone.get_current_timezone(),
            now=self.now,
            undecided={} if form else open_,
        )

    def by_values(self, others: Collection[str | None]) -> str | None:
        """The first column, but for these, of which all values are dates in words."""
        return next(
            (
                header
                for header in self.sheet.headers
                if header not in others
                and not OF_SOMETHING_ELSE.search(words_of(header))
                and self._holds_dates(header, FIRST_LOOK)
            ),
            None,
        )

    def notes_on(self, column: DateColumn, *, named: bool) -> list[str]:
        """Sentences on how the column is read; `named` when its name told that it is the one."""
        notes = [] if named else [_("Column “%(column)s” holds dates and is taken for the date.")]
        written = [read_written(text) for text in self.rows.cells(column.header)]
        if column.form and any(said.is_date and not said.is_sure for said in written):
            notes.append(_("Dates in column “%(column)s” are read as %(form)s."))
        words = {
            "column": column.header,
            "form": str(FORMS.get(column.form, "")),
            "zone": zone_label(column.zone),
        }
        numbers = dict.fromkeys(said.number for said in written if said.number in FORMS)
        if any(said.names_no_zone for said in written):
            notes.append(_("Dates in column “%(column)s” without a time zone are of %(zone)s."))
        return [
            *(note % words for note in notes),
            *(
                _("Numbers in column “%(column)s” are read as dates: %(form)s.")
                % {**words, "form": FORMS[number]}
                for number in numbers
            ),
        ]

    def empty_among_first(self, header: str) -> tuple[int, int]:
        """How many of the rows looked at have no date in this column, and how many these are."""
        rows = self.rows.look(FIRST_LOOK)
        return sum(not row.cell(header) for row in rows), len(rows)

    def questions_about(self, column: DateColumn) -> list[Question]:
        """Which form the column has, and of which zone its times are."""
        site, zone = zone_label(timezone.get_current_timezone()), zone_label(column.zone)
        return [
            Question(
                option="date_form",
                asks=_("How dates are written"),
                choices=tuple((form, str(label)) for form, label in FORMS.items()),
                answer=column.form,
                obstacle=_open_question(column),
            ),
            Question(
                option="zone",
                asks=_("Time zone of dates that name none"),
                choices=tuple((name, name) for name in dict.fromkeys([zone, site, "UTC"])),
                answer=zone,
            ),
        ]

    def _zone_of(self, header: str) -> tzinfo | None:
        """The zone that the file itself gives for this column."""
        return zone_in(header) or zone_in_description(self.sheet.described.get(header, ""))

    def _open(self, header: str, look: int) -> dict[str, Written]:
        """The writings of the column that can mean several days."""
        latest = self.now + LATEST
        written = {
            text: read_written(text).not_after(latest) for text in self.rows.cells(header, look)
        }
        return {text: said for text, said in written.items() if said.is_date and not said.is_sure}

    def _holds_dates(self, header: str, look: int) -> bool:
        written = (read_written(text) for text in self.rows.cells(header, look))
        first = next(written, None)
        return bool(first) and all(
            said.is_date and not said.number for said in (first, *written) if said
        )

    def _by_neighbours(self, header: str) -> str:
        """The form of the other columns of dates, where those that tell have the same."""
        others = [
            other
            for other in self.sheet.headers
            if other != header and self._holds_dates(other, TELLING)
        ]
        forms = {decided(self._open(other, FIRST_LOOK).values()) for other in others} - {""}
        return forms.pop() if len(forms) == 1 else ""


def _zone(name: str) -> tzinfo:
    if zone := zone_named(name):
        return zone
    raise UnknownZone(
        _("“%(name)s” is no time zone; one looks like Asia/Tokyo, UTC or +09:00.") % {"name": name}
    )


def _open_question(column: DateColumn) -> str:
    if not column.undecided:
        return ""
    if clash := _clash(column.undecided):
        return _(
            "Dates in column “%(column)s” are written in several ways: “%(one)s” is %(one_form)s, "
            "“%(other)s” is %(other_form)s. Please say how dates are written; rows that are "
            "written in another way will be refused."
        ) % {"column": column.header, **clash}
    text, written = next(iter(column.undecided.items()))
    days = {form: date_format(moment, "Y-m-d") for form, moment in written.moments.items()}
    meanings = _(" or ").join(f"{FORMS[form]} ({day})" for form, day in days.items())
    return _(
        "“%(given)s” in column “%(column)s” can be %(meanings)s, and the other rows do not tell. "
        "Please say how dates are written."
    ) % {"given": text, "column": column.header, "meanings": meanings}


def _clash(undecided: Mapping[str, Written]) -> dict[str, str]:
    """Two writings that no form can read both, and the form of each; empty if there are none."""
    first = {next(iter(w.moments)): text for text, w in undecided.items() if len(w.moments) == 1}
    if len(first) < 2:
        return {}
    (one_form, one), (other_form, other) = list(first.items())[:2]
    return {
        "one": one,
        "one_form": str(FORMS[one_form]),
        "other": other,
        "other_form": str(FORMS[other_form]),
    }
