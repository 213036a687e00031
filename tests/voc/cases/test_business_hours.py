"""Cases become due while somebody is there: by hours, holidays, and whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from voc.cases.business_hours import Hours, NeverOpen

TOKYO, BERLIN = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Berlin")
NINE_TO_SIX = ((time(9), time(18)),)
WEEK = dict.fromkeys(range(5), NINE_TO_SIX)
JAPAN = Hours(TOKYO, WEEK, "JP")


def at(*moment, zone=TOKYO):
    return datetime(*moment, tzinfo=zone)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        (at(2026, 11, 30, 10), 4, at(2026, 11, 30, 14)),
        (at(2026, 11, 30, 17), 2, at(2026, 12, 1, 10)),
        (at(2026, 11, 30, 22), 1, at(2026, 12, 1, 10)),
        (at(2026, 11, 30, 4), 1, at(2026, 11, 30, 10)),
        (at(2026, 11, 27, 17), 2, at(2026, 11, 30, 10)),  # over a weekend
        (at(2026, 11, 20, 17), 2, at(2026, 11, 24, 10)),  # and Labor Thanksgiving Day
        (at(2026, 5, 1, 17), 2, at(2026, 5, 7, 10)),  # Golden Week, with a substitute holiday
        (at(2026, 9, 18, 17), 2, at(2026, 9, 24, 10)),  # the day between two holidays is one
        (at(2026, 11, 30, 10), 16, at(2026, 12, 1, 17)),
        (at(2026, 11, 30, 10), 0, at(2026, 11, 30, 10)),
    ],
)
def test_what_is_due_in_so_many_hours(start, hours, due):
    assert JAPAN.after(start, timedelta(hours=hours)) == due


def test_who_keeps_no_holidays_works_on_them():
    hours = Hours(TOKYO, WEEK)

    assert hours.after(at(2026, 11, 20, 17), timedelta(hours=2)) == at(2026, 11, 23, 10)


def test_days_of_its_own_are_left_out():
    hours = Hours(TOKYO, WEEK, "JP", closed=frozenset([date(2026, 12, 1)]))

    assert hours.after(at(2026, 11, 30, 17), timedelta(hours=2)) == at(2026, 12, 2, 10)


def test_lunch_is_left_out_and_stretches_that_overlap_count_once():
    stretches = ((time(9), time(12)), (time(13), time(18)), (time(11), time(12)))
    week = dict.fromkeys(range(7), stretches)
    hours = Hours(TOKYO, week)

    assert hours.after(at(2026, 11, 30, 9), timedelta(hours=4)) == at(2026, 11, 30, 14)


def test_midnight_is_the_end_of_the_day():
    always = Hours(TOKYO, dict.fromkeys(range(7), ((time(), time()),)))

    assert always.after(at(2026, 11, 30, 20), timedelta(hours=30)) == at(2026, 12, 2, 2)


def test_an_hour_is_an_hour_when_the_clocks_change():
    night_and_day = Hours(BERLIN, dict.fromkeys(range(7), ((time(), time()),)))
    start = at(2026, 3, 28, 12, zone=BERLIN)

    due = night_and_day.after(start, timedelta(hours=24))

    assert due.astimezone(BERLIN) == at(2026, 3, 29, 13, zone=BERLIN)
    assert due - start.astimezone(UTC) == timedelta(hours=24)


@pytest.mark.parametrize("week", [{}, {0: []}, {2: [(time(9), time(9))]}])
def test_a_company_without_hours_says_so(week):
    with pytest.raises(NeverOpen):
        Hours(TOKYO, week).after(at(2026, 11, 30), timedelta(hours=1))


moments = some.datetimes(
    min_value=datetime(2020, 1, 1), max_value=datetime(2030, 1, 1), timezones=some.just(UTC)
)
zones = some.sampled_from([TOKYO, BERLIN, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kolkata")])
times_of_work = some.timedeltas(min_value=timedelta(), max_value=timedelta(hours=200))


@given(moments, times_of_work, zones)
def test_as_much_work_has_passed_as_was_asked_for(start, work, zone):
    hours = Hours(zone, WEEK, "JP")

    assert hours.between(start, hours.after(start, work)) == work


@given(moments, times_of_work, times_of_work, zones)
def test_more_work_is_never_due_earlier(start, less, more, zone):
    hours = Hours(zone, WEEK, "JP")

    assert hours.after(start, less) <= hours.after(start, less + more)


@given(moments, times_of_work.filter(bool), zones)
def test_nothing_is_due_while_nobody_is_there(start, work, zone):
    hours = Hours(zone, WEEK, "JP")
    due = hours.after(start, work).astimezone(zone)

    assert not hours.is_closed_on(due.date())
    assert time(9) < due.time() <= time(18)
