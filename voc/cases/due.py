"""When a case is due, by the company's calendar."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from voc.cases.business_hours import Hours, NeverOpen, Stretch
from voc.models import BusinessCalendar


def hours_of(calendar: BusinessCalendar) -> Hours:
    week: dict[int, list[Stretch]] = defaultdict(list)
    for stretch in calendar.hours.all():
        week[stretch.weekday].append((stretch.opens, stretch.closes))
    closed = frozenset(each.day for each in calendar.closed_days.all())
    return Hours(calendar.zone, week, calendar.holidays, closed)


def due_after(hours: Hours, start: datetime, due_in_hours: int | None) -> datetime | None:
    """None where nothing is due: the rule names no hours, or the company has none."""
    if due_in_hours is None:
        return None
    try:
        return hours.after(start, timedelta(hours=due_in_hours))
    except NeverOpen:
        return None
