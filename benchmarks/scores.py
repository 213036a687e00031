"""F1 scores of readings against labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from benchmarks.sets import Row

LABELS = ("neg", "neu", "pos")
# Our words in those of the sets; what cannot be read has none.
LABEL_OF = {"negative": "neg", "neutral": "neu", "positive": "pos", "mixed": "mixed", None: ""}


@dataclass(frozen=True)
class F1:
    """2·hits / (times they were there + times they were guessed), over topics.

    `micro` counts every mention alike; `macro` counts every topic alike, however rare.
    """

    micro: float
    macro: float


def f3(rows: Sequence[Row], guesses: Sequence[str]) -> float | None:
    """Macro-F1 over three labels; None for a set without them.

    Rows labelled mixed or not at all are left out; any guess but the label is a miss for it.
    """
    pairs = [(r.label, g) for r, g in zip(rows, guesses, strict=True) if r.label in LABELS]
    return mean(_f1(label, pairs) for label in LABELS) if pairs else None


def _f1(label: str, pairs: Iterable[tuple[str, str]]) -> float:
    about = [(truth == label, guess == label) for truth, guess in pairs]
    hits = sum(truth and guess for truth, guess in about)
    return _ratio(hits, sum(truth + guess for truth, guess in about))


def f1_of_topics(
    truths: Sequence[Collection[str]], guesses: Sequence[Collection[str]], topics: Collection[str]
) -> F1:
    """How well the topics of each text were found; either side may name none or several."""
    hits, named = Counter[str](), Counter[str]()
    for truth, guess in zip(truths, guesses, strict=True):
        hits.update(set(truth) & set(guess))
        named.update([*truth, *guess])
    each = [_ratio(hits[topic], named[topic]) for topic in topics]
    micro = _ratio(sum(hits[t] for t in topics), sum(named[t] for t in topics))
    return F1(micro, sum(each) / (len(each) or 1))


def _ratio(hits: int, named: int) -> float:
    return 2 * hits / (named or 1)


def mean(values: Iterable[float]) -> float | None:
    values = list(values)
    return sum(values) / len(values) if values else None
