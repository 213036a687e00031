"""Fit a classifier to checked examples. Loads scikit-learn.

Logistic regression over what the rules made of a text, its snippets and, where there is one, its
vector. The scales are those that gained most on six labelled sets (docs/decisions/learning.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from voc.nlp.classifier import features
from voc.nlp.classifier.carriers import Carriers, carriers
from voc.nlp.classifier.char_ngrams import BUCKETS
from voc.nlp.classifier.dataset import Dataset, Mask, Places
from voc.nlp.classifier.design_matrix import Column, DesignMatrix, Scales, Standard
from voc.nlp.classifier.weights import Floats, Weights

# With fewer examples than this, a feeling or a topic is left to the rules.
FEWEST_PER_LABEL = 10

FEELING_SCALES = Scales(numbers=0.3, named=0.5, mentioned=0.3, snippets=1.0, vector=6.0)
TOPIC_SCALES = Scales(numbers=0.1, named=0.3, mentioned=2.0, snippets=1.5, vector=2.0)

# Where a topic begins to be one is moved by one of these, for all topics alike.
SHIFTS = (0.0, 0.1, 0.2, 0.3, 0.4, -0.1, -0.2)
SHIFT_FOLDS = 3


def fit_weights(
    dataset: Dataset, places: Places, *, topics_left_to_rules: Collection[str] = ()
) -> Weights:
    """Weights fitted to these examples; a label with too few of them has no column."""
    standard = Standard.of(dataset, places)
    feelings = _feelings(dataset, places, standard)
    topics = _topics(dataset, places, standard, topics_left_to_rules)
    columns = [*feelings, *topics]
    return Weights(
        feelings=tuple(column.name for column in feelings),
        kept=_left_to_rules(dataset, places, {column.name for column in feelings}),
        topics=tuple(column.name for column in topics),
        mentioned=dataset.mentioned,
        numbers=dataset.numbers,
        centre=standard.centre,
        spread=standard.spread,
        middle=standard.middle,
        table=_stacked([column.table for column in columns], len(standard.centre)),
        vector=_stacked([column.vector for column in columns], len(standard.middle)),
        grams=_stacked([column.grams for column in columns], BUCKETS + 1),
        biases=np.array([column.bias for column in columns], dtype=np.float32),
        carriers=tuple(_carriers(dataset, places, column.name) for column in topics),
    )


def _stacked(columns: Sequence[Floats], length: int) -> Floats:
    """The columns side by side, as a matrix of this many rows; also when there is none."""
    return np.array(columns, dtype=np.float32).reshape(len(columns), length).T


def _feelings(dataset: Dataset, places: Places, standard: Standard) -> list[Column]:
    """A column for each sentiment that has enough examples, if there are two at least."""
    sentiments = dataset.sentiments[places]
    counts = Counter(sentiments.tolist())
    enough = [name for name, n in counts.items() if name and n >= FEWEST_PER_LABEL]
    if len(enough) < 2:
        return []
    design = DesignMatrix(dataset, places, standard, FEELING_SCALES)
    return design.columns(design.fit(np.flatnonzero(np.isin(sentiments, enough)), sentiments))


def _left_to_rules(dataset: Dataset, places: Places, feelings: set[str]) -> tuple[str, ...]:
    """Sentiments that stay as the rules read them: too few examples to unlearn them."""
    checked = dataset.sentiments[places] != ""
    counts = Counter(dataset.by_rules[places][checked].tolist())
    return tuple(
        f for f in features.SENTIMENTS if f not in feelings and counts[f] < FEWEST_PER_LABEL
    )


def _topics(
    dataset: Dataset, places: Places, standard: Standard, left_to_rules: Collection[str]
) -> list[Column]:
    truths = _learnable(dataset, places, set(dataset.mentioned) - set(left_to_rules))
    if not truths:
        return []
    design = DesignMatrix(dataset, places, standard, TOPIC_SCALES)
    rows = np.flatnonzero(dataset.has_topics[places])
    shift = _best_shift(design, rows, truths)
    columns = {t: design.columns(design.fit(rows, truth))[1] for t, truth in truths.items()}
    return [replace(c, name=topic, bias=c.bias + shift) for topic, c in columns.items()]


def _carriers(dataset: Dataset, places: Places, topic: str) -> Carriers:
    checked = places[dataset.has_topics[places]]
    truth = dataset.has_topic(topic)[checked]
    return carriers([dataset.words[place] for place in checked], truth.tolist())


def _learnable(dataset: Dataset, places: Places, topics: Collection[str]) -> dict[str, Mask]:
    """Topics that enough examples have, and enough have not; for each, which ones have it."""
    checked = dataset.has_topics[places]
    truths = {topic: dataset.has_topic(topic)[places] & checked for topic in sorted(topics)}
    return {
        topic: truth
        for topic, truth in truths.items()
        if min(truth.sum(), checked.sum() - truth.sum()) >= FEWEST_PER_LABEL
    }


def _best_shift(design: DesignMatrix, rows: Places, truths: dict[str, Mask]) -> float:
    """The shift of the threshold for all topics that gains most F1; the smallest of equals.

    What is learned of rare topics finds too much or too little. Measured by cross-validation among
    the rows.
    """
    order = np.random.default_rng(0).permutation(rows)
    truth, scores = np.array(list(truths.values())).T, np.zeros((len(design.places), len(truths)))
    for fold in range(SHIFT_FOLDS):
        unseen = order[fold::SHIFT_FOLDS]
        seen = np.setdiff1d(order, unseen)
        for place, labels in enumerate(truths.values()):
            if 0 < labels[seen].sum() < len(seen):
                scores[unseen, place] = design.scores(design.fit(seen, labels), unseen)
    return max(SHIFTS, key=lambda shift: _f1(truth[rows], scores[rows] + shift > 0))


def _f1(truth: Mask, found: Mask) -> float:
    return float(2 * (truth & found).sum() / max(1, truth.sum() + found.sum()))
