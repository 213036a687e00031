"""Reads the rows of a table as feedback."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from django.utils.translation import gettext as _

from lib.tables.columns import words_of
from lib.tables.dates.column import DateColumn
from lib.tables.import_rows import EmptyRow, InvalidRow
from lib.tables.read import Row
from voc.intake import markup
from voc.intake.channels.source import Source, drawn, stars_of
from voc.intake.incoming import Incoming

LONGEST_EXTERNAL_ID = 200


class RowReader:
    """Reads rows as feedback, and remembers of those above what rows below must not repeat.

    `columns` are the headers for each use; what they mean is known better of a known source.
    """

    def __init__(
        self,
        columns: Mapping[str, str | None],
        date: DateColumn | None,
        now: datetime,
        *,
        has_markup: bool = False,
        source: Source | None = None,
    ) -> None:
        self.columns = columns
        self.date = date
        self.now = now
        self.has_markup = has_markup
        self.source = source
        self._times_said: Counter[bytes] = Counter()
        self._given: dict[str, tuple[int, int]] = {}  # id: its row, and a hash of its words

    def understand(self, row: Row) -> Incoming:
        """Read the row, not yet linked to its customer. Raises InvalidRow, or EmptyRow."""
        self._refuse_ours(row)
        said = self.said(row)
        text = markup.words_of(said) if self.has_markup else said
        if not text:
            raise EmptyRow
        when = self._when(row)
        return Incoming(
            text=text,
            received_at=self.date.read(when) if self.date and when else self.now,
            is_dated=bool(when),
            external_id=self._given_id(row, said) or self._id_of(said),
            address=self.cell(row, "email"),
            raw=row.values,
        )

    def cell(self, row: Row, use: str) -> str:
        """The cell of this use; empty where the table has no column for it."""
        return row.cell(self.columns.get(use))

    def said(self, row: Row) -> str:
        """What was said: title and text, or the stars of whoever gave nothing else."""
        words = [self.cell(row, "title"), self.cell(row, "text")]
        if any(words):
            return "\n".join(filter(None, words))
        stars = stars_of(self.cell(row, "stars"))
        return drawn(stars) if stars else ""

    def _refuse_ours(self, row: Row) -> None:
        if self.source and self.source.is_ours(row.values):
            raise InvalidRow(_("one of yours wrote this, and no customer"))

    def _when(self, row: Row) -> str:
        day = self.cell(row, "date")
        return f"{day} {self.cell(row, 'time')}".strip() if day else ""

    def _given_id(self, row: Row, said: str) -> str:
        given = self.source_id(row) if self.source else self.cell(row, "id")
        if len(given) > LONGEST_EXTERNAL_ID:
            raise InvalidRow(
                _("its id has %(length)d characters and we can keep %(limit)d")
                % {"length": len(given), "limit": LONGEST_EXTERNAL_ID}
            )
        if given:
            self._refuse_other_words(given, row, said)
        return given

    def source_id(self, row: Row) -> str:
        """The id that the source gave, else one of what tells its items apart; or empty."""
        source = self.source
        if source is None:
            return ""
        if given := source.id_of(self.cell(row, "id"), self.cell(row, "part")):
            return given
        by_words = {words_of(header): cell for header, cell in row.values.items()}
        telling = [by_words.get(name, "") for name in source.id_from]
        return ":".join([source.key, *filter(None, telling)]) if all(telling[:2]) else ""

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
