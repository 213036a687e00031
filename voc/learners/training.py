"""voc/learners/training.py -- fit weights to what people said. Loads scikit-learn.

Logistic regression over what the rules made of a text, its snippets and, where there is one, its
vector. Each block has a scale: what is scaled down must show in more examples to count. Scales
and C are those that gained most on six labelled sets (docs/decisions/learning.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from voc.learners import table
from voc.learners.grams import BUCKETS
from voc.learners.learned import evened, off
from voc.learners.material import Material, Places
from voc.learners.weights import Floats, Weights

# With fewer examples than this, a feeling or a topic is left to the rules.
FEWEST = 10
# A snippet that only one text has could be somebody's name.
FEWEST_TEXTS = 2

NUMBERS, NAMED, MENTIONED, VECTOR, SNIPPETS = 0.3, 0.5, 0.3, 2.0, 1.0
C = 0.2
MOST_STEPS = 200

Labels = NDArray[np.str_] | NDArray[np.bool_]
Columns = list[tuple[str, Floats, float]]  # name, weights, bias


def train(material: Material, places: Places) -> Weights:
    """What these examples teach; without a column where they are too few."""
    design = Design(material, places)
    feelings, topics = list(_feelings(design)), list(_topics(design))
    return design.weights(feelings, topics)


class Design:
    """Some examples of the material as the rows of one matrix, every block at its scale."""

    def __init__(self, material: Material, places: Places) -> None:
        self.material, self.places = material, places
        rows = material.table[places]
        self.centre, self.spread = _middle(rows, material.numbers)
        self.scale = _scale(rows.shape[1], material.numbers)
        snippets = material.snippets[places]
        texts = np.asarray((snippets > 0).sum(axis=0)).ravel()
        self.known = np.flatnonzero(texts >= FEWEST_TEXTS)
        self.rarity = SNIPPETS * (1 + np.log((1 + len(places)) / (1 + texts[self.known])))
        vectors = material.vectors[places]
        self.middle = _mean(vectors[vectors.any(axis=1)])
        blocks = [
            sparse.csr_matrix(evened(rows, self.centre, self.spread) * self.scale),
            snippets[:, self.known].multiply(self.rarity),
            sparse.csr_matrix(off(vectors, self.middle) * VECTOR),
        ]
        self.matrix = sparse.hstack(blocks, format="csr")

    def fit(self, rows: Places, labels: Labels) -> Columns:
        """A column for each label; for a yes or no, the one of yes."""
        model = LogisticRegression(C=C, class_weight="balanced", max_iter=MOST_STEPS)
        model.fit(self.matrix[rows], labels[rows])
        names, columns, biases = model.classes_, model.coef_, model.intercept_
        if len(names) == 2:
            columns, biases = np.vstack([-columns, columns]), np.array([-biases[0], biases[0]])
        return [(str(n), c, float(b)) for n, c, b in zip(names, columns, biases, strict=True)]

    def weights(self, feelings: Columns, topics: Columns) -> Weights:
        """The columns taken apart into blocks again, with every scale folded in."""
        columns = [*feelings, *topics]
        length = self.matrix.shape[1]
        fitted = np.array([column for _, column, _ in columns]).reshape(-1, length).T
        rows, known = len(self.scale), len(self.known)
        grams = np.zeros((BUCKETS + 1, len(columns)), dtype=np.float32)
        grams[self.known] = fitted[rows : rows + known] * self.rarity[:, None]
        return Weights(
            feelings=tuple(name for name, _, _ in feelings),
            kept=_kept(self, {name for name, _, _ in feelings}),
            topics=tuple(name for name, _, _ in topics),
            mentioned=self.material.mentioned,
            numbers=self.material.numbers,
            centre=self.centre,
            spread=self.spread,
            middle=self.middle,
            table=(fitted[:rows] * self.scale[:, None]).astype(np.float32),
            vector=(fitted[rows + known :] * VECTOR).astype(np.float32),
            grams=grams,
            biases=np.array([bias for _, _, bias in columns], dtype=np.float32),
        )


def _feelings(design: Design) -> Columns:
    """Of those with examples enough, if there are two at least."""
    said = design.material.sentiments[design.places]
    counts = Counter(said.tolist())
    enough = [name for name, n in counts.items() if name and n >= FEWEST]
    return design.fit(np.flatnonzero(np.isin(said, enough)), said) if len(enough) > 1 else []


def _kept(design: Design, feelings: set[str]) -> tuple[str, ...]:
    """What the rules feel in too few examples to unlearn it."""
    told = design.material.sentiments[design.places] != ""
    counts = Counter(design.material.ruled[design.places][told].tolist())
    return tuple(f for f in table.SENTIMENTS if f not in feelings and counts[f] < FEWEST)


def _topics(design: Design) -> Iterator[tuple[str, Floats, float]]:
    rows = np.flatnonzero(design.material.sorted[design.places])
    for topic in design.material.mentioned:
        about = design.material.about(topic)[design.places]
        yes = int(about[rows].sum())
        if min(yes, len(rows) - yes) >= FEWEST:
            _no, (_name, column, bias) = design.fit(rows, about)
            yield topic, column, bias


def _middle(rows: Floats, numbers: int) -> tuple[Floats, Floats]:
    """Centre and spread of each column; what is only yes or no stays as it is."""
    centre, spread = np.zeros(rows.shape[1]), np.ones(rows.shape[1])
    centre[:numbers] = rows[:, :numbers].mean(axis=0)
    spread[:numbers] = rows[:, :numbers].std(axis=0)
    spread[spread == 0] = 1
    return centre.astype(np.float32), spread.astype(np.float32)


def _mean(vectors: Floats) -> Floats:
    """Of zeros where there is none."""
    mean: Floats = vectors.sum(axis=0) / max(1, len(vectors))
    return mean


def _scale(columns: int, numbers: int) -> Floats:
    named = len(table.SENTIMENTS) + len(table.INTENTS)
    mentioned = columns - numbers - named
    scales = np.array([NUMBERS, NAMED, MENTIONED], dtype=np.float32)
    return np.repeat(scales, [numbers, named, mentioned])
