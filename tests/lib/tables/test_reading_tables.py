"""Tables as people really save them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lib.tables.read import Row, UnreadableTable, read_table

pytestmark = pytest.mark.usefixtures("in_english")

TEXT = "氏名,メール\r\n髙橋①～,a@example.com\r\n"
ROWS = [Row(2, {"氏名": "髙橋①～", "メール": "a@example.com"})]


def read_csv(content, **options):
    content = content.encode() if isinstance(content, str) else content
    return read_table(io.BytesIO(content), **options)


def rows(content, **options):
    return list(read_csv(content, **options).rows)


def values(content, **options):
    return [list(row.values.values()) for row in rows(content, **options)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_every_encoding_that_excel_saves_is_read_without_mojibake(encoding):
    assert rows(TEXT.encode(encoding)) == ROWS


def test_an_upload_is_read_like_a_file_and_stays_open():
    upload = SimpleUploadedFile("customers.csv", TEXT.encode())

    assert list(read_table(upload).rows) == ROWS
    assert not upload.closed


def test_a_line_break_in_a_quoted_cell_does_not_shift_the_numbers():
    found = rows('name,said\nHana,"one\ntwo\r\nthree"\nJiro,four\n')

    assert found == [
        Row(2, {"name": "Hana", "said": "one\ntwo\nthree"}),
        Row(3, {"name": "Jiro", "said": "four"}),
    ]


def test_empty_rows_are_passed_over_and_counted():
    assert [row.number for row in rows("\nname\n\nHana\n,\n\nJiro\n")] == [4, 7]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a,b\n1,2\n", ["1", "2"]),
        ("a\tb\n1,5\t2\n", ["1,5", "2"]),
        ("a;b\n1,5;2\n", ["1,5", "2"]),
        ("a\nonly one, with a comma\n", ["only one, with a comma"]),
    ],
)
def test_the_delimiter_is_seen_from_the_header(content, expected):
    assert values(content) == [expected]


def test_a_delimiter_may_be_given():
    assert values("a|b,c\n1|2,3\n", delimiter="|") == [["1", "2,3"]]


def test_quotes_and_doubled_quotes_are_taken_off():
    assert values('a,b\n"1, one","He said ""hello"""\n') == [["1, one", 'He said "hello"']]


def test_without_quoting_a_quotation_mark_is_only_a_mark():
    content = 'text\tlabel\n"Unclosed, and \\"escaped\\" \\\\ one\\ntwo\tneg\n'

    assert values(content, quoting="none") == [['"Unclosed, and "escaped" \\ one\ntwo', "neg"]]


def test_null_characters_are_left_out_and_noted():
    sheet = read_csv("a\nHana\nHa\0na\nJi\0ro\n")

    assert [row.values["a"] for row in sheet.rows] == ["Hana", "Hana", "Jiro"]
    assert sheet.notes == ["Null characters were left out, first in row 3."]


@pytest.mark.parametrize("mark", ["\r", "\r\n", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_break_in_a_cell_is_one(mark):
    assert values(f'a,b\n"Two{mark}lines",2\n') == [["Two\nlines", "2"]]


def test_a_lone_carriage_return_ends_a_row_only_where_no_line_feed_does():
    assert values("a,b\r1,2\r3,4\r") == [["1", "2"], ["3", "4"]]
    assert values('a,b\r1,"2\n3"\r4,5') == [["1", "2\n3"], ["4", "5"]]
    assert values("a,b\n1,Two\rlines\n") == [["1", "Two\nlines"]]


def test_an_apostrophe_that_our_export_put_before_a_formula_is_taken_off_and_noted():
    sheet = read_csv("a\n'=1+1\n'quoted'\n''=1\n")

    assert [row.values["a"] for row in sheet.rows] == ["=1+1", "'quoted'", "'=1"]
    assert sheet.notes == [
        "An apostrophe that keeps spreadsheets from reading words as a formula was taken off, "
        "first in row 2."
    ]


def test_missing_cells_are_empty():
    assert values("a,b,c\n1\n") == [["1", "", ""]]


def test_what_stands_in_cells_without_a_header_is_not_lost():
    sheet = read_csv("a,,c\n1,x,3,4,\n")

    assert list(sheet.rows) == [Row(2, {"a": "1", "Column 2": "x", "c": "3"}, surplus=("4",))]
    assert sheet.notes == ["Column 2 has no name; it is called “Column 2”."]


@pytest.mark.parametrize("name", ["E-Mail", " e-mail ", "Ｅ－ＭＡＩＬ", "e-MAIL"])
def test_a_column_is_found_however_its_name_is_written(name):
    assert read_csv(f"x,{name}\n1,2\n").column("メール", "e-mail") == name.strip()


def test_a_column_that_is_not_there_is_none():
    assert read_csv("a,b\n1,2\n").column("email") is None


def test_half_width_kana_mean_the_same():
    assert read_csv("ﾒｰﾙ\n1\n").column("メール") == "ﾒｰﾙ"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty. Its first row should name the columns."),
        (b"\xef\xbb\xbf\n \n", "This file is empty. Its first row should name the columns."),
        (b"name,email\n", "This file has a header but no rows below it."),
        (b"name,email\n,\n\n", "This file has a header but no rows below it."),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_what_to_do(content, sentence):
    with pytest.raises(UnreadableTable) as refused:
        read_csv(content)

    assert str(refused.value) == sentence


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_row():
    sheet = read_csv('a,b\n1,2\n3,"4\n5,6\n')

    assert next(sheet.rows) == Row(2, {"a": "1", "b": "2"})
    with pytest.raises(UnreadableTable, match="Row 3 opens a quotation mark that is never closed"):
        next(sheet.rows)


def test_a_long_file_is_read_row_by_row():
    class Endless(io.BytesIO):
        taken = 0

        def read1(self, size=-1):
            self.taken += 1
            return super().read1(size)

    file = Endless(b"a,b\n" + b"1,2\n" * 500_000)
    sheet = read_table(file)
    next(sheet.rows)

    assert file.taken < 5
