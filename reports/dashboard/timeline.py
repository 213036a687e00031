"""The months of a report, and what is to be said of each: that it is not over, or not chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.metrics.periods import Period, day_of
from reports.metrics.queries import PeriodScores


@dataclass(frozen=True)
class Timeline:
    """The scores of each month, those of the chosen period last."""

    months: Sequence[PeriodScores]
    chosen: Period
    began: date  # the day of the first answer
    today: date
    zone: tzinfo

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The moments when its first month begins and its last one is over."""
        return Period(self.months[0].period.first, self.months[-1].period.end).moments(self.zone)

    @property
    def answered(self) -> int:
        """The number of months in which anybody answered."""
        return sum(bool(month.tally.total) for month in self.months)

    @property
    def has_earlier_months(self) -> bool:
        return not self.is_chosen(self.months[0].period)

    def is_chosen(self, month: Period) -> bool:
        return month.end > self.chosen.first

    def is_over(self, month: Period) -> bool:
        return month.is_over(self.today)

    def place(self, moment: datetime) -> float:
        """Where a moment lies among the months: 1.5 is the middle of the second."""
        day = day_of(moment, self.zone)
        periods = [month.period for month in self.months]
        number = next(i for i, period in enumerate(periods) if day < period.end)
        period = periods[number]
        return number + max(0, (day - period.first).days) / period.days

    def remarks(self, period: Period) -> list[str]:
        """What a reader must know of a period before comparing it with another."""
        begins = period.first < self.began < period.end
        return [
            *([_("answers from %(day)s") % {"day": day_name(self.began)}] if begins else []),
            *([] if self.is_over(period) else [pgettext("a period that is not over", "so far")]),
        ]

    def name(self, period: Period) -> str:
        """The name of a period, with what must be known of it."""
        named, remarks = period_name(period), self.remarks(period)
        if not remarks:
            return named
        listed = pgettext("between things listed", ", ").join(remarks)
        return _("%(period)s (%(remarks)s)") % {"period": named, "remarks": listed}


def period_name(period: Period) -> str:
    """A whole month by its name, any other period by its first and last day."""
    if period.whole_months == 1:
        return formats.date_format(period.first, "YEAR_MONTH_FORMAT")
    ends = [day_name(day) for day in (period.first, period.last)]
    return ends[0] if period.days == 1 else " – ".join(ends)


def day_name(day: date) -> str:
    return formats.date_format(day, "DATE_FORMAT")
