"""A phrase in the words around it: on one line, and no more than that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.text import around


@pytest.mark.parametrize(
    ("text", "start", "end", "quoted"),
    [
        ("a late fee again", 2, 10, ("a ", "late fee", " again")),
        ("late fee", 0, 8, ("", "late fee", "")),
        ("x\n\na late\nfee\n\n", 5, 13, ("x a ", "late fee", "")),
        ("\u202elate\u200e fee", 1, 10, ("", "late fee", "")),
        ("x" * 20 + "fee" + "y" * 20, 20, 23, ("…" + "x" * 9, "fee", "y" * 9 + "…")),
        ("changed since", 50, 60, ("changed since", "", "")),
    ],
)
def test_before_itself_and_after(text, start, end, quoted):
    assert around(text, start, end, beside=9) == quoted


@given(text=st.text(max_size=80), start=st.integers(0, 100), length=st.integers(1, 20))
def test_it_is_one_line_wherever_the_phrase_is_said_to_stand(text, start, length):
    quoted = "".join(around(text, start, start + length, beside=9))

    assert len(quoted) <= max(len(text), 2 * 9 + length + 2)
    assert not set(quoted) & set("\n\r\t\x0b\x0c\x1c\x85\u2028\u2029")
