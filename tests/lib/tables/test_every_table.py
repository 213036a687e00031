"""Whatever texts a table holds are read as they were, and no row of any bytes is lost."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.tables import rows as rows_of
from lib.tables import write
from lib.tables.read import UnreadableTable
from lib.tables.rows import BREAKS
from tests.lib.tables.reading import sheet

pytestmark = pytest.mark.usefixtures("in_english")

TEXTS = st.text(
    st.one_of(st.sampled_from(" ,;\t|\"'\n\r=-aé良ｱ😢\v\u2028x"), st.characters(codec="utf-8")),
    max_size=12,
)
DIALECTS = [
    {"dialect": "excel"},
    {"dialect": "excel-tab"},
    {"delimiter": ";"},
    {"quoting": csv.QUOTE_ALL},
    {"quoting": csv.QUOTE_ALL, "delimiter": ";", "lineterminator": "\n"},
    {"dialect": "excel", "lineterminator": "\n"},
]


def written(rows, **dialect):
    file = io.StringIO()
    csv.writer(file, **dialect).writerows(rows)
    return file.getvalue()


def as_kept(text):
    """The text as a table keeps it: without null characters, and no spaces around."""
    return BREAKS.sub("\n", write.without_guard(text).replace("\0", "")).strip()


@pytest.mark.parametrize("dialect", DIALECTS, ids=str)
@given(rows=st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_texts_that_were_written_are_read_as_they_were(dialect, rows):
    rows = [[str(n), *row] for n, row in enumerate(rows)]  # none is empty, or adds up others

    read = sheet(written([["n", "a", "b", "声"], *rows], **dialect))

    assert [(list(row.values.values()), row.fault) for row in read.rows] == [
        (list(map(as_kept, row)), "") for row in rows
    ]


@given(rows=st.lists(st.lists(TEXTS, min_size=2, max_size=2), min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_what_we_export_is_imported_the_same(rows):
    harmless = [[n, *map(write.harmless, row)] for n, row in enumerate(rows)]

    read = sheet("".join(write.lines(["n", "a", "b"], harmless)))

    assert [list(row.values.values())[1:] for row in read.rows] == [
        [BREAKS.sub("\n", text.replace("\0", "")).strip() for text in row] for row in rows
    ]


def read_all(content):
    """The rows as far as they can be read, the notes, and why it went no further."""
    rows, notes = [], []
    try:
        read = sheet(content)
        notes = read.notes
        rows.extend(read.rows)
    except UnreadableTable as refused:
        return rows, notes, str(refused)
    return rows, notes, ""


@given(st.binary(max_size=300))
@settings(max_examples=400, deadline=None)
def test_any_bytes_are_a_table_or_refused_with_a_sentence(content):
    rows, _notes, refused = read_all(content)

    assert rows or refused


LINES = st.lists(
    st.text(st.sampled_from("a1,;\"'\t x良"), min_size=1, max_size=15), min_size=1, max_size=12
)


@given(LINES)
@settings(max_examples=400, deadline=None)
def test_no_line_is_lost(lines):
    """Each is a row, or a note tells of it, or it is the header; a mark may make one of several."""
    content = "\n".join(["n,a,b", *(f"{n},{line}" for n, line in enumerate(lines))])

    rows, notes, refused = read_all(content)

    told = {row.number for row in rows} | {
        number
        for number in range(len(lines) + 2)
        if any(f"Row {number} " in note for note in notes)
    }
    untold = set(range(1, max(told, default=1) + 1)) - told
    assert len(untold) == 1  # the header
    assert refused or '"' in content or len(told) == len(lines)


@settings(deadline=None)
@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=5))
def test_rows_that_need_no_closer_look_are_read_as_with_one(cells):
    table = written([["a", "b", "c"], *cells])
    with pytest.MonkeyPatch.context() as patch:
        at_once = _read(table)
        patch.setattr(rows_of, "_is_plain", lambda words: False)
        assert at_once == _read(table)


def _read(table):
    try:
        read = sheet(table)
        return list(read.rows), read.notes
    except UnreadableTable as unreadable:
        return str(unreadable)
