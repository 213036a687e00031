"""When somebody said it is read from the table; nothing is dated today without a word."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from lib.tables.table_import import UnansweredQuestion
from tests.voc.intake.tables import NOW, feedback_of, take_in
from voc.models import Feedback

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def days():
    when = Feedback.objects.order_by("pk").values_list("received_at", flat=True)
    return [timezone.localtime(moment).isoformat(timespec="minutes") for moment in when]


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("date", "2026-10-05 09:08"),
        ("Timestamp", "2026/10/05 9:08:00 AM GMT+9"),
        ("タイムスタンプ", "2026/10/05 9:08:00"),
        ("Created At", "2026-10-05 00:08:00 UTC"),
        ("RecordedDate", "2026-10-05 09:08:00"),
        ("Started at (Asia/Tokyo)", "2026-10-05 09:08:00 +0900"),
        ("Review Submit Date and Time", "2026-10-05T00:08:00Z"),
        ("Submit Date (UTC)", "2026-10-05 00:08:00"),
        ("created_at", "2026-10-05T00:08:00Z"),
        ("投稿日", "令和8年10月5日 午前9時8分"),
        ("投稿時間", "2026/10/05 9:08"),
        ("responded", "1791158880"),
        ("erstellt", "2026-10-05 09:08"),  # nothing but dates below it
    ],
)
def test_the_column_of_dates_is_found(header, cell):
    take_in(f"{header},comment\n{cell},Late\n")

    assert days() == ["2026-10-05T09:08+09:00"]


def test_of_several_dates_that_of_the_words_is_taken():
    take_in("StartDate,Updated At,Created At,comment\n2026-10-01,2026-10-09,2026-10-05,Late\n")

    assert days() == ["2026-10-05T00:00+09:00"]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("date,time", "2026-10-05,9:08"),
        ("日付,時刻", "2026/10/05,9:08:00"),
        ("時刻,日付", "午前9時8分,2026年10月5日"),
        ("投稿日,投稿時間", "20261005,09:08"),
        ("date,time", "2026-10-05,00:08 UTC"),
    ],
)
def test_a_time_of_day_in_a_column_of_its_own_is_read(header, cells):
    take_in(f"{header},comment\n{cells},Late\n")

    assert days() == ["2026-10-05T09:08+09:00"]


@pytest.mark.parametrize(
    ("date", "time"), [("2026-10-05 09:08", "3:15"), ("2026-10-05 09:08", "soon")]
)
def test_a_date_with_its_time_needs_no_other_column(date, time):
    take_in(f"date,time,comment\n{date},{time},Late\n")

    assert days() == ["2026-10-05T09:08+09:00"]


def test_the_column_of_times_is_told():
    table = "date,time,comment\n2026-10-05,00:08 UTC,Late\n"

    assert "The time of day is that of column “time”." in feedback_of(table).plan().notes


def test_a_table_without_dates_says_that_all_is_dated_today():
    table = "birthday,comment\n1980-10-05,Late\n"

    assert feedback_of(table).plan().notes == [
        "No column holds dates: all rows will be dated today."
    ]
    take_in(table)
    assert Feedback.objects.get().received_at == NOW


def test_rows_without_a_date_are_told_beforehand():
    table = "date,comment\n2026-10-05T00:00Z,Late\n,Later\n"

    assert feedback_of(table).plan().notes == [
        "Of the first 2 rows 1 have no date in column “date”: they will be dated today."
    ]


def test_a_date_that_can_be_two_stops_the_import_until_somebody_says():
    table = "date,comment\n10/03/2026,Late\n"

    with pytest.raises(UnansweredQuestion):
        take_in(table)
    assert not Feedback.objects.exists()

    take_in(table, date_form="dmy")
    assert days() == ["2026-03-10T00:00+09:00"]


def test_a_row_that_contradicts_the_form_of_the_column_is_refused_with_its_number():
    imported = take_in("date,comment\n10/25/2026,Late\n25/10/2026,Later\n", date_form="mdy")

    assert [str(refused) for refused in imported.refused] == [
        "Row 3: “25/10/2026” is not written as month/day/year, as this column is read. "
        "The row was skipped."
    ]


def test_the_plan_shows_the_first_rows_as_they_are_read():
    table = "id,date,comment\n1,10/25/2026 14:11,Late\n2,soon,Later\n3,,\n"

    plan = feedback_of(table).plan()

    assert plan.notes[:1] == ["Dates in column “date” are read as month/day/year."]
    assert [(row.number, dict(row.readings), row.refused) for row in plan.first_rows] == [
        (
            2,
            {
                "what they said": "Late",
                "received at": "2026-10-25 14:11 (Asia/Tokyo)",
                "id at the source": "1",
                "email address": "",
            },
            "",
        ),
        (3, {}, "“soon” is not a date; one looks like 2026-11-21 or 2026-11-21 09:30"),
        (4, {}, ""),
    ]


def test_a_plan_takes_no_row_away_from_the_import():
    table = feedback_of("id,comment\n1,Late\n1,Late\n2,Later\n")
    table.plan()

    assert [table.understand(row).text for row in table.rows] == ["Late", "Late", "Later"]


def test_the_zone_that_stands_below_a_header_is_that_of_its_dates():
    import_id = '{""ImportId"":""recordedDate"",""timeZone"":""America/Denver""}'
    take_in(
        "RecordedDate,comment\nRecorded Date,Why?\n"
        f'"{import_id}","{{""ImportId"":""QID2""}}"\n2026-10-04 18:08:00,Late\n'
    )

    assert days() == ["2026-10-05T09:08+09:00"]


def test_a_zone_may_be_chosen():
    take_in("date,comment\n2026-10-05 00:08,Late\n", zone="UTC")

    assert days() == ["2026-10-05T09:08+09:00"]


def test_the_command_names_the_option_that_tells_the_form(tmp_path, capsys):
    file = tmp_path / "reviews.csv"
    file.write_text("date,comment\n10/03/2026 02:11:09 PM,Late\n46300.38,Later\n")
    call = ["import_feedback", str(file), "--channel", "review"]

    with pytest.raises(CommandError, match=r"can be day/month/year .* Say it with --date-form\."):
        call_command(*call)
    call_command(*call, "--date-form", "mdy", "--zone", "+09:00")

    assert days() == ["2026-10-03T14:11+09:00", "2026-10-05T09:07+09:00"]


def test_the_command_refuses_a_zone_that_is_none(tmp_path):
    file = tmp_path / "reviews.csv"
    file.write_text("date,comment\n2026-10-05,Late\n")

    with pytest.raises(CommandError, match="“Tokio” is no time zone"):
        call_command("import_feedback", str(file), channel="review", zone="Tokio")
