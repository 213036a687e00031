"""Days and months where the site is; half-open, without gaps."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.metrics.periods import (
    FIRST_DAY,
    LAST_DAY,
    Period,
    day_of,
    month_of,
    months_to_show,
    pieces,
)

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


LATER = date(2200, 1, 1)


def test_before_a_quarter_lies_a_quarter():
    assert Period(date(2026, 1, 1), date(2026, 4, 1)).before(LATER) == Period(
        date(2025, 10, 1), date(2026, 1, 1)
    )


def test_before_eleven_days_lie_eleven_days():
    assert Period.of_days(date(2026, 3, 10), date(2026, 3, 20)).before(LATER) == Period.of_days(
        date(2026, 2, 27), date(2026, 3, 9)
    )


@pytest.mark.parametrize(
    ("months", "today", "first", "last"),
    [
        (1, date(2026, 11, 1), date(2026, 10, 1), date(2026, 10, 1)),
        (1, date(2026, 11, 12), date(2026, 10, 1), date(2026, 10, 12)),
        (1, date(2026, 11, 30), date(2026, 10, 1), date(2026, 10, 31)),  # the whole month
        (1, date(2026, 10, 30), date(2026, 9, 1), date(2026, 9, 30)),
        (1, date(2026, 3, 28), date(2026, 2, 1), date(2026, 2, 28)),
        (1, date(2026, 3, 30), date(2026, 2, 1), date(2026, 2, 28)),  # no February has 30 days
        (6, date(2026, 11, 12), date(2025, 12, 1), date(2026, 5, 12)),
        (12, date(2024, 2, 29), date(2022, 3, 1), date(2023, 2, 28)),
    ],
)
def test_months_that_are_not_over_are_compared_with_the_same_part(months, today, first, last):
    period = Period.of_months(months, today)

    assert period.before(today) == Period.of_days(first, last)


def test_days_that_are_not_over_are_compared_with_as_many():
    period = Period.of_days(date(2026, 11, 10), date(2026, 11, 20))

    assert period.before(date(2026, 11, 12)) == Period.of_days(date(2026, 11, 7), date(2026, 11, 9))


def test_a_period_is_over_when_its_last_day_has_gone_by():
    november = Period(date(2026, 11, 1), date(2026, 12, 1))

    assert not november.is_over(date(2026, 11, 30))
    assert november.is_over(date(2026, 12, 1))


def test_pieces_have_an_edge_wherever_a_period_has_one():
    first, second = (
        Period(date(2026, 1, 1), date(2026, 2, 1)),
        Period(date(2026, 1, 15), date(2026, 4, 1)),
    )

    assert [piece.first for piece in pieces([second, first])] == [
        date(2026, 1, 1),
        date(2026, 1, 15),
        date(2026, 2, 1),
    ]


TODAY = date(2026, 11, 12)


def shown(chosen, *, began=date(2020, 1, 1)):
    return [(month.first, month.end) for month in months_to_show(chosen, began, TODAY)]


def test_a_few_months_are_shown_with_those_before_them():
    (first, _), *_between, last = shown(Period.of_months(1, TODAY))

    assert first == date(2025, 12, 1)
    assert len(_between) == 10
    assert last == (date(2026, 11, 1), date(2026, 12, 1))


def test_days_within_a_month_are_shown_after_whole_months():
    *_earlier, before, last = shown(Period.of_days(date(2026, 11, 5), date(2026, 11, 9)))

    assert before == (date(2026, 10, 1), date(2026, 11, 1))
    assert last == (date(2026, 11, 5), date(2026, 11, 10))


def test_months_before_the_first_answer_and_months_to_come_are_not_shown():
    forever = Period(FIRST_DAY, LAST_DAY)

    assert shown(forever, began=date(2026, 10, 20)) == [
        (date(2026, 10, 1), date(2026, 11, 1)),
        (date(2026, 11, 1), date(2026, 12, 1)),
    ]
    assert shown(Period.of_months(1, TODAY), began=TODAY) == [
        (date(2026, 11, 1), date(2026, 12, 1))
    ]


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

    before = period.before(LATER)
    assert before.end == period.first
    assert (before.days == period.days) or period.whole_months


@given(DAYS, st.integers(min_value=0, max_value=900), st.integers(min_value=0, max_value=900))
def test_what_is_compared_never_overlaps(first, more, gone_by):
    period = Period.of_days(first, first + timedelta(days=more))
    before = period.before(first + timedelta(days=gone_by))

    assert before.end <= period.first
    assert before.days <= period.days + 3  # three months may have three days more
