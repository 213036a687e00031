"""Hints make reading fast, and hide nothing."""

import pytest

from tests.gold import sentences
from voc.nlp.ja.clauses import split_clauses
from voc.nlp.ja.patterns import HintedPattern, PatternMatcher
from voc.nlp.ja.set_phrases import COMING_BACK, HARDLY
from voc.nlp.ja.words import tokenizer
from voc.nlp.normalize import fold


@pytest.fixture(scope="module")
def texts():
    return [fold(gold.text).text for gold in sentences.load("ja")]


def test_a_turn_that_is_there_is_never_missed_for_want_of_a_hint(texts):
    missed = [
        (match[0], text)
        for text in texts
        for pattern in HintedPattern.all_of_them
        for clause in split_clauses(tokenizer().words(text))
        if (match := pattern.regex.search(text, clause.start, clause.end))
        and not PatternMatcher(text).within(clause.start, clause.end).first(pattern)
    ]

    assert missed == []


def test_a_stretch_is_searched_for_what_the_whole_text_is_searched_for(texts):
    """A clause is read the same, however many clauses there are beside it."""
    text = "".join(texts)[:3000]
    matcher = PatternMatcher(text)

    differently = [
        (pattern.regex.pattern, text[clause.start : clause.end])
        for pattern in HintedPattern.all_of_them
        for clause in split_clauses(tokenizer().words(text))
        if bool(matcher.first(pattern, clause.start, clause.end))
        != bool(matcher.within(clause.start, clause.end).first(pattern))
    ]

    assert differently == []


def test_a_text_without_any_hint_is_not_searched():
    assert HARDLY.regex.search("不満を言うなら")
    assert PatternMatcher("不満を言うなら").first(HARDLY) is None
    assert PatternMatcher("強いて不満を言うなら").first(HARDLY)[0] == "強いて不満"


def test_a_loosely_hinted_turn_needs_a_hint_somewhere_and_not_beside_it():
    alone, with_a_hint = "これも応援", "これも応援。毎日食べた"

    assert PatternMatcher(alone).within(0, 5).first(COMING_BACK) is None
    assert PatternMatcher(with_a_hint).within(0, 5).first(COMING_BACK)[0] == "これも応援"
