"""Days and months where the site is; half-open, without gaps."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.metrics.periods import FIRST_DAY, LAST_DAY, Period, day_of, month_of

TOKYO, NEW_YORK = ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York")
DAYS = st.dates(FIRST_DAY, LAST_DAY)


def test_the_end_of_march_in_london_is_april_in_tokyo():
    moment = datetime(2026, 3, 31, 15, tzinfo=UTC)

    assert day_of(moment, TOKYO) == date(2026, 4, 1)
    assert day_of(moment - timedelta(microseconds=1), TOKYO) == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("number", "first", "end"),
    [
        (1, date(2026, 1, 1), date(2026, 2, 1)),
        (3, date(2025, 11, 1), date(2026, 2, 1)),
        (12, date(2025, 2, 1), date(2026, 2, 1)),
    ],
)
def test_the_last_months_end_with_this_one(number, first, end):
    assert Period.of_months(number, date(2026, 1, 31)) == Period(first, end)


def test_before_a_quarter_lies_a_quarter():
    assert Period(date(2026, 1, 1), date(2026, 4, 1)).before() == Period(
        date(2025, 10, 1), date(2026, 1, 1)
    )


def test_before_eleven_days_lie_eleven_days():
    assert Period.of_days(date(2026, 3, 10), date(2026, 3, 20)).before() == Period.of_days(
        date(2026, 2, 27), date(2026, 3, 9)
    )


def test_cut_months_stay_cut():
    assert Period(date(2026, 1, 15), date(2026, 3, 2)).months() == [
        Period(date(2026, 1, 15), date(2026, 2, 1)),
        Period(date(2026, 2, 1), date(2026, 3, 1)),
        Period(date(2026, 3, 1), date(2026, 3, 2)),
    ]


def test_a_day_of_23_hours_is_a_day():
    start, end = Period.of_days(date(2026, 3, 8), date(2026, 3, 8)).moments(NEW_YORK)

    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=23)


def test_a_period_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match="ends after it begins"):
        Period(date(2026, 1, 1), date(2026, 1, 1))


@given(DAYS, st.integers(min_value=0, max_value=900))
def test_the_months_of_a_period_are_all_of_it(first, more):
    period = Period.of_days(first, first + timedelta(days=more))
    months = period.months()

    assert (months[0].first, months[-1].end) == (period.first, period.end)
    assert all(one.end == next_one.first for one, next_one in pairwise(months))
    assert all(month_of(month.first) == month_of(month.last) for month in months)


@given(DAYS, st.integers(min_value=0, max_value=900))
def test_what_lies_before_touches_it(first, more):
    period = Period.of_days(first, first + timedelta(days=more))

    assert period.before().end == period.first
    assert (period.before().days == period.days) or period.whole_months
