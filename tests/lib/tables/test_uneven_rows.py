"""Words that a comma or a line break outside quotation marks has torn are not taken by halves."""

import pytest

from tests.lib.tables.reading import faults, values

pytestmark = pytest.mark.usefixtures("in_english")

FULL = "2,2026-10-05,Good,Gold\n3,2026-10-05,Bad,\n4,2026-10-06,Fine,Gold\n"


def table(rows, header="id,date,comment,plan"):
    return f"{header}\n{FULL}{rows}"


@pytest.mark.parametrize(
    "row", ["5,2026-10-05,Nice, but far too slow,", "5,2026-10-05,良い,でも遅い,"]
)
def test_a_comma_that_pushes_an_empty_cell_over_the_edge_refuses_its_row(row):
    assert list(faults(table(f"{row}\n6,2026-10-05,x,y\n"))) == [5]


def test_rows_that_all_end_with_a_delimiter_are_read():
    assert values("id,comment\n1,Good,\n2,Bad,\n3,Fine,\n") == [
        ["1", "Good"],
        ["2", "Bad"],
        ["3", "Fine"],
    ]


def test_a_line_break_in_the_last_cell_refuses_both_halves():
    content = "id,date,comment\n1,2026-10-05,Nice\nbut slow\n2,2026-10-05,Good\n"

    assert faults(content) == {
        2: "the row below seems to be the rest of it; a cell with a line break in it needs "
        "quotation marks around it",
        3: "it seems to be the rest of the row above; a cell with a line break in it needs "
        "quotation marks around it",
    }


def test_a_cell_of_three_lines_refuses_all_three():
    rows = "5,2026-10-05,x,Nice\nbut slow\nreally\n6,2026-10-05,y,z\n"

    assert list(faults(table(rows))) == [5, 6, 7]


def test_a_line_break_in_the_middle_refuses_both_halves():
    assert list(faults(table("5,2026-10-05,Nice\nbut slow,Gold\n6,2026-10-05,y,z\n"))) == [5, 6]


@pytest.mark.parametrize("rows", ["5\n", "5,2026-10-05\n6,2026-10-05,x\n", "5,,,\n\nend\n"])
def test_short_rows_that_begin_like_the_others_are_read(rows):
    assert faults(table(rows)) == {}


def test_where_rows_are_uneven_nothing_is_said():
    assert faults("name,plan,city\nHana\nJiro,Gold\nKei\n") == {}
