"""Hints make reading fast, and hide nothing."""

import pytest

from tests.gold import sentences
from voc.nlp.ja.clauses import stretches
from voc.nlp.ja.patterns import Glance, Turn
from voc.nlp.ja.words import tokenizer
from voc.nlp.normalize import fold

ALL = {turn for turns in Turn.by_piece.values() for _, turn in turns}


@pytest.fixture(scope="module")
def texts():
    return [fold(gold.text).text for gold in sentences.load("ja")]


def test_a_turn_that_is_there_is_never_missed_for_want_of_a_hint(texts):
    missed = [
        (match[0], text)
        for text in texts
        for turn in ALL
        for clause in stretches(tokenizer().words(text))
        if (match := turn.pattern.search(text, clause.start, clause.end))
        and not Glance(text).first(turn, clause.start, clause.end)
    ]

    assert missed == []


def test_a_text_without_any_hint_is_not_searched():
    turn = Turn("特別な", r"特別な|普通の")

    assert Glance("普通の店").first(turn) is None
    assert Glance("特別な店").first(turn)[0] == "特別な"
