"""Hints make reading fast, and hide nothing."""

import pytest

from tests.gold import sentences
from voc.nlp.ja.clauses import split_clauses
from voc.nlp.ja.patterns import HintedPattern, PatternMatcher
from voc.nlp.ja.words import tokenizer
from voc.nlp.normalize import fold

ALL = {pattern for patterns in HintedPattern.by_piece.values() for _, pattern in patterns}


@pytest.fixture(scope="module")
def texts():
    return [fold(gold.text).text for gold in sentences.load("ja")]


def test_a_turn_that_is_there_is_never_missed_for_want_of_a_hint(texts):
    missed = [
        (match[0], text)
        for text in texts
        for pattern in ALL
        for clause in split_clauses(tokenizer().words(text))
        if (match := pattern.regex.search(text, clause.start, clause.end))
        and not PatternMatcher(text).first(pattern, clause.start, clause.end)
    ]

    assert missed == []


def test_a_text_without_any_hint_is_not_searched():
    pattern = HintedPattern("特別な", r"特別な|普通の")

    assert PatternMatcher("普通の店").first(pattern) is None
    assert PatternMatcher("特別な店").first(pattern)[0] == "特別な"
