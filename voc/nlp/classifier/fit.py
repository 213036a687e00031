"""Fit weights to what people said. Loads scikit-learn.

Logistic regression over what the rules made of a text, its snippets and, where there is one, its
vector. The scales are those that gained most on six labelled sets (docs/decisions/learning.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from voc.nlp.classifier import features
from voc.nlp.classifier.char_ngrams import BUCKETS
from voc.nlp.classifier.dataset import Material, Places, Yes
from voc.nlp.classifier.design_matrix import Column, Design, Scales, Usual
from voc.nlp.classifier.weights import Floats, Weights

# With fewer examples than this, a feeling or a topic is left to the rules.
FEWEST = 10

FEELINGS = Scales(numbers=0.3, named=0.5, mentioned=0.3, snippets=1.0, vector=6.0)
TOPICS = Scales(numbers=0.1, named=0.3, mentioned=2.0, snippets=1.5, vector=2.0)

# Where a topic begins to be one is moved by one of these, for all topics alike.
SHIFTS = (0.0, 0.1, 0.2, 0.3, 0.4, -0.1, -0.2)
TRIALS = 3


def train(material: Material, places: Places) -> Weights:
    """What these examples teach; without a column where they are too few."""
    usual = Usual.of(material, places)
    feelings, topics = _feelings(material, places, usual), _topics(material, places, usual)
    columns = [*feelings, *topics]
    return Weights(
        feelings=tuple(column.name for column in feelings),
        kept=_kept(material, places, {column.name for column in feelings}),
        topics=tuple(column.name for column in topics),
        mentioned=material.mentioned,
        numbers=material.numbers,
        centre=usual.centre,
        spread=usual.spread,
        middle=usual.middle,
        table=_beside([column.table for column in columns], len(usual.centre)),
        vector=_beside([column.vector for column in columns], len(usual.middle)),
        grams=_beside([column.grams for column in columns], BUCKETS + 1),
        biases=np.array([column.bias for column in columns], dtype=np.float32),
    )


def _beside(columns: Sequence[Floats], length: int) -> Floats:
    """As they are beside each other, also when there is none."""
    return np.array(columns, dtype=np.float32).reshape(len(columns), length).T


def _feelings(material: Material, places: Places, usual: Usual) -> list[Column]:
    """Of those with examples enough, if there are two at least."""
    said = material.sentiments[places]
    counts = Counter(said.tolist())
    enough = [name for name, n in counts.items() if name and n >= FEWEST]
    if len(enough) < 2:
        return []
    design = Design(material, places, usual, FEELINGS)
    return design.columns(design.fit(np.flatnonzero(np.isin(said, enough)), said))


def _kept(material: Material, places: Places, feelings: set[str]) -> tuple[str, ...]:
    """What the rules feel in too few examples to unlearn it."""
    told = material.sentiments[places] != ""
    counts = Counter(material.ruled[places][told].tolist())
    return tuple(f for f in features.SENTIMENTS if f not in feelings and counts[f] < FEWEST)


def _topics(material: Material, places: Places, usual: Usual) -> list[Column]:
    about = _learnable(material, places)
    if not about:
        return []
    design = Design(material, places, usual, TOPICS)
    rows = np.flatnonzero(material.sorted[places])
    shift = _shift(design, rows, about)
    columns = {t: design.columns(design.fit(rows, truth))[1] for t, truth in about.items()}
    return [replace(c, name=topic, bias=c.bias + shift) for topic, c in columns.items()]


def _learnable(material: Material, places: Places) -> dict[str, Yes]:
    """Topics that enough examples have, and enough have not; and which ones have them."""
    told = material.sorted[places]
    about = {topic: material.about(topic)[places] & told for topic in material.mentioned}
    return {
        topic: truth
        for topic, truth in about.items()
        if min(truth.sum(), told.sum() - truth.sum()) >= FEWEST
    }


def _shift(design: Design, rows: Places, about: dict[str, Yes]) -> float:
    """What is learned of rare topics finds too much or too little: seen by previews among the rows.

    The shift that finds most right, the smallest of equals.
    """
    order = np.random.default_rng(0).permutation(rows)
    truth, scores = np.array(list(about.values())).T, np.zeros((len(design.places), len(about)))
    for preview in range(TRIALS):
        unseen = order[preview::TRIALS]
        seen = np.setdiff1d(order, unseen)
        for place, labels in enumerate(about.values()):
            if 0 < labels[seen].sum() < len(seen):
                scores[unseen, place] = design.scores(design.fit(seen, labels), unseen)
    return max(SHIFTS, key=lambda shift: _f1(truth[rows], scores[rows] + shift > 0))


def _f1(truth: Yes, found: Yes) -> float:
    return float(2 * (truth & found).sum() / max(1, truth.sum() + found.sum()))
