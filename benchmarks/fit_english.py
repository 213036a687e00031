"""Fit the weights that English is read with: python -m benchmarks.fit_english DATA

DATA is a folder with en_uci.tsv (Kotzias et al. 2015, CC BY 4.0), en_products.tsv (Hu & Liu 2004;
Ding et al. 2008, CC BY 4.0) and en_hutto_amazon.tsv (Hutto & Gilbert 2014, MIT). Only weights
leave this script, into voc/nlp/en/data: of what `numbers` measures (weights.json), and of
words that are common in two of the sets (words.tsv); no text does. It needs scikit-learn, which
reading does not.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from benchmarks.sets import Row, load
from voc.nlp.en.document import FITTED, WORDS, numbers
from voc.nlp.en.reader import parse

SETS = ("en_uci", "en_products", "en_hutto_amazon")
CLASSES = ("neg", "neu", "pos")

FEWEST_SENTENCES = 5  # of a set, in which a common word occurs
FEWEST_SETS = 2  # in which it is common
# A word counts little beside what is measured: more of it suits the three sets, and nobody else.
WORD_SCALE = 0.2
# Sentences cut from product reviews are neutral more often than what is written to a company.
NEUTRAL_PENALTY = 0.3
REGULARIZATION = 0.3  # the inverse of how much weights are held down


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with the three sets")
    folder = parser.parse_args().data
    fit([[row for row in load(folder / f"{name}.tsv") if row.label in CLASSES] for name in SETS])


def fit(sets: list[list[Row]]) -> None:
    """Rare classes count as much as common ones: nobody knows the mix of the next customer."""
    rows = [row for each in sets for row in each]
    texts = [parse(row.text) for row in rows]
    measured = [numbers(text.words, text.evidence, text.clauses) for text in texts]
    said = [" ".join(set(text.words.words)) for text in texts]
    common = _common(said, [len(each) for each in sets])
    scale = StandardScaler().fit(measured)
    counts = CountVectorizer(vocabulary=common, binary=True, analyzer=str.split)
    model = LogisticRegression(C=REGULARIZATION, class_weight="balanced", max_iter=1000)
    model.fit(
        hstack([csr_matrix(scale.transform(measured)), counts.transform(said) * WORD_SCALE]),
        [row.label for row in rows],
    )
    # Scaling is folded into the weights, so that reading is one multiplication.
    weights = model.coef_[:, : len(scale.mean_)] / scale.scale_
    biases = model.intercept_ - weights @ scale.mean_
    biases[CLASSES.index("neu")] -= NEUTRAL_PENALTY
    _write(len(rows), weights.tolist(), biases.tolist())
    _write_words(common, (model.coef_[:, len(scale.mean_) :] * WORD_SCALE).T.tolist())


def _common(said: list[str], sizes: list[int]) -> list[str]:
    """Words that occur in enough sentences, of more than one kind of review."""
    found: Counter[str] = Counter()
    for size in sizes:
        counted = Counter(word for text in said[:size] for word in text.split())
        found.update(word for word, times in counted.items() if times >= FEWEST_SENTENCES)
        said = said[size:]
    return sorted(w for w, times in found.items() if times >= FEWEST_SETS and w.isascii() and w[1:])


def _write(fitted_on: int, rows: list[list[float]], biases: list[float]) -> None:
    fitted = {
        "sets": list(SETS),
        "fitted_on": fitted_on,
        "classes": list(CLASSES),
        "rows": [[round(w, 5) for w in row] for row in rows],
        "biases": [round(b, 5) for b in biases],
    }
    FITTED.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")
    print(f"{FITTED} written, from {fitted_on} sentences")


def _write_words(words: list[str], rows: list[list[float]]) -> None:
    lines = (
        "\t".join((word, *(f"{w:.3f}" for w in row))) for word, row in zip(words, rows, strict=True)
    )
    WORDS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{WORDS} written, {len(words)} words")


if __name__ == "__main__":
    main()
