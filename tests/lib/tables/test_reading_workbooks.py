"""Workbooks are read as the spreadsheet shows them, and what it does not show is told."""

import datetime as dt
import io
import zipfile

import pytest
import xlwt
from openpyxl import Workbook

from lib.tables.read import UnreadableTable
from tests.lib.tables.reading import faults, notes, sheet, values

pytestmark = pytest.mark.usefixtures("in_english")

NINE = dt.datetime(2026, 10, 5, 9, 8, 7)


def xlsx(*rows, change=None):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    return saved(book)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xls(*rows, change=None):
    book = xlwt.Workbook(encoding="cp932")
    page = book.add_sheet("声")
    day, moment = xlwt.easyxf(num_format_str="yyyy/m/d"), xlwt.easyxf(num_format_str="h:mm")
    if change:
        change(book)
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            styles = {dt.date: (day,), dt.datetime: (day,), dt.time: (moment,)}
            page.write(at, column, cell, *styles.get(type(cell), ()))
    return saved(book)


@pytest.mark.parametrize("make", [xlsx, xls])
def test_words_numbers_dates_and_times_are_read_as_shown(make):
    content = make(
        ["番号", "日", "時", "本文", "点"],
        [1, dt.date(2026, 10, 5), NINE, " 席が\r\n狭い", 9.5],
        [2.0, dt.date(2026, 10, 6), dt.time(9, 8), "=x" if make is xls else "x", True],
    )

    assert values(content) == [
        ["1", "2026-10-05", "2026-10-05 09:08:07", "席が\n狭い", "9.5"],
        ["2", "2026-10-06", "09:08:00", "=x" if make is xls else "x", "TRUE"],
    ]


def test_numbers_have_no_noise():
    content = xlsx(["a", "b", "c", "d"], [0.1 + 0.2, 1e20, 12345678901234, -3.0])

    assert values(content) == [["0.3", "100000000000000000000", "12345678901234", "-3"]]


def test_leading_zeros_that_the_format_shows_are_kept():
    def padded(book):
        book.active["A2"].number_format = "00000"

    assert values(xlsx(["a", "b"], [123, 5], change=padded)) == [["00123", "5"]]


def test_a_date_without_a_time_in_a_format_with_one_is_told_with_its_midnight():
    assert values(xlsx(["a"], [dt.datetime(2026, 10, 5)])) == [["2026-10-05 00:00:00"]]


@pytest.mark.parametrize("make", [xlsx, xls])
def test_dates_that_count_from_1904_are_read(make):
    def from_1904(book):
        if make is xlsx:
            book.epoch = dt.datetime(1904, 1, 1)
        else:
            book.dates_1904 = True

    assert values(make(["a", "b"], [dt.date(2026, 10, 5), "x"], change=from_1904)) == [
        ["2026-10-05", "x"]
    ]


def test_rows_have_the_numbers_that_the_spreadsheet_shows():
    content = xlsx(
        ["口コミ一覧"], [], ["ID", "日付", "本文"], [], [1, NINE, "良い"], [2, NINE, "x"]
    )

    assert [row.number for row in sheet(content).rows] == [5, 6]
    assert notes(content) == ["Row 1 stands above the header and was skipped: “口コミ一覧”."]


@pytest.mark.parametrize("make", [xlsx, xls])
def test_the_first_sheet_that_says_something_is_read_and_noted(make):
    def with_more(book):
        if make is xlsx:
            book.create_sheet("Cover", 0)
            hidden = book.create_sheet("Hidden", 0)
            hidden.sheet_state = "hidden"
            hidden.append(["secret"])
        else:
            book.add_sheet("Cover")

    content = make(["id", "comment"], [1, "fine"], change=with_more)

    assert values(content) == [["1", "fine"]]
    assert notes(content)[0].endswith("“Cover”.")


def test_a_formula_stands_for_what_was_computed_and_one_without_is_refused():
    content = xlsx(["id", "comment"], [1, '=A2&"x"'], [2, "fine"])

    assert faults(content) == {
        2: "cell B2 is a formula of which the workbook does not say the result; open and save it "
        "in Excel, or type the value"
    }
    assert values(with_results(content, "1x")) == [["1", "1x"], ["2", "fine"]]


