"""The design matrix: examples as scaled rows, and the logistic regression fitted to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from voc.nlp.classifier import features
from voc.nlp.classifier.char_ngrams import BUCKETS
from voc.nlp.classifier.dataset import Dataset, Places
from voc.nlp.classifier.predict import centered, standardized
from voc.nlp.classifier.weights import Floats

# A snippet that only one text has could be somebody's name.
FEWEST_TEXTS_PER_SNIPPET = 2
REGULARIZATION = 0.2
MOST_ITERATIONS = 200

LabelArray = NDArray[np.str_] | NDArray[np.bool_]


@dataclass(frozen=True)
class Scales:
    """Factors for each block of columns: what is scaled down needs more examples to count."""

    numbers: float
    named: float
    mentioned: float
    snippets: float
    vector: float

    def of_table(self, columns: int, numbers: int) -> Floats:
        named = len(features.SENTIMENTS) + len(features.INTENTS)
        blocks = [numbers, named, columns - numbers - named]
        scales = np.array([self.numbers, self.named, self.mentioned], dtype=np.float32)
        return np.repeat(scales, blocks)


@dataclass(frozen=True)
class Column:
    """The fitted weights of one sentiment or topic, with every scale folded in."""

    name: str
    table: Floats
    vector: Floats
    grams: Floats
    bias: float


@dataclass(frozen=True)
class Standard:
    """The centre and spread by which rows and vectors are standardized; from the seen examples."""

    centre: Floats  # of each column of the table; what is only yes or no stays as it is
    spread: Floats
    middle: Floats  # of the vectors there are

    @classmethod
    def of(cls, dataset: Dataset, places: Places) -> Standard:
        rows, numbers = dataset.table[places], dataset.numbers
        centre, spread = np.zeros(rows.shape[1]), np.ones(rows.shape[1])
        centre[:numbers] = rows[:, :numbers].mean(axis=0)
        spread[:numbers] = rows[:, :numbers].std(axis=0)
        spread[spread == 0] = 1
        vectors = dataset.vectors[places]
        middle = vectors.sum(axis=0) / max(1, vectors.any(axis=1).sum())
        return cls(*(each.astype(np.float32) for each in (centre, spread, middle)))


class DesignMatrix:
    """Rows of features, vectors and snippets side by side, for some examples of a dataset."""

    def __init__(
        self, dataset: Dataset, places: Places, standard: Standard, scales: Scales
    ) -> None:
        self.places = places
        rows, snippets = dataset.table[places], dataset.snippets[places]
        self.table_scale = scales.of_table(rows.shape[1], dataset.numbers)
        self.vector_scale = scales.vector
        texts = np.asarray((snippets > 0).sum(axis=0)).ravel()
        self.known = np.flatnonzero(texts >= FEWEST_TEXTS_PER_SNIPPET)
        rarity = 1 + np.log((1 + len(places)) / (1 + texts[self.known]))
        self.snippet_scale = scales.snippets * rarity
        table = standardized(rows, standard.centre, standard.spread)
        vectors = centered(dataset.vectors[places], standard.middle)
        blocks = [
            sparse.csr_matrix(table * self.table_scale),
            sparse.csr_matrix(vectors * self.vector_scale),
            snippets[:, self.known].multiply(self.snippet_scale),
        ]
        self.matrix = sparse.hstack(blocks, format="csr")
        self.ends = np.cumsum([block.shape[1] for block in blocks])

    def fit(self, rows: Places, labels: LabelArray) -> LogisticRegression:
        """Rare labels count as much as common ones: nobody knows the mix of tomorrow."""
        model = LogisticRegression(
            C=REGULARIZATION, class_weight="balanced", max_iter=MOST_ITERATIONS
        )
        return model.fit(self.matrix[rows], labels[rows])

    def scores(self, model: LogisticRegression, rows: Places) -> Floats:
        """The decision function of two labels, for these rows: above zero for yes."""
        found: Floats = model.decision_function(self.matrix[rows])
        return found

    def columns(self, model: LogisticRegression) -> list[Column]:
        """A column for each label; scikit-learn has one for two labels, which is turned round."""
        fitted, biases = model.coef_, model.intercept_
        if len(model.classes_) == 2:
            fitted, biases = np.vstack([-fitted, fitted]), np.append(-biases, biases)
        return [
            self._column(str(name), weights, float(bias))
            for name, weights, bias in zip(model.classes_, fitted, biases, strict=True)
        ]

    def _column(self, name: str, weights: Floats, bias: float) -> Column:
        rows, vector, known = np.split(weights.astype(np.float32), self.ends[:-1])
        grams = np.zeros(BUCKETS + 1, dtype=np.float32)
        grams[self.known] = known * self.snippet_scale
        return Column(name, rows * self.table_scale, vector * self.vector_scale, grams, bias)
