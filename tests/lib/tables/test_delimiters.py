"""Cells are separated by what separates them, in most rows and outside quotation marks."""

import pytest

from tests.lib.tables.reading import notes, sheet, values

pytestmark = pytest.mark.usefixtures("in_english")

QUESTION = "Comment, if any; in a few words; please; thank you; really"


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (f'"{QUESTION}",date\n"It leaks",2026-10-05\n', [QUESTION, "date"]),
        (f'"{QUESTION}"\tdate\nIt leaks\t2026-10-05\n', [QUESTION, "date"]),
        (f'date;"{QUESTION}"\n2026-10-05;"a, b"\n', ["date", QUESTION]),
        ("a|b\n1,5|2\n", ["a", "b"]),
        ("a;b;c\n1,5;2,5;3,5\n", ["a", "b", "c"]),
        ("Name, first;Age\nSato;5\nKato;6\n", ["Name, first", "Age"]),
        ("id\tPros, cons, rest\n1\tx\n2\ty\n", ["id", "Pros, cons, rest"]),
        ("id,date,comment\n1,2,Nice, but slow\n2,3,a; b\n", ["id", "date", "comment"]),
        ("id,comment\n1,a;b;c\n2,d;e;f\n", ["id", "comment"]),
    ],
)
def test_the_delimiter_is_what_divides_the_rows_evenly(content, headers):
    assert sheet(content).headers == headers


@pytest.mark.parametrize(
    "words", ["Nice, but slow", "a;b", "tabs\tand more", "1,2,3", "遅い, 高い"]
)
def test_a_file_of_one_column_keeps_every_row_whole(words):
    assert values(f"comment\nfine\n{words}\n") == [["fine"], [words]]


@pytest.mark.parametrize("mark", ["sep=;", "SEP=;", '"sep=;"', "\ufeffsep=;", "sep=;;;"])
def test_a_first_line_that_names_the_delimiter_is_obeyed_noted_and_not_counted(mark):
    read = sheet(f"{mark}\r\nid;comment\r\n1;a, b\r\n")

    assert read.headers == ["id", "comment"]
    assert [row.number for row in read.rows] == [2]
    assert read.notes == [
        f"The first line, “{mark.lstrip(chr(0xFEFF))}”, names the delimiter and is not counted as "
        "a row."
    ]


def test_a_tab_may_be_named_so():
    assert values("sep=\t\na\tb\n1\t2\n") == [["1", "2"]]


def test_a_delimiter_that_was_given_goes_before_what_the_file_looks_like():
    assert values("a|b,c\n1|2,3\n", delimiter="|") == [["1", "2,3"]]


def test_a_delimiter_other_than_the_comma_is_noted():
    assert notes("a;b\n1;2\n") == ["The cells are separated by semicolons."]
    assert notes("a,b\n1,2\n") == []
