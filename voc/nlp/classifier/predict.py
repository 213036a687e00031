"""Predict sentiment and topics with a trained classifier, on top of what the rules read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

import numpy as np

from voc.nlp.classifier import char_ngrams, features
from voc.nlp.classifier.carriers import carrier
from voc.nlp.classifier.weights import Floats, Weights
from voc.nlp.languages import READABLE
from voc.nlp.reading import (
    COMPLAINT,
    MIXED,
    NEGATIVE,
    POSITIVE,
    PRAISE,
    QUESTION,
    REQUEST,
    Mention,
    Reading,
)

ASKING = {REQUEST, QUESTION}
INTENT_OF = {NEGATIVE: COMPLAINT, MIXED: COMPLAINT, POSITIVE: PRAISE}

MOST_SPREADS = 4.0  # spreads from the centre; what is farther out weighs no more


def predict(
    weights: Weights,
    texts: Sequence[str],
    readings: Sequence[Reading],
    vectors: Floats | None = None,
) -> list[Reading]:
    """The readings in the same order, corrected by the classifier; all of one language.

    `vectors` has a row for each text, of zeros where there is none yet.

    The words that show a feeling or a topic stay those of the rules. A topic that is there by
    prediction alone is given where a word of the text carries it; it feels as the whole does.
    """
    if not texts or not len(weights.biases):
        return list(readings)
    scores = decision_scores(weights, texts, readings, vectors)
    pairs = zip(readings, scores, strict=True)
    return [
        _corrected(weights, text, reading, row)
        for text, (reading, row) in zip(texts, pairs, strict=True)
    ]


def decision_scores(
    weights: Weights, texts: Sequence[str], readings: Sequence[Reading], vectors: Floats | None
) -> Floats:
    """A row for each text, a column for each sentiment and topic; above zero for yes."""
    rows = features.table(readings, weights.numbers, weights.mentioned)
    scores = standardized(rows, weights.centre, weights.spread) @ weights.table + weights.biases
    if vectors is not None and vectors.shape[1] == len(weights.vector):
        scores += centered(vectors, weights.middle) @ weights.vector
    snippets = char_ngrams.cut(texts)
    # In three steps, each small: all at once would be a block of characters x 3 x columns.
    for place in range(len(char_ngrams.LENGTHS)):
        found = weights.grams[snippets.buckets[:, place]]
        scores += np.add.reduceat(found, snippets.starts) / _root_of_lengths(snippets)
    return scores


def standardized(rows: Floats, centre: Floats, spread: Floats) -> Floats:
    """Rows as distances from the centre in spreads, clipped."""
    clipped: Floats = np.clip((rows - centre) / spread, -MOST_SPREADS, MOST_SPREADS)
    return clipped


def centered(vectors: Floats, middle: Floats) -> Floats:
    """Vectors less the mean vector: what most texts share says nothing about one.

    A text without a vector, all zeros, stands in the middle.
    """
    return np.where(vectors.any(axis=1, keepdims=True), vectors - middle, 0)


def _root_of_lengths(snippets: char_ngrams.Grams) -> Floats:
    """A text twice as long says more, but not twice as much."""
    root: Floats = np.sqrt(snippets.counts)
    return root[:, None]


def _corrected(weights: Weights, text: str, reading: Reading, scores: Floats) -> Reading:
    if reading.sentiment is None:
        return reading
    feelings, topics = scores[: len(weights.feelings)], scores[len(weights.feelings) :]
    if weights.feelings and reading.sentiment not in weights.kept:
        reading = _feeling(reading, weights.feelings[int(feelings.argmax())])
    found = {t for t, is_found in zip(weights.topics, topics > 0, strict=True) if is_found}
    kept = [m for m in reading.mentions if m.topic in found or m.topic not in weights.topics]
    new = found - {mention.topic for mention in kept}
    return replace(reading, mentions=(*kept, *_learned_mentions(weights, text, reading, new)))


def _feeling(reading: Reading, sentiment: str) -> Reading:
    """Complaint and praise go with the feeling. Who asks or presses us does so all the same."""
    if sentiment == reading.sentiment or reading.urgency or reading.intent in ASKING:
        return replace(reading, sentiment=sentiment)
    return replace(reading, sentiment=sentiment, intent=INTENT_OF.get(sentiment))


def _learned_mentions(
    weights: Weights, text: str, reading: Reading, new: Collection[str]
) -> Iterator[Mention]:
    """Mentions of topics that the rules did not find, each with the word that carries it."""
    if not new:
        return
    words = READABLE[reading.language].nouns.content_words(text)
    for topic, known in zip(weights.topics, weights.carriers, strict=True):
        if topic in new and (word := carrier(words, known)):
            yield Mention(topic, str(reading.sentiment), word.start, word.end)
