"""The sentiment of a whole English text.

A logistic regression weighs what was measured; its weights come from `benchmarks/fit_english.py`.
Some turns of phrase say more than any count, and overrule it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import log1p
from operator import mul
from pathlib import Path

from voc.nlp.clauses import clearly_disagree
from voc.nlp.en.clauses import WeighedClause, sentiment_of
from voc.nlp.en.feelings import Evidence
from voc.nlp.en.words import Words
from voc.nlp.reading import MIXED, NEGATIVE, NEUTRAL, POSITIVE

DATA = Path(__file__).parent / "data"
FITTED, WORDS = DATA / "weights.json", DATA / "words.tsv"
CLASSES = (NEGATIVE, NEUTRAL, POSITIVE)

STRONG_WEIGHT = 1.5  # a weight on both sides that makes a text mixed
PLAIN_WEIGHT = 0.8  # the same, in a text of few remarks
FEW_CLAUSES = 3
CONTRAST_WEIGHT = 0.6  # the same, on both sides of a but
MOST_REPEATS = 3  # the fourth time says no more
MOST_WEIGHT = 4.0  # so much of a feeling says it all

# Kinds of evidence that are counted, and where among the numbers.
COUNTED_KINDS = {
    "wish": 0,
    **dict.fromkeys(("flaw", "trouble", "worry"), 1),
    "good": 2,
    "misery": 3,
    "delight": 4,
    "lukewarm": 5,
    "face": 6,
}


@dataclass(frozen=True)
class Coefficients:
    """The regression: for each of CLASSES a row for `numbers` and a bias; and rows for words."""

    rows: tuple[tuple[float, ...], ...]
    biases: tuple[float, ...]
    words: dict[str, tuple[float, ...]]


@cache
def coefficients() -> Coefficients:
    fitted = json.loads(FITTED.read_text(encoding="utf-8"))
    lines = (line.split("\t") for line in WORDS.read_text(encoding="utf-8").splitlines())
    words = {word: tuple(map(float, row)) for word, *row in lines}
    return Coefficients(tuple(map(tuple, fitted["rows"])), tuple(fitted["biases"]), words)


def numbers(
    words: Words, evidence: Sequence[Evidence], clauses: Sequence[WeighedClause]
) -> tuple[float, ...]:
    """Twenty numbers that the rules measured, in this order:

    how often there is 0 a wish, 1 a trouble, 2 praise, 3 misery, 4 delight, 5 something lukewarm,
    6 a face, 7 a question mark, 8 an exclamation mark (three is as many as it gets);
    the sums of the evidence, 9 good and 10 bad; the strongest, 11 good and 12 bad; the evidence
    for each word, 13 good and 14 bad; the weight of 15 the first clause and 16 the last;
    17 all evidence; 18 how many clauses, and 19 how many words (of both, the logarithm).
    A reading's numbers end with 20 to 22, the scores for negative, neutral and positive.
    """
    counts = [0] * 7
    for e in evidence:
        if e.kind in COUNTED_KINDS:
            counts[COUNTED_KINDS[e.kind]] += 1
    counts += [words.lowered.count("?"), words.lowered.count("!")]
    good = [e.weight for e in evidence if e.weight > 0]
    bad = [-e.weight for e in evidence if e.weight < 0]
    length = len(words.words) or 1
    return (
        *(float(min(MOST_REPEATS, count)) for count in counts),
        min(MOST_WEIGHT, sum(good)),
        min(MOST_WEIGHT, sum(bad)),
        max(good, default=0.0),
        max(bad, default=0.0),
        sum(good) / length,
        sum(bad) / length,
        _within(clauses[0].weight) if clauses else 0.0,
        _within(clauses[-1].weight) if clauses else 0.0,
        _within(sum(good) - sum(bad)),
        log1p(len(clauses)),
        log1p(length),
    )


def _within(weight: float) -> float:
    return max(-MOST_WEIGHT, min(MOST_WEIGHT, weight))


def class_scores(words: Words, measured: Sequence[float]) -> tuple[float, ...]:
    """The score of each of CLASSES; the highest wins."""
    fitted = coefficients()
    known = [fitted.words[word] for word in set(words.words) if word in fitted.words]
    of_words = [sum(column) for column in zip(*known, strict=True)] or [0.0] * len(CLASSES)
    return tuple(
        bias + of_word + sum(map(mul, row, measured))
        for row, bias, of_word in zip(fitted.rows, fitted.biases, of_words, strict=True)
    )


def overall(
    scores: Sequence[float],
    evidence: Sequence[Evidence],
    clauses: Sequence[WeighedClause],
    asks: bool,
    presses: bool,
) -> str:
    """The sentiment of a whole text: mixed only when its clauses clearly disagree."""
    kinds = {e.kind for e in evidence if e.weight or e.kind == "lukewarm"}
    if _disagree([each.weight for each in clauses]) or _contrasts(clauses):
        return MIXED
    if "lukewarm" in kinds and all(abs(e.weight) < STRONG_WEIGHT for e in evidence):
        return NEUTRAL
    if kinds == {"thanks"} and not asks:
        return POSITIVE
    if kinds == {"face"} and not asks:
        return sentiment_of(sum(e.weight for e in evidence))
    if kinds == {"wish"} or (not kinds and asks):
        return NEUTRAL
    whole = CLASSES[scores.index(max(scores))]
    return NEGATIVE if presses and whole == NEUTRAL and not asks else whole


def _disagree(weights: Sequence[float]) -> bool:
    """ "Lovely crew. Awful seats." is both; a long story always has a little of either."""
    few = sum(weight != 0 for weight in weights) <= FEW_CLAUSES
    return clearly_disagree(weights, PLAIN_WEIGHT if few else STRONG_WEIGHT)


def _contrasts(clauses: Sequence[WeighedClause]) -> bool:
    """True if a sentence turns round with a "but": then less is enough on both sides."""
    return any(
        one.clause.sentence == after.clause.sentence
        and clearly_disagree([one.weight, after.weight], CONTRAST_WEIGHT)
        for one, after in pairwise(clauses)
    )
