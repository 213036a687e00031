"""Periods: stretches of days and months. A day begins and ends at midnight where the site is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
ENOUGH_MONTHS = 6  # in a chart


def day_of(moment: datetime, zone: tzinfo) -> date:
    """The day of a moment: 31 March 15:00 UTC is 1 April in Tokyo."""
    return moment.astimezone(zone).date()


def month_of(day: date, *, plus: int = 0) -> date:
    """The first day of the month this many months later; earlier when negative."""
    months = day.year * 12 + day.month - 1 + plus
    return date(months // 12, months % 12 + 1, 1)


@dataclass(frozen=True)
class Period:
    """Whole days: from the first to just before the end."""

    first: date
    end: date

    def __post_init__(self) -> None:
        if not self.first < self.end:
            raise ValueError(f"a period ends after it begins, not from {self.first} to {self.end}")

    @classmethod
    def of_months(cls, number: int, today: date) -> Period:
        """This month and the ones before it, this many in all."""
        return cls(month_of(today, plus=1 - number), month_of(today, plus=1))

    @classmethod
    def since(cls, day: date, today: date) -> Period:
        """The months from that day's to this one."""
        return cls(month_of(day), month_of(max(day, today), plus=1))

    @classmethod
    def of_days(cls, first: date, last: date) -> Period:
        """A period of days, first and last included."""
        return cls(first, last + timedelta(days=1))

    @property
    def last(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        return (self.end - self.first).days

    @property
    def whole_months(self) -> int | None:
        """The number of calendar months, or None when it begins or ends within one."""
        if self.first.day != 1 or self.end.day != 1:
            return None
        return (self.end.year - self.first.year) * 12 + self.end.month - self.first.month

    def is_over(self, today: date) -> bool:
        """True once its last day has gone by: what is counted of it grows no more."""
        return self.end <= today

    def so_far(self, today: date) -> Period:
        """What has gone by of it, today included; asked of a period that has begun."""
        return Period(self.first, min(self.end, today + timedelta(days=1)))

    def without_months_to_come(self, today: date) -> Period:
        return Period(self.first, min(self.end, month_of(today, plus=1)))

    def before(self, today: date) -> Period:
        """The period to compare with what has gone by of this one: the same part of the one before.

        Before whole months lie as many months; before any other period, as many days.
        """
        so_far = self.so_far(today)
        if months := self.whole_months:
            return Period(month_of(self.first, plus=-months), _months_earlier(so_far.end, months))
        return Period(self.first - timedelta(days=so_far.days), self.first)

    def months(self) -> list[Period]:
        """Its months, one after the other; the first and the last may be cut."""
        edges, month = [self.first], month_of(self.first, plus=1)
        while month < self.end:
            edges.append(month)
            month = month_of(month, plus=1)
        return _between([*edges, self.end])

    def moments(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """The moments when it begins and when it is over."""
        return _midnight(self.first, zone), _midnight(self.end, zone)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _months_earlier(end: date, months: int) -> date:
    """The same day of an earlier month, or the end of that month, where it is too short."""
    month = month_of(end, plus=-months)
    return min(month + timedelta(days=end.day - 1), month_of(month, plus=1))


def pieces(periods: Iterable[Period]) -> list[Period]:
    """All the time from the first to the last of these, cut wherever one begins or ends."""
    edges = sorted({edge for period in periods for edge in (period.first, period.end)})
    return _between(edges)


def months_to_show(chosen: Period, began: date, today: date) -> list[Period]:
    """The months of a chart: none that is to come, and none before anybody had answered.

    When they are few, those before them come first, a year in all: one point shows no way.
    """
    months = chosen.without_months_to_come(today).months()
    first, more = month_of(chosen.first), 12 - len(months) if len(months) < ENOUGH_MONTHS else 0
    edges = [month_of(first, plus=-n) for n in range(more, -1, -1)]
    return [month for month in [*_between(edges), *months] if month.end > began]


def _between(edges: Iterable[date]) -> list[Period]:
    return [Period(*edge) for edge in pairwise(edges)]
