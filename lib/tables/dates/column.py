"""Read a column of dates: one form and one zone for all of it, decided before any is stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lib.dates import is_near
from lib.tables.dates.written import DMY, EPOCH, EXCEL, MDY, YMD, Written, read_written
from lib.tables.import_rows import InvalidRow
from lib.tables.sheet import excerpt

FORMS = {
    DMY: gettext_lazy("day/month/year"),
    MDY: gettext_lazy("month/day/year"),
    YMD: gettext_lazy("year/month/day"),
    EXCEL: gettext_lazy("numbers as Excel counts days"),
    EPOCH: gettext_lazy("seconds or milliseconds since 1970"),
}
LATEST = timedelta(days=1)  # after now: clocks and zones differ by no more


@dataclass(frozen=True)
class DateColumn:
    """A column of dates, and how each of them is read.

    `form` decides where a writing can mean several days. `zone` is of times that name none.
    """

    header: str
    form: str
    zone: tzinfo
    now: datetime
    undecided: Mapping[str, Written] = field(default_factory=dict)  # what the column leaves open

    def read(self, text: str) -> datetime:
        """The moment that this text says. Raises InvalidRow, and says why it cannot be taken."""
        written = read_written(text)
        if not written.is_date:
            raise InvalidRow(
                _("“%(given)s” is not a date; one looks like 2026-11-21 or 2026-11-21 09:30")
                % {"given": excerpt(text)}
            )
        moment = written.by(self.form)
        if moment is None:
            raise InvalidRow(
                _("“%(given)s” is not written as %(form)s, as this column is read")
                % {"given": excerpt(text), "form": FORMS.get(self.form, _("one form"))}
            )
        return self._kept(moment, text)

    def shown(self, moment: datetime) -> str:
        """The moment as people read it, in the zone of this column."""
        local = moment.astimezone(self.zone)
        return f"{date_format(local, 'Y-m-d H:i')} ({zone_label(self.zone)})"

    def _kept(self, moment: datetime, text: str) -> datetime:
        if not is_near(moment):
            raise InvalidRow(
                _("the year of “%(given)s” is not one from 1900 to 2099") % {"given": excerpt(text)}
            )
        if timezone.is_naive(moment):
            moment = moment.replace(tzinfo=self.zone)
        if moment > self.now + LATEST:
            raise InvalidRow(_("“%(given)s” lies in the future") % {"given": excerpt(text)})
        return moment


def zone_label(zone: tzinfo) -> str:
    return str(getattr(zone, "key", zone))


def decided(written: Iterable[Written]) -> str:
    """The one form in which all of these can be read, or "" where they leave it open."""
    doubtful = [said for said in written if not said.is_sure]
    if not doubtful:
        return ""
    possible = set.intersection(*(set(said.moments) for said in doubtful))
    if len(possible) > 1 and all(said.is_dotted for said in doubtful):
        return DMY
    return possible.pop() if len(possible) == 1 else ""
