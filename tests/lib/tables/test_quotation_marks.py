"""A quotation mark that was typed changes no word: it is kept, or its row is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.tables.formats.delimited import Record, Records
from lib.tables.read import UnreadableTable
from tests.lib.tables.reading import faults, notes, sheet, values

pytestmark = pytest.mark.usefixtures("in_english")

STRAY = "a quotation mark stands inside a cell that has quotation marks around it"


@pytest.mark.parametrize(
    "words",
    [
        'He said "no" to me',
        'a 5" screen',
        'a 5" and a 6" screen',
        'ends with "quotes"',
        "it's",
        "「良い」と“思う”",
    ],
)
def test_marks_in_a_cell_without_marks_around_it_are_kept_as_typed(words):
    assert values(f"id,comment\n1,{words}\n2,fine\n") == [["1", words], ["2", "fine"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    "cell",
    [
        '"The 5" screen is small"',
        '"The 5" screen"',
        '"Nice" she said',
        '"He said "no" to me"',
        '"a" "b"',
        '"broken"x',
        '"「5"」"',
    ],
)
def test_a_mark_inside_a_quoted_cell_that_is_not_doubled_refuses_its_row_alone(cell, delimiter):
    content = f"id,date,comment\n1,2,fine\n2,3,{cell}\n3,4,fine\n".replace(",", delimiter)

    assert list(faults(content)) == [3]
    assert faults(content)[3].startswith(STRAY)
    assert len(values(content)) == 3


def test_the_fault_shows_the_words_around_the_mark():
    assert faults('id,comment\n2,"The 5" screen is small",\n') == {
        2: f"{STRAY} (“" + '"The 5" screen is small",' + "”); inside such a cell it must be doubled"
    }


def test_a_space_before_a_quoted_cell_does_not_take_its_marks():
    assert values('id, comment\n1, "Nice, but slow"\n') == [["1", "Nice, but slow"]]


def test_spaces_behind_a_closing_mark_are_no_words():
    assert values('id,comment,x\n1,"Nice, but slow" ,y\n') == [["1", "Nice, but slow", "y"]]


@pytest.mark.parametrize("words", ['He said "no, never" to me', 'x "a, b"', '"a" and "b, c" too'])
def test_a_delimiter_between_marks_inside_a_cell_does_not_divide_the_words_silently(words):
    assert list(faults(f"id,comment,plan\n1,{words}\n2,fine,Gold\n")) == [2]


def test_a_mark_never_closed_is_told_with_the_row_where_it_opens_and_rows_above_stand():
    read = sheet('a,b\n1,2\n3,"4\n5,6\n')

    assert next(read.rows).values == {"a": "1", "b": "2"}
    with pytest.raises(UnreadableTable, match="Row 3 opens a quotation mark that is never closed"):
        next(read.rows)


def test_rows_that_an_open_mark_swallowed_are_read_when_the_next_mark_shows_it():
    content = 'id,date,comment\n1,2,"open\n2,3,fine\n3,4,good\n4,5,"x"\n'

    assert faults(content) == {2: "it opens a quotation mark that is not closed in the same row"}
    assert values(content)[1:] == [["2", "3", "fine"], ["3", "4", "good"], ["4", "5", "x"]]


def test_lines_that_may_be_words_are_refused_with_the_row_whose_mark_is_not_doubled():
    content = 'id,comment\n1,"Hello,\nthe 5" screen, is\nsmall"\n2,fine\n'

    assert faults(content)[2].endswith("; 1 line below it was refused with it")
    assert faults(content)[3] == "it seems to go on from the row above, which was refused"
    assert values(content)[-1] == ["2", "fine"]


def test_a_cell_whose_lines_look_like_rows_is_noted():
    content = 'id,date,comment\n1,2,"open\n2,3,fine\n3,4,fine\n4,5,closed"\n5,6,x\n'

    assert notes(content) == ["Row 2 has a cell of several lines, and 2 of them look like rows."]


def test_a_cell_that_swallowed_many_rows_is_refused_and_they_are_read():
    rows = "".join(f"{n},2,fine\n" for n in range(20))
    content = f'id,date,comment\n1,2,"open\n{rows}4,5,closed"\n'

    assert list(faults(content)) == [2]
    assert len(values(content)) == 22


def test_doubled_marks_and_line_breaks_are_read_as_they_were_meant():
    content = 'id,comment\n1,"He said ""no""\r\n\r\nand ""left"""\n2,""""\n3,""\n'

    assert values(content) == [["1", 'He said "no"\n\nand "left"'], ["2", '"'], ["3", ""]]


@pytest.mark.parametrize("delimiter", [",", "\t", "^", "]", "||"])
@given(text=st.text('",\t^]| ab\r\x0b\u2028あ', min_size=1, max_size=12).map('"{}'.format))
def test_a_row_that_can_be_read_in_one_way_only_is_read_quickly_and_as_any_other(delimiter, text):
    quickly = next(iter(Records(iter([text, '"']), delimiter, 3, [])))

    carefully = Record(1, text, Records(iter(['"']), delimiter, 3, [])).read()

    assert quickly == carefully
