"""Words and what they made us think: the pieces put together are always the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.text import one_line
from voc.admin.feedback.highlights import Highlight, Piece, pieces, quote

PRICE = Highlight(4, 9, "negative", "Price")
TEXT = "The price is too high"


def test_a_topic_is_named_where_its_words_end():
    assert pieces(TEXT, [PRICE]) == [
        Piece("The "),
        Piece("price", "negative", names_topic=True, ending=(PRICE,)),
        Piece(" is too high"),
    ]


def test_a_feeling_is_marked_but_not_named():
    assert pieces(TEXT, [Highlight(13, 21, "negative")]) == [
        Piece("The price is "),
        Piece("too high", "negative"),
    ]


def test_where_spans_overlap_the_narrower_one_colours():
    wide, narrow = Highlight(0, 21, "positive"), Highlight(4, 9, "negative", "Price")

    assert [piece.sentiment for piece in pieces(TEXT, [wide, narrow])] == [
        "positive",
        "negative",
        "positive",
    ]


def test_two_topics_in_the_same_words_are_both_named():
    cost = Highlight(4, 9, "negative", "Billing")

    assert set(pieces(TEXT, [PRICE, cost])[1].ending) == {PRICE, cost}


@pytest.mark.parametrize(
    "span", [Highlight(5, 5, None), Highlight(9, 4, None), Highlight(-1, 3, None)]
)
def test_a_span_that_is_none_marks_nothing(span):
    assert pieces(TEXT, [span]) == [Piece(TEXT)]


def test_nothing_said_has_no_pieces():
    assert pieces("", [PRICE]) == []


numbers = st.integers(-3, 30)


@given(st.text(max_size=20), st.lists(st.builds(Highlight, numbers, numbers, st.just("mixed"))))
def test_whatever_the_spans_the_text_is_whole(text, spans):
    assert "".join(piece.text for piece in pieces(text, spans)) == text


def test_a_line_of_the_list_hides_nothing_that_turns_text_round():
    assert one_line("a\u202eb\x00c\n\n d") == "abc d"


def test_a_long_text_is_cut_for_the_list():
    assert one_line("あ" * 100_000) == "あ" * 200 + "…"


@pytest.mark.parametrize(
    ("text", "topic", "feelings", "quoted"),
    [
        ("送料が高すぎて困る", "送料", [("negative", "高すぎ")], "送料が高すぎ"),
        ("おいしく、店員さんも親切", "店員さん", [("negative", "おいしく")], "店員さん"),
        ("cold and the price", "price", [("negative", "cold")], "cold and the price"),
        ("the price. Too late", "price", [("negative", "late")], "price"),
        ("the price is fine", "price", [("positive", "fine")], "price"),
        ("the price " + "x" * 60 + " bad", "price", [("negative", "bad")], "price"),
        ("bad, the price is bad", "price", [("negative", "bad")], "price"),
        ("the price", "price", [], "price"),
        ("送料が高すぎる", "送料", [("negative", "送料"), ("negative", "高すぎ")], "送料が高すぎ"),
    ],
)
def test_a_topic_is_quoted_as_far_as_the_words_that_show_its_feeling(text, topic, feelings, quoted):
    def span(words, sentiment):
        return Highlight(text.index(words), text.index(words) + len(words), sentiment)

    about, felt = span(topic, "negative"), [span(words, kind) for kind, words in feelings]

    assert quote(text, about, felt) == quoted


def test_what_is_mixed_is_quoted_with_any_feeling():
    assert (
        quote("配達は早い", Highlight(0, 2, "mixed"), [Highlight(3, 5, "positive")]) == "配達は早い"
    )


def test_a_sign_is_marked_beside_a_feeling_and_named():
    sign = Highlight(0, 9, None, sign="churn")

    assert pieces("I'm leaving", [sign, Highlight(4, 9, "negative")]) == [
        Piece("I'm ", sign="churn"),
        Piece("leavi", "negative", ending=(sign,), sign="churn"),
        Piece("ng"),
    ]
