"""The form and the zone of dates are those of a whole column; what is not sure is asked."""

import io
from datetime import UTC, datetime

import pytest

from lib.tables.dates import sheet as dates
from lib.tables.dates.sheet import SheetDates, UnknownZone
from lib.tables.import_rows import InvalidRow
from lib.tables.read import read_table
from lib.tables.sample import SampledRows

pytestmark = pytest.mark.usefixtures("in_english")

NOW = datetime(2026, 11, 30, tzinfo=UTC)


def dates_of(text, form=None, zone=None):
    sheet = read_table(io.BytesIO(text.encode()), delimiter=",")
    return SheetDates(sheet, SampledRows(sheet.rows), now=NOW, form=form, zone=zone)


def column(*cells, header="date", **options):
    return dates_of("\n".join([header, *cells, ""]), **options).column(header)


@pytest.mark.parametrize(
    ("cells", "day"),
    [
        (["10/03/2026", "10/25/2026"], "2026-10-03"),
        (["10/03/2026", "25/03/2026"], "2026-03-10"),
        (["26/10/05", "26/10/31"], "2026-10-05"),
        (["05/10/26", "31/10/26"], "2026-10-05"),
        (["5.10.2026", "6.10.2026"], "2026-10-05"),
    ],
)
def test_one_row_tells_the_form_of_all(cells, day):
    read = column(*cells)

    assert read.undecided == {}
    assert read.read(cells[0]).date().isoformat() == day


def test_a_form_is_looked_for_far_down_the_table():
    early = ["10/03/2026"] * (dates.FIRST_LOOK + 1)

    assert column(*early, "10/25/2026").form == "mdy"


def test_another_column_of_dates_tells_the_form_too():
    table = "opened,closed\n10/03/2026,10/04/2026\n10/05/2026,10/25/2026\n"

    assert dates_of(table).column("opened").form == "mdy"


def test_a_form_that_no_row_tells_is_asked():
    table = dates_of("date\n10/03/2026\n")

    form, _zone = table.questions_about(table.column("date"))

    assert (form.option, form.answer) == ("date_form", "")
    assert form.obstacle == (
        "“10/03/2026” in column “date” can be day/month/year (2026-03-10) or month/day/year "
        "(2026-10-03), and the other rows do not tell. Please say how dates are written."
    )


def test_a_column_whose_rows_contradict_each_other_is_asked_too():
    table = dates_of("date\n10/03/2026\n10/25/2026\n25/10/2026\n")

    form, _zone = table.questions_about(table.column("date"))

    assert form.obstacle == (
        "Dates in column “date” are written in several ways: “10/25/2026” is month/day/year, "
        "“25/10/2026” is day/month/year. Please say how dates are written; rows that are written "
        "in another way will be refused."
    )


def test_the_form_that_a_person_chose_is_taken_and_says_no_more():
    read = column("10/03/2026", form="mdy")

    assert read.undecided == {}
    assert read.read("10/03/2026").date().isoformat() == "2026-10-03"
    assert read.read("2026-10-05").date().isoformat() == "2026-10-05"


def test_a_row_that_contradicts_the_form_is_refused():
    with pytest.raises(InvalidRow, match="“25/10/2026” is not written as month/day/year"):
        column("10/25/2026").read("25/10/2026")


@pytest.mark.parametrize(("form", "cell"), [("excel", "1791158887"), ("epoch", "46300.38")])
def test_a_number_of_another_kind_than_was_chosen_is_refused(form, cell):
    with pytest.raises(InvalidRow, match="is not written as"):
        column(cell, form=form).read(cell)


@pytest.mark.parametrize(
    ("header", "options", "moment"),
    [
        ("date", {}, "2026-10-05T09:08:00+09:00"),
        ("Started at (America/New_York)", {}, "2026-10-05T09:08:00-04:00"),
        ("Created (UTC)", {}, "2026-10-05T09:08:00+00:00"),
        ("日時（日本時間）", {}, "2026-10-05T09:08:00+09:00"),
        ("Date [GMT-5]", {}, "2026-10-05T09:08:00-05:00"),
        ("Created (UTC)", {"zone": "Europe/Paris"}, "2026-10-05T09:08:00+02:00"),
    ],
)
def test_the_zone_is_that_of_a_person_of_the_header_or_of_the_site(header, options, moment):
    cell = "2026-10-05 09:08"

    assert column(cell, header=header, **options).read(cell).isoformat() == moment


def test_a_zone_that_is_none_is_told():
    with pytest.raises(UnknownZone, match="“Tokio” is no time zone; one looks like Asia/Tokyo"):
        column("2026-10-05", zone="Tokio")


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("soon", "“soon” is not a date; one looks like 2026-11-21 or 2026-11-21 09:30"),
        ("2026-12-02", "“2026-12-02” lies in the future"),
        ("0001-01-01", "the year of “0001-01-01” is not one from 1900 to 2099"),
        ("明治元年1月1日", "the year of “明治元年1月1日” is not one from 1900 to 2099"),
    ],
)
def test_what_cannot_have_been_then_is_refused(cell, reason):
    with pytest.raises(InvalidRow) as refused:
        column(cell).read(cell)

    assert str(refused.value) == reason


def test_today_in_a_zone_ahead_of_ours_is_not_the_future():
    assert column("x").read("2026-11-30 18:00").isoformat() == "2026-11-30T18:00:00+09:00"


def test_a_column_of_nothing_but_dates_is_found_by_its_values():
    table = dates_of("n,erstellt,text\n1,2026-10-05,On 2026-10-05\n2,2026-10-06,Late\n")

    assert table.by_values([]) == "erstellt"


@pytest.mark.parametrize(
    "table",
    [
        "zip,text\n46300,Late\n",  # a number can be anything
        "birthday,text\n1980-10-05,Late\n",
        "生年月日,text\n1980-10-05,Late\n",
        "Last updated,text\n2026-10-05,Late\n",
        "when,text\n2026-10-05,Late\nsoon,Late\n",
        "when,text\n,Late\n",
    ],
)
def test_dates_of_something_else_are_not_taken_for_it(table):
    assert dates_of(table).by_values([]) is None


def test_what_is_taken_for_granted_is_said():
    table = dates_of("erstellt\n10/25/2026\n46300.5\n2026-10-05T00:00:00Z\n")

    assert table.notes_on(table.column("erstellt"), named=False) == [
        "Column “erstellt” holds dates and is taken for the date.",
        "Dates in column “erstellt” are read as month/day/year.",
        "Dates in column “erstellt” without a time zone are of Asia/Tokyo.",
        "Numbers in column “erstellt” are read as dates: numbers as Excel counts days.",
    ]
