"""Good rows of a table are taken in by batches, bad ones refused; a broken end costs no more."""

import threading
from collections import Counter
from itertools import islice

import pytest
from django.utils import translation
from django.utils.translation import gettext

from lib.tables import import_rows
from lib.tables.import_rows import EmptyRow, InvalidRow, RefusedRow, RowOutcome
from lib.tables.read import Row, UnreadableTable

pytestmark = pytest.mark.usefixtures("in_english")


class Shelf:
    """Keeps words. A row without one is bad."""

    def __init__(self):
        self.batches = []

    def understand(self, row):
        if row.cell("word") == "…":
            raise EmptyRow
        if not row.cell("word"):
            raise InvalidRow("it says nothing")
        return row.cell("word")

    def store(self, words):
        known = {word for batch in self.batches for word in batch}
        self.batches.append(words)
        return Counter(RowOutcome.UNCHANGED if w in known else RowOutcome.ADDED for w in words)

    def take_in(self, rows, **options):
        return import_rows.import_rows(
            rows, understand=self.understand, store=self.store, **options
        )


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def _two_rows_a_batch(monkeypatch):
    monkeypatch.setattr(import_rows, "ROWS_PER_BATCH", 2)


def rows(*words):
    return (Row(number, {"word": word}) for number, word in enumerate(words, start=2))


def broken_off(*words):
    yield from rows(*words)
    raise UnreadableTable("Nobody can read on.")


def test_every_row_is_counted_once(shelf):
    shelf.take_in(rows("old"))

    result = shelf.take_in(rows("old", "", "new", "newer"))

    assert result.counts == {"added": 2, "updated": 0, "unchanged": 1, "refused": 1, "empty": 0}
    assert result.rows_seen == 4


def test_a_row_that_says_nothing_is_counted_apart_and_is_no_fault(shelf):
    result = shelf.take_in(rows("one", "…", "two"))

    assert (result.counts["added"], result.counts["empty"], result.refused) == (2, 1, [])
    assert result.rows_seen == 3


def test_a_bad_row_is_refused_with_its_number_and_the_others_go_in(shelf):
    result = shelf.take_in(rows("good", "", "better"))

    assert result.refused == [RefusedRow(3, "it says nothing")]
    assert str(result.refused[0]) == "Row 3: it says nothing. The row was skipped."
    assert shelf.batches == [["good", "better"]]


def test_a_row_that_could_not_be_read_as_it_stands_is_refused_before_anybody_understands_it(shelf):
    result = shelf.take_in([Row(2, {"word": "good"}), Row(3, {"word": "half"}, fault="it is cut")])

    assert result.refused == [RefusedRow(3, "it is cut")]
    assert shelf.batches == [["good"]]


def test_a_row_with_more_cells_than_headers_is_refused_and_nothing_of_it_is_cut_off(shelf):
    result = shelf.take_in([Row(2, {"word": "Nice"}, surplus=(f"but far too slow{'!' * 60}",))])

    assert [str(refused) for refused in result.refused] == [
        "Row 2: it has more cells than the header has names "
        f"(“but far too slow{'!' * 43}…” has none); a cell with the delimiter in it "
        "needs quotation marks around it. The row was skipped."
    ]
    assert shelf.batches == []


@pytest.mark.usefixtures("_two_rows_a_batch")
def test_a_batch_ends_after_so_many_rows_be_they_good_or_bad(shelf):
    shelf.take_in(rows("1", "", "2", "3", "4", "5"))

    assert shelf.batches == [["1"], ["2", "3"], ["4", "5"]]


@pytest.mark.usefixtures("_two_rows_a_batch")
def test_what_was_stored_before_is_understood_again_and_left_out():
    understood = []
    four = rows("1", "", "2", "3")

    import_rows.understand_again(islice(four, 3), lambda row: understood.append(row.number))
    later = import_rows.batches(four, lambda row: understood.append(row.number))

    assert [batch.rows for batch in later] == [1]
    assert understood == [2, 3, 4, 5]


@pytest.mark.usefixtures("_two_rows_a_batch")
def test_bad_rows_alone_store_nothing_and_are_told_of_batch_by_batch(shelf):
    seen = []

    shelf.take_in(rows("", "", ""), progress=lambda so_far: seen.append(so_far.rows_seen))

    assert shelf.batches == []
    assert seen == [2, 3]


@pytest.mark.usefixtures("_two_rows_a_batch")
def test_progress_counts_the_refused_rows_too(shelf):
    seen = []

    shelf.take_in(rows("1", "", "2", "3"), progress=lambda so_far: seen.append(so_far.rows_seen))

    assert seen == [2, 4]


@pytest.mark.usefixtures("_two_rows_a_batch")
def test_where_a_table_breaks_off_what_stood_above_is_taken_in(shelf):
    result = shelf.take_in(broken_off("1", "2", "3"))

    assert result.stopped == "Nobody can read on."
    assert shelf.batches == [["1", "2"], ["3"]]


def test_a_table_that_was_read_to_its_end_has_not_stopped(shelf):
    assert shelf.take_in(rows("1")).stopped == ""


def test_a_table_of_bad_rows_stores_nothing(shelf):
    assert len(shelf.take_in(rows("", "")).refused) == 2
    assert shelf.batches == []


@pytest.mark.usefixtures("_two_rows_a_batch")
def test_the_first_batch_is_stored_before_the_rows_below_it_are_read(shelf):
    def watched():
        yield from rows("1", "2")
        assert shelf.batches == [["1", "2"]]
        yield from rows("3")

    shelf.take_in(watched())

    assert shelf.batches == [["1", "2"], ["3"]]


@pytest.mark.usefixtures("_two_rows_a_batch")
def test_while_a_batch_is_stored_the_next_is_read_and_no_more():
    read, next_is_read = [], threading.Event()

    def counted():
        for row in rows(*"abcdefgh"):
            read.append(row.number)
            if row.number == 5:
                next_is_read.set()
            yield row

    batches = import_rows.batches(counted(), Shelf().understand)
    first = next(batches)

    assert first.understood == ["a", "b"]
    assert next_is_read.wait(60)
    batches.close()
    assert read == [2, 3, 4, 5]


@pytest.mark.usefixtures("_two_rows_a_batch")
def test_nobody_reads_on_when_a_batch_cannot_be_stored():
    def store(_words):
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        import_rows.import_rows(rows(*"abcdefgh"), understand=Shelf().understand, store=store)

    assert not [each for each in threading.enumerate() if each.name.startswith("read")]


def test_reasons_are_in_the_language_of_whoever_imports():
    def understand(_row):
        raise InvalidRow(gettext("it has no email address"))

    with translation.override("ja"):
        result = import_rows.import_rows(rows("a"), understand=understand, store=Counter)

    assert result.refused == [RefusedRow(2, "メールアドレスがありません")]
