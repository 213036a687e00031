"""The dataset of checked examples, as arrays computed once for many fits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from voc.nlp.classifier import char_ngrams, features
from voc.nlp.classifier.examples import Example
from voc.nlp.classifier.weights import Floats
from voc.nlp.content_words import ContentWords
from voc.nlp.languages import READABLE

Places = NDArray[np.intp]  # of examples
Mask = NDArray[np.bool_]


class Dataset:
    """Examples of one language: for each a row of features, its snippets and its vector."""

    def __init__(self, examples: Sequence[Example]) -> None:
        readings = [example.reading for example in examples]
        self.examples = examples
        self.numbers = Counter(len(r.numbers) for r in readings).most_common(1)[0][0]
        self.mentioned = _topics(examples)
        self.table = features.table(readings, self.numbers, self.mentioned)
        self.snippets = _snippets([example.text for example in examples])
        self.vectors = _vectors(examples)

    @cached_property
    def sentiments(self) -> NDArray[np.str_]:
        """The sentiment that people chose for each example; "" where nobody did."""
        return np.array([example.sentiment or "" for example in self.examples])

    @cached_property
    def by_rules(self) -> NDArray[np.str_]:
        """The sentiment that the rules read in each example; "" where they read none."""
        return np.array([example.reading.sentiment or "" for example in self.examples])

    @cached_property
    def has_topics(self) -> Mask:
        """True where somebody said which topics the text has, even if none."""
        return np.array([example.topics is not None for example in self.examples])

    @cached_property
    def words(self) -> list[ContentWords]:
        """The content words of each example."""
        return [
            READABLE[example.reading.language].nouns.content_words(example.text)
            for example in self.examples
        ]

    def has_topic(self, topic: str) -> Mask:
        return np.array([topic in (example.topics or ()) for example in self.examples])


def _topics(examples: Sequence[Example]) -> tuple[str, ...]:
    """All topics that the rules find or people name, sorted."""
    return tuple(sorted({t for e in examples for t in (*e.found, *(e.topics or ()))}))


def _snippets(texts: Sequence[str]) -> sparse.csr_matrix:
    """Counts of each snippet in each text, divided by the root of the text's number of snippets."""
    cut = char_ngrams.cut(texts)
    text = np.repeat(np.arange(len(texts)), np.diff([*cut.starts, len(cut.buckets)]))
    places = np.tile(text, len(char_ngrams.LENGTHS)), cut.buckets.T.ravel()
    shares = 1 / np.sqrt(cut.counts)[places[0]]
    counted = sparse.csr_matrix((shares, places), shape=(len(texts), char_ngrams.BUCKETS + 1))
    return counted[:, : char_ngrams.BUCKETS]


def _vectors(examples: Sequence[Example]) -> Floats:
    """The embeddings, zeros where there is none; no columns where there is none at all."""
    length = max((len(e.vector) for e in examples if e.vector is not None), default=0)
    none = np.zeros(length, dtype=np.float32)
    found = [none if e.vector is None else e.vector for e in examples]
    return np.array(found, dtype=np.float32).reshape(len(examples), length)
