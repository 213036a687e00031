"""People get their own words back, short enough for a mail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.text import kindly, visible


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("Too slow", "Too slow"),
        ("  Too\n\nslow  ", "Too slow"),
        ("遅いです。", "遅いです。"),
        ("One and two. Three and some more.", "One and two.…"),
        ("検索が遅い。注文も遅い。もう少し速くなると助かります。", "検索が遅い。注文も遅い。…"),
        ("word after word without any end in sight", "word after word…"),
        ("あ" * 50, "あ" * 20 + "…"),
    ],
)
def test_long_words_end_where_a_reader_breathes(words, quoted):
    assert kindly(words, longest=20) == quoted


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_nothing_is_made_up_and_it_is_never_too_long(words, longest):
    quoted = kindly(words, longest)

    assert len(quoted) <= longest + 1
    assert " ".join(visible(words).split()).startswith(quoted.removesuffix("…").rstrip())


def test_marks_that_turn_the_text_around_are_left_out():
    assert kindly("slow\u202e\x00 again") == "slow again"
