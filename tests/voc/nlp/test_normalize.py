"""Tidy text that knows where it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voc.nlp.normalize import LONGEST_TEXT, fold


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("price", "price"),
        ("価格", "価格"),
        ("ＡＢＣ", "ABC"),
        ("ｱﾌﾟﾘ", "アプリ"),
        ("か\u3099", "が"),
        ("㌔", "キロ"),
        ("pri\u200bce", "price"),
        ("\u202eprice\u202c", "price"),
        ("don’t", "don't"),
        ("a\x00b", "a b"),
        ("a\ud800b", "a\ufffdb"),
        ("İ", "I"),
    ],
)
def test_every_way_of_typing_becomes_one(typed, tidy):
    assert fold(typed).text == tidy


def test_half_width_letters_are_pointed_at_as_typed():
    folded = fold("このｱﾌﾟﾘは㌔重い")

    app = folded.text.index("アプリ")
    kilo = folded.text.index("キロ")

    assert folded.original(app, app + 3) == (2, 6)
    assert folded.original(kilo, kilo + 2) == (7, 8)


@pytest.mark.parametrize("typed", ["a" * 1_000_000, "あ" * 1_000_000, "ﷺ" * 100_000])
def test_a_very_long_text_is_cut(typed):
    assert len(fold(typed).text) == LONGEST_TEXT


@given(st.text(st.characters(), max_size=200))
def test_every_tidy_letter_stands_inside_what_was_typed(typed):
    folded = fold(typed)

    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    for place in range(len(folded.text)):
        start, end = folded.original(place, place + 1)
        assert 0 <= start < end <= len(typed)
        assert folded.text[place] in fold(typed[start:end]).text


@given(st.text(st.characters(), max_size=200))
def test_lower_case_never_moves_a_letter(typed):
    tidy = fold(typed).text

    assert len(tidy.lower()) == len(tidy)
