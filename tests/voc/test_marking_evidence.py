"""Words and what they made us think: the pieces put together are always the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voc import quoting
from voc.evidence import Piece, Span, pieces

PRICE = Span(4, 9, "negative", "Price")
TEXT = "The price is too high"


def test_a_topic_is_named_where_its_words_end():
    assert pieces(TEXT, [PRICE]) == [
        Piece("The "),
        Piece("price", "negative", names_topic=True, ending=(PRICE,)),
        Piece(" is too high"),
    ]


def test_a_feeling_is_marked_but_not_named():
    assert pieces(TEXT, [Span(13, 21, "negative")]) == [
        Piece("The price is "),
        Piece("too high", "negative"),
    ]


def test_where_spans_overlap_the_narrower_one_colours():
    wide, narrow = Span(0, 21, "positive"), Span(4, 9, "negative", "Price")

    assert [piece.sentiment for piece in pieces(TEXT, [wide, narrow])] == [
        "positive",
        "negative",
        "positive",
    ]


def test_two_topics_in_the_same_words_are_both_named():
    cost = Span(4, 9, "negative", "Billing")

    assert set(pieces(TEXT, [PRICE, cost])[1].ending) == {PRICE, cost}


@pytest.mark.parametrize("span", [Span(5, 5, None), Span(9, 4, None), Span(-1, 3, None)])
def test_a_span_that_is_none_marks_nothing(span):
    assert pieces(TEXT, [span]) == [Piece(TEXT)]


def test_nothing_said_has_no_pieces():
    assert pieces("", [PRICE]) == []


numbers = st.integers(-3, 30)


@given(st.text(max_size=20), st.lists(st.builds(Span, numbers, numbers, st.just("mixed"))))
def test_whatever_the_spans_the_text_is_whole(text, spans):
    assert "".join(piece.text for piece in pieces(text, spans)) == text


def test_a_line_of_the_list_hides_nothing_that_turns_text_round():
    assert quoting.one_line("a\u202eb\x00c\n\n d") == "abc d"


def test_a_long_text_is_cut_for_the_list():
    assert quoting.one_line("あ" * 100_000) == "あ" * 200 + "…"
