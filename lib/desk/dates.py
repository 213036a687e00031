"""The years, months and days over a list in time, between its first row and its last.

Django asks the whole table which of them have rows; first and last stand in an index.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Min
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext

PARTS = ("year", "month", "day")
MOST_YEARS = 30  # a list of longer ago has somebody's typing error in it


@dataclass(frozen=True)
class Choice:
    title: str
    link: str


def choices_over(changelist: Any) -> dict[str, Any]:
    """The context of unfold's date_hierarchy.html: a way back, and what can be chosen next."""
    field = changelist.date_hierarchy
    ends = changelist.root_queryset.order_by().aggregate(first=Min(field), last=Max(field))
    if ends["first"] is None:
        return {"show": False}
    first, last = _day(ends["first"]), _day(ends["last"])
    chosen = _chosen(changelist)
    if not chosen and first.year == last.year:
        chosen = [first.year]
    return {
        "show": True,
        "back": _way_back(changelist, chosen) if _chosen(changelist) else None,
        "choices": list(_choices(changelist, chosen, first, last)),
    }


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def _chosen(changelist: Any) -> list[int]:
    """The year, month and day of the address, as many as it has; a list has refused odd ones."""
    asked = [changelist.params.get(f"{changelist.date_hierarchy}__{part}") for part in PARTS]
    return [int(value) for value in asked if value]


def _choices(changelist: Any, chosen: list[int], first: date, last: date) -> Iterator[Choice]:
    for begins, ends in _next(chosen, first, last):
        if begins <= last and ends >= first:
            parts = [begins.year, begins.month, begins.day][: min(len(chosen) + 1, 3)]
            link = "" if len(chosen) == 3 else _link(changelist, parts)
            yield Choice(_title(parts), link)


def _next(chosen: list[int], first: date, last: date) -> Iterator[tuple[date, date]]:
    """The first and last day of each year, month or day that may be chosen next."""
    match chosen:
        case []:
            for year in range(max(first.year, last.year - MOST_YEARS), last.year + 1):
                yield date(year, 1, 1), date(year, 12, 31)
        case [year]:
            for month in MONTHS:
                yield date(year, month, 1), date(year, month, monthrange(year, month)[1])
        case [year, month]:
            for day in range(1, monthrange(year, month)[1] + 1):
                yield date(year, month, day), date(year, month, day)
        case _:
            yield date(*chosen), date(*chosen)


def _title(parts: list[int]) -> str:
    if len(parts) == 1:
        return str(parts[0])
    form = "YEAR_MONTH_FORMAT" if len(parts) == 2 else "MONTH_DAY_FORMAT"
    return date_format(date(*[*parts, 1][:3]), form)


def _way_back(changelist: Any, chosen: list[int]) -> Choice:
    above = chosen[:-1]
    return Choice(_title(above) if above else gettext("All dates"), _link(changelist, above))


def _link(changelist: Any, parts: list[int]) -> str:
    field = changelist.date_hierarchy
    named = {f"{field}__{part}": value for part, value in zip(PARTS, parts, strict=False)}
    return str(changelist.get_query_string(named, [f"{field}__"]))
