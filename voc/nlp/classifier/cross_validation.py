"""Cross-validation: does a classifier read better than the rules alone?

Repeated k-fold: each time the classifier reads texts that it has not seen, and the rules read the
same. The folds share examples, so their differences vary less than those of new ones would: the
variance of the mean is taken as s²·(1/k + test/train), not s²/k (Nadeau & Bengio, Inference for
the Generalization Error, Machine Learning 52, 2003; Bouckaert & Frank, PAKDD 2004, for repeated
dealing). The classifier wins where the mean is above zero by Student's t, one-sided 5 %.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from statistics import fmean, variance
from typing import NamedTuple, Protocol

import numpy as np

from voc.nlp.classifier import FEWEST_EXAMPLES
from voc.nlp.classifier.dataset import Dataset, Places
from voc.nlp.classifier.examples import Example
from voc.nlp.classifier.fit import FEWEST_PER_LABEL, fit_weights
from voc.nlp.classifier.predict import predict
from voc.nlp.reading import Reading

FOLDS, REPEATS = 5, 3
CRITICAL_T = 1.761  # Student's t, FOLDS * REPEATS - 1 = 14 degrees of freedom, one-sided 5 %
MOST_JUDGED_EXAMPLES = 3_000  # examples that are judged by, the newest; more would only take longer


class Measure(Protocol):
    """A score from 0 to 1: how well these readings say what people said of the examples."""

    def __call__(self, examples: Sequence[Example], readings: Sequence[Reading]) -> float: ...


class Fold(NamedTuple):
    """The scores of the rules and of the classifier on the unseen examples of one fold."""

    rules: float
    learned: float


@dataclass(frozen=True)
class Verdict:
    """The mean scores over all folds, and whether the difference is more than chance."""

    rules: float
    learned: float
    wins: bool

    @classmethod
    def of(cls, folds: Sequence[Fold]) -> Verdict:
        gains = [fold.learned - fold.rules for fold in folds]
        error = sqrt(variance(gains) * (1 / len(folds) + 1 / (FOLDS - 1)))
        return cls(
            rules=fmean(fold.rules for fold in folds),
            learned=fmean(fold.learned for fold in folds),
            wins=fmean(gains) > CRITICAL_T * error,
        )


def of_feelings(examples: Sequence[Example]) -> Verdict | None:
    """The verdict by macro-F1 over the frequent sentiments; None for too few examples."""
    newest = examples[:MOST_JUDGED_EXAMPLES]
    checked = [replace(e, topics=None) for e in newest if e.sentiment is not None]
    counts = Counter(example.sentiment for example in checked)
    frequent = {f for f, n in counts.items() if f and n >= FEWEST_PER_LABEL}
    return _compared(checked, MacroF1(frequent))


@dataclass(frozen=True)
class TopicsVerdict:
    """The verdict on each topic by its own F1, and by micro-F1 on those that win together.

    `wins` where at least one topic wins, and the whole is better for it.
    """

    whole: Verdict
    topics: tuple[str, ...]  # that are read better than by the rules; the others are left to them

    @property
    def wins(self) -> bool:
        return bool(self.topics) and self.whole.wins


def of_topics(examples: Sequence[Example]) -> TopicsVerdict | None:
    """The verdict on topics, each judged by itself; None for too few examples."""
    newest = examples[:MOST_JUDGED_EXAMPLES]
    checked = [replace(e, sentiment=None) for e in newest if e.topics is not None]
    if len(checked) < FEWEST_EXAMPLES:
        return None
    folds = _folds(checked)
    topics = sorted({topic for fold in folds for topic in fold.topics})
    won = tuple(topic for topic in topics if _verdict(folds, F1Of(topic)).wins)
    return TopicsVerdict(_verdict([fold.only(won) for fold in folds], micro_f1), won)


def _compared(examples: Sequence[Example], measure: Measure) -> Verdict | None:
    if len(examples) < FEWEST_EXAMPLES:
        return None
    return _verdict(_folds(examples), measure)


@dataclass(frozen=True)
class ReadFold:
    """The unseen examples of one fold, as the rules read them and as the classifier does."""

    examples: Sequence[Example]
    rules: Sequence[Reading]
    learned: Sequence[Reading]
    topics: tuple[str, ...]  # that the classifier knows

    def only(self, topics: Collection[str]) -> ReadFold:
        """The fold as it would be with these topics learned, and the others left to the rules."""
        pairs = zip(self.rules, self.learned, strict=True)
        return replace(self, learned=[_mixed(rules, learned, topics) for rules, learned in pairs])


def _mixed(rules: Reading, learned: Reading, topics: Collection[str]) -> Reading:
    return replace(
        rules,
        mentions=(
            *(mention for mention in rules.mentions if mention.topic not in topics),
            *(mention for mention in learned.mentions if mention.topic in topics),
        ),
    )


def _verdict(folds: Sequence[ReadFold], measure: Measure) -> Verdict:
    return Verdict.of(
        [
            Fold(measure(fold.examples, fold.rules), measure(fold.examples, fold.learned))
            for fold in folds
        ]
    )


def _folds(examples: Sequence[Example]) -> list[ReadFold]:
    dataset = Dataset(examples)
    return [_fold(dataset, seen, unseen) for seen, unseen in _splits(dataset)]


def _fold(dataset: Dataset, seen: Places, unseen: Places) -> ReadFold:
    weights = fit_weights(dataset, seen)
    examples = [dataset.examples[place] for place in unseen]
    rules = [example.reading for example in examples]
    texts = [example.text for example in examples]
    learned = predict(weights, texts, rules, dataset.vectors[unseen])
    return ReadFold(examples, rules, learned, weights.topics)


def _splits(dataset: Dataset) -> Iterator[tuple[Places, Places]]:
    """Train and test sets; every example is unseen once in each repeat, in stratified folds."""
    random = np.random.default_rng(0)  # the same examples are judged the same
    kinds = np.array([_kind(example) for example in dataset.examples])
    for _repeat in range(REPEATS):
        order = random.permutation(len(kinds))
        order = order[np.argsort(kinds[order], kind="stable")]
        for fold in range(FOLDS):
            unseen = order[fold::FOLDS]
            yield np.setdiff1d(order, unseen), unseen


def _kind(example: Example) -> str:
    return example.sentiment or "|".join(sorted(example.topics or ()))


@dataclass(frozen=True)
class MacroF1:
    """The mean F1 of these sentiments: each counts alike, however rare."""

    feelings: Collection[str]

    def __call__(self, examples: Sequence[Example], readings: Sequence[Reading]) -> float:
        pairs = [(e.sentiment, r.sentiment) for e, r in zip(examples, readings, strict=True)]
        return fmean(self._f1(feeling, pairs) for feeling in self.feelings or [""])

    def _f1(self, feeling: str, pairs: Sequence[tuple[str | None, str | None]]) -> float:
        hits = sum(truth == guess == feeling for truth, guess in pairs)
        return _f1(hits, sum((truth == feeling) + (guess == feeling) for truth, guess in pairs))


@dataclass(frozen=True)
class F1Of:
    """The F1 of one topic over all texts."""

    topic: str

    def __call__(self, examples: Sequence[Example], readings: Sequence[Reading]) -> float:
        pairs = [
            (self.topic in (e.topics or ()), any(m.topic == self.topic for m in r.mentions))
            for e, r in zip(examples, readings, strict=True)
        ]
        hits = sum(truth and guess for truth, guess in pairs)
        return _f1(hits, sum(truth + guess for truth, guess in pairs))


def micro_f1(examples: Sequence[Example], readings: Sequence[Reading]) -> float:
    """F1 over all pairs of text and topic: each counts alike."""
    pairs = [
        (example.topics or frozenset(), {mention.topic for mention in reading.mentions})
        for example, reading in zip(examples, readings, strict=True)
    ]
    hits = sum(len(truth & guess) for truth, guess in pairs)
    return _f1(hits, sum(len(truth) + len(guess) for truth, guess in pairs))


def _f1(hits: int, named: int) -> float:
    """F1 from hits and the number of times named by either side; 1 where nobody named any."""
    return 2 * hits / named if named else 1.0
