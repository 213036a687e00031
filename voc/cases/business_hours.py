"""Business hours: how time is counted while somebody is there, by hours, holidays and time zone.

An hour of work is sixty minutes that pass, whatever the clocks of the zone do meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

Stretch = tuple[time, time]  # from, until; until 00:00 is the end of the day
MIDNIGHT = time()
ONE_DAY = timedelta(days=1)
MOST_DAYS_CLOSED = 366  # in a row: a company closed for longer has no hours to count


class NeverOpen(Exception):
    """There is no hour of work in a whole year, so nothing can become due."""


@dataclass(frozen=True)
class Hours:
    """The hours of a company. `country` names whose holidays it keeps; "" keeps none."""

    zone: ZoneInfo
    week: Mapping[int, Sequence[Stretch]]  # by weekday; Monday is 0
    country: str = ""
    closed: Collection[date] = field(default_factory=frozenset)

    def is_closed_on(self, day: date) -> bool:
        return day in self.closed or not self.week.get(day.weekday()) or self._is_holiday(day)

    def after(self, start: datetime, time_of_work: timedelta) -> datetime:
        """The moment by which so much time of work has passed. Raises NeverOpen."""
        left = time_of_work
        for begins, ends in self._stretches(start):
            from_here = max(begins, start.astimezone(UTC))
            if ends - from_here >= left:
                return from_here + left
            left -= ends - from_here
        raise NeverOpen

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The time of work from one moment to the other; none where the end comes first."""
        worked = timedelta()
        if end <= start:
            return worked
        for begins, ends in self._stretches(start, until=end):
            worked += max(timedelta(), min(ends, end) - max(begins, start))
        return worked

    def _stretches(
        self, start: datetime, until: datetime | None = None
    ) -> Iterator[tuple[datetime, datetime]]:
        """The stretches of work that end after the start, in UTC and in order."""
        day, closed = start.astimezone(self.zone).date(), 0
        while closed <= MOST_DAYS_CLOSED:
            found = [] if self.is_closed_on(day) else self._of_day(day)
            closed = 0 if found else closed + 1
            for begins, ends in found:
                if until is not None and begins >= until:
                    return
                if ends > start:
                    yield begins, ends
            if until is not None and day > until.astimezone(self.zone).date():
                return
            day += ONE_DAY

    def _of_day(self, day: date) -> list[tuple[datetime, datetime]]:
        """The day's stretches in UTC; those that overlap are one."""
        joined: list[tuple[datetime, datetime]] = []
        for begins, ends in sorted(self._moments(day, *each) for each in self.week[day.weekday()]):
            if joined and begins <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(ends, joined[-1][1]))
            elif ends > begins:
                joined.append((begins, ends))
        return joined

    def _moments(self, day: date, opens: time, closes: time) -> tuple[datetime, datetime]:
        last = day + ONE_DAY if closes == MIDNIGHT else day
        begins = datetime.combine(day, opens, self.zone)
        ends = datetime.combine(last, closes, self.zone)
        return begins.astimezone(UTC), ends.astimezone(UTC)

    def _is_holiday(self, day: date) -> bool:
        return bool(self.country) and day in _holidays_of(self.country, day.year)


@cache
def _holidays_of(country: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, years=year))
