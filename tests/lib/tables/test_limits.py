"""A table that is too much is refused with a sentence; a row that is too much, alone."""

import pytest

from lib.tables import limits, read, rows
from lib.tables.formats import delimited
from lib.tables.read import UnreadableTable
from tests.lib.tables.reading import faults, sheet, values

pytestmark = pytest.mark.usefixtures("in_english")


def test_a_cell_may_have_so_many_characters_and_a_longer_one_refuses_its_row():
    most = limits.CHARACTERS_PER_CELL
    content = f"id,comment\n1,{'長' * most}\n2,{'長' * (most + 1)}\n3,fine\n"

    assert faults(content) == {
        3: f"the cell that begins with “{'長' * 59}…” has 20001 characters and can have 20000"
    }
    assert len(values(content)[0][1]) == most


def test_a_huge_cell_is_not_kept():
    content = f'id,comment\n1,"{"x" * 1_000_000}"\n2,fine\n'

    assert max(len(cell) for row in values(content) for cell in row) <= limits.CHARACTERS_PER_CELL


def test_a_row_of_too_many_cells_is_refused():
    content = f"id,comment\n1,{'x,' * 600}\n2,fine\n3{',' * 16_000}\n"

    assert faults(content) == {2: "it has more than 500 cells"}
    assert values(content)[2] == ["3", ""]


def test_a_header_of_too_many_cells_is_refused():
    with pytest.raises(UnreadableTable, match=r"Row 1, which .*: it has more than 500 cells\.$"):
        sheet(",".join(f"c{n}" for n in range(501)) + "\n1\n")


def test_rows_up_to_the_limit_are_read_and_the_others_told(monkeypatch):
    monkeypatch.setattr(rows, "ROWS_PER_FILE", 2)
    read_rows = sheet("a\n1\n2\n3\n").rows

    assert [next(read_rows).number, next(read_rows).number] == [2, 3]
    with pytest.raises(UnreadableTable) as refused:
        next(read_rows)
    assert str(refused.value) == (
        "Only the first 2 rows were read. Please divide the file before row 4."
    )


def test_a_file_of_empty_rows_ends(monkeypatch):
    monkeypatch.setattr(rows, "LINES_PER_FILE", 10)

    with pytest.raises(UnreadableTable, match="This file has more than 10 rows, most of them empt"):
        sheet("a\n" + "\n" * 20 + "1\n")


def test_a_file_of_too_many_bytes_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(read, "BYTES_PER_FILE", 3_000_000)

    with pytest.raises(UnreadableTable) as refused:
        sheet(b"a\n" + b"1\n" * 2_000_000)
    assert str(refused.value) == ("This file has 5 MB, and 3 MB can be read. Please divide it.")


def test_lines_that_a_mark_swallowed_are_not_read_again_and_again(monkeypatch):
    taken = []
    without_end = delimited.without_end
    monkeypatch.setattr(delimited, "without_end", lambda x: taken.append(x) or without_end(x))
    content = "a,b,c\n" + '1,2,"open\n3,4,""\n' * 2_000

    with pytest.raises(UnreadableTable):
        list(sheet(content).rows)
    assert len(taken) < 40_000
