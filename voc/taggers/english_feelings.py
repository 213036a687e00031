"""voc/taggers/english_feelings.py -- what English text feels: two lexicons, weighed by a fit.

TextBlob alone says exactly 0 for a quarter of clear feelings, VADER alone misreads others. A
logistic regression over the six numbers they give is better than either. Its weights come from
`benchmarks/fit_english.py`; the words of the two lexicons are the evidence shown to staff.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

from textblob.en import sentiment as textblob_sentiment
from vaderSentiment.vaderSentiment import NEGATE, SentimentIntensityAnalyzer

from voc.taggers.readings import NEGATIVE, NEUTRAL, POSITIVE

DATA = Path(__file__).parent / "data"
CLASSES = (NEGATIVE, NEUTRAL, POSITIVE)

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
SAYS_SOMETHING = 1.0  # on VADER's scale from -4 to 4
NEGATION_REACHES = 3  # words, as in VADER


@dataclass(frozen=True)
class Weights:
    """A row of six and a bias for each of CLASSES, over standardised numbers."""

    rows: tuple[tuple[float, ...], ...]
    biases: tuple[float, ...]


@cache
def vader() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()


@cache
def weights() -> Weights:
    fitted = json.loads((DATA / "en_weights.json").read_text(encoding="utf-8"))
    return Weights(tuple(map(tuple, fitted["rows"])), tuple(fitted["biases"]))


def numbers(text: str) -> tuple[float, ...]:
    """The six: TextBlob's polarity and subjectivity; VADER's compound, neg, neu and pos."""
    polarity, subjectivity = textblob_sentiment(text)
    said = vader().polarity_scores(text)
    return polarity, subjectivity, said["compound"], said["neg"], said["neu"], said["pos"]


def chances(text: str) -> dict[str, float]:
    """How likely each of CLASSES is; they add up to 1."""
    six, fitted = numbers(text), weights()
    scores = [
        bias + sum(w * x for w, x in zip(row, six, strict=True))
        for row, bias in zip(fitted.rows, fitted.biases, strict=True)
    ]
    raised = [exp(score - max(scores)) for score in scores]
    return {name: r / sum(raised) for name, r in zip(CLASSES, raised, strict=True)}


def words_that_feel(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word of VADER's lexicon, turned round by a "not" before it, as (sentiment, start, end)."""
    before: list[str] = []
    for match in WORD.finditer(text):
        word = match[0].lower()
        valence = vader().lexicon.get(word, 0.0)
        if abs(valence) >= SAYS_SOMETHING and word not in NEGATE:
            negated = any(w in NEGATE or w.endswith("n't") or w == "no" for w in before)
            yield (POSITIVE if (valence > 0) != negated else NEGATIVE), *match.span()
        before = [*before, word][-NEGATION_REACHES:]