def with_results(content, result):
    """The workbook as Excel would save it, with the result beside the formula."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                part = part.replace(b"</f><v />", f"</f><v>{result}</v>".encode())
                part = part.replace(b"</f><v></v>", f"</f><v>{result}</v>".encode())
                part = part.replace(b'r="B2"', b'r="B2" t="str"')
            new.writestr(name, part)
    return file.getvalue()


def test_a_cell_that_shows_an_error_refuses_its_row():
    content = xlsx(["id", "comment"], [1, "#N/A"], [2, "fine"])

    assert faults(content) == {2: "cell B2 shows the error #N/A"}


def test_cells_merged_over_rows_are_those_of_each_row():
    def merged(book):
        book.active.merge_cells("A2:A3")
        book.active.merge_cells("B2:C2")

    content = xlsx(["店", "本文", "点"], ["渋谷", "良い", None], [None, "悪い", 3], change=merged)

    assert values(content) == [["渋谷", "良い", ""], ["渋谷", "悪い", "3"]]
    assert notes(content) == [
        "Cells that are merged over several rows were read as if each row had them."
    ]


def test_hidden_rows_are_read_and_noted():
    def hidden(book):
        book.active.row_dimensions[2].hidden = True

    content = xlsx(["id", "comment"], [1, "a"], [2, "b"], change=hidden)

    assert len(values(content)) == 2
    assert notes(content) == [
        "1 row is hidden in the workbook, row 2; it was read like the others."
    ]


def test_a_wrong_dimension_hides_no_rows():
    content = xlsx(["id", "comment"], [1, "a"], [2, "b"])
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"A1:B3", b"A1:A1"))

    assert values(file.getvalue()) == [["1", "a"], ["2", "b"]]


def test_descriptions_below_the_header_are_skipped_in_workbooks_too():
    content = xlsx(
        ["StartDate", "Q1"], ["Start Date", "Why?"],
        ['{"ImportId":"startDate"}', '{"ImportId":"QID1"}'], ["2026-10-05", "Fast"],
    )  # fmt: skip

    assert values(content) == [["2026-10-05", "Fast"]]


@pytest.mark.parametrize("make", [xlsx, xls])
def test_an_empty_workbook_is_told(make):
    with pytest.raises(UnreadableTable, match=r"^This file is empty\."):
        sheet(make())


DAMAGED = (
    "This looks like an Excel workbook, but it is damaged or of a kind that cannot be read. "
    "Please save it as “CSV UTF-8” and choose that file."
)


def archive(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00", DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), DAMAGED),
        (archive("xl/workbook.xml"), DAMAGED),
        (xlsx(["a", "b"], [1, 2])[:-200], DAMAGED),
        (xls(["a", "b"], [1, 2])[:900], DAMAGED),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "This workbook is protected by a password. Please save it without one and try again.",
        ),
        (
            archive("answers.csv"),
            "This is a zip archive. Please unpack it and choose the table that is in it.",
        ),
    ],
)
def test_a_workbook_that_cannot_be_read_is_refused_with_what_to_do(content, sentence):
    with pytest.raises(UnreadableTable) as refused:
        sheet(content)

    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("content", "called"),
    [
        (archive("xl/workbook.bin"), "a binary Excel workbook (.xlsb)"),
        (archive("Index/Document.iwa"), "a Numbers document"),
        (archive("mimetype", "content.xml"), "an OpenDocument file"),
        (archive("word/document.xml"), "an Office document without a table"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "a picture"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "a picture"),
        (b"\x1f\x8b\x08" + bytes(20), "a compressed file"),
        (
            b"\r\n<html><table><tr><td>a</table>",
            "a web page (HTML), even where its name ends in .xls",
        ),
        (
            "<!DOCTYPE html>\n<p>声".encode("cp932"),
            "a web page (HTML), even where its name ends in .xls",
        ),
        (b'<?xml version="1.0"?><Workbook/>', "an XML file"),
        (b"MIME-Version: 1.0\r\n\r\n", "a mail"),
    ],
)
def test_what_is_no_table_is_called_by_its_name(content, called):
    with pytest.raises(UnreadableTable) as refused:
        sheet(content)

    assert str(refused.value) == (
        f"This is {called} and not a table. Please save the table as “CSV UTF-8” or .xlsx."
    )


def test_what_is_no_text_is_refused():
    with pytest.raises(UnreadableTable, match=r"^This file is not text\."):
        sheet(bytes(range(1, 32)) * 40)


def test_a_workbook_that_unpacks_to_too_much_is_refused_unread():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", b"0" * 30_000_000)

    with pytest.raises(UnreadableTable, match="This workbook unpacks to 30 MB, more than can be r"):
        sheet(file.getvalue())


def test_a_workbook_whose_xml_names_itself_again_and_again_is_refused():
    entities = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx(["a", "b"], [1, 2]))) as old,
        zipfile.ZipFile(file, "w") as new,
    ):
        for name in old.namelist():
            part = old.read(name).decode()
            new.writestr(name, entities + part if name.endswith("sheet1.xml") else part)

    with pytest.raises(UnreadableTable, match="This looks like an Excel workbook, but it is damag"):
        list(sheet(file.getvalue()).rows)
