"""Tables that spreadsheets open as they are meant."""

import pytest

from lib.tables import write


@pytest.mark.parametrize(
    "words", ["=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "\t=1", "＝１＋１", "'=1", '"=1"']
)
def test_no_word_of_a_customer_runs_as_a_formula(words):
    assert write.harmless(words) == f"'{words}"


@pytest.mark.parametrize("words", ["", "Too slow", "1+1=2", "良い", "'quoted'", "a@b"])
def test_ordinary_words_are_not_touched(words):
    assert write.harmless(words) == words


def test_a_table_begins_with_a_bom_and_its_headers():
    assert list(write.lines(["a", "b"], [[1, "x\ny"]])) == ["\ufeffa,b\r\n", '1,"x\ny"\r\n']


def test_rows_are_written_as_they_are_asked_for():
    lines = write.lines(["n"], ([n] for n in iter(int, 1)))  # endless

    assert [next(lines), next(lines)] == ["\ufeffn\r\n", "0\r\n"]
