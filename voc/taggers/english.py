"""voc/taggers/english.py -- read English: split, feel each clause, find the topics."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise

from voc.taggers.clauses import Clause, bear, clearly_disagree, replaced
from voc.taggers.english_feelings import (
    WISHED,
    Felt,
    evidence,
    likeliest,
    turns_of_phrase,
    vader,
    weights,
)
from voc.taggers.english_topics import EnglishTopics
from voc.taggers.languages import ENGLISH
from voc.taggers.originals import Folded, fold
from voc.taggers.readings import MIXED, NEGATIVE, NEUTRAL, POSITIVE, Feeling, Reading, Seeds

CLEAR = 0.4  # a weight from which a clause has a feeling
STRONG = 0.9  # a weight on both sides that makes a text mixed
TURN = 0.6  # the same, on both sides of a but

BREAK = re.compile(
    r"(?P<sentence>[.!?]+(?=\s|$)|\n+)"
    r"|[;:,]?\s(?=(?:but|however|although|though|except|yet|while|whereas)\b)"
    r"|;|,\s(?=and\s)",
    re.IGNORECASE,
)


class EnglishReader:
    """Reads English; lexicons are loaded once per process, topics once per reader."""

    def __init__(self, topics: Iterable[Seeds]) -> None:
        vader(), weights()
        self._topics = EnglishTopics(topics)

    def read(self, text: str) -> Reading:
        folded = fold(text)
        turns = turns_of_phrase(folded.text)
        felt = evidence(folded.text, turns)
        clauses = list(_clauses(folded.text, felt))
        whole = likeliest(folded.text, turns)
        mentions = bear(self._topics.occurrences(folded.text), [clause for clause, _ in clauses])
        return Reading(
            ENGLISH,
            overall(whole, felt, clauses),
            tuple(replaced(mention, folded) for mention in mentions),
            tuple(_feeling(f, folded) for f in felt),
        )


def overall(whole: str, felt: list[Felt], clauses: list[tuple[Clause, float]]) -> str:
    """The feeling of a whole text: mixed only when its clauses clearly disagree."""
    if clearly_disagree([weight for _, weight in clauses], STRONG) or _turns(clauses):
        return MIXED
    only_wished = whole == POSITIVE and felt and all(f.weight == WISHED for f in felt)
    return NEUTRAL if only_wished else whole


def _turns(clauses: list[tuple[Clause, float]]) -> bool:
    """Whether a sentence turns round with a "but": then less is enough on both sides."""
    return any(
        one.sentence == next_one.sentence and clearly_disagree([weight, next_weight], TURN)
        for (one, weight), (next_one, next_weight) in pairwise(clauses)
    )


def named(weight: float) -> str:
    if abs(weight) < CLEAR:
        return NEUTRAL
    return POSITIVE if weight > 0 else NEGATIVE


def _feeling(felt: Felt, folded: Folded) -> Feeling:
    sentiment = POSITIVE if felt.weight > 0 else NEGATIVE
    return Feeling(sentiment, *folded.original(felt.start, felt.end))


def _clauses(text: str, felt: list[Felt]) -> Iterator[tuple[Clause, float]]:
    """Each clause with its weight, by the words in it.

    The fit is for whole texts: a clause is too short for it, and it cannot be shown to staff.
    """
    places = [f.start for f in felt]
    for start, end, sentence in _spans(text):
        within = slice(bisect_left(places, start), bisect_left(places, end))
        weight = sum(f.weight for f in felt[within])
        yield Clause(start, end, sentence, named(weight)), weight


def _spans(text: str) -> Iterator[tuple[int, int, int]]:
    """Where each clause stands, with the number of its sentence."""
    start = sentence = 0
    for match in BREAK.finditer(text):
        if match.end() > start and text[start : match.start()].strip():
            yield start, match.end(), sentence
            start = match.end()
        sentence += match["sentence"] is not None
    if text[start:].strip():
        yield start, len(text), sentence
