"""Applies the trained classifiers to the readings that the rules made."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache

from voc.analysis.vectors import matrix
from voc.models import Classifier
from voc.nlp.classifier.predict import predict
from voc.nlp.classifier.weights import Weights, from_npz
from voc.nlp.reading import Reading

Readings = dict[int, Reading]
logger = logging.getLogger(__name__)


def apply_classifiers(
    texts: Mapping[int, str], readings: Readings, topics: Collection[str]
) -> Readings:
    """Readings by id, bettered by the classifiers that are in use at this moment.

    A classifier may know topics that are no longer in use: only these are looked for.
    """
    for classifier in Classifier.objects.in_use().with_current_rules().without_weights():
        readings = readings | _applied(classifier, texts, readings, topics)
    return readings


def _applied(
    classifier: Classifier, texts: Mapping[int, str], readings: Readings, topics: Collection[str]
) -> Readings:
    """Readings of one classifier's language, bettered; none if it fails: rules read well, too."""
    ids = [pk for pk, reading in readings.items() if reading.language == classifier.language]
    vectors = matrix(ids) if classifier.with_embeddings else None
    words, by_rules = [texts[pk] for pk in ids], [readings[pk] for pk in ids]
    try:
        found = predict(load_weights(classifier.pk), words, by_rules, vectors)
    except Exception as error:
        logger.error("classifier %s could not be used: %s", classifier, type(error).__name__)
        return {}
    return {
        pk: _signed(reading, classifier, topics) for pk, reading in zip(ids, found, strict=True)
    }


def _signed(reading: Reading, classifier: Classifier, topics: Collection[str]) -> Reading:
    known = tuple(mention for mention in reading.mentions if mention.topic in topics)
    return replace(reading, mentions=known, version=f"{reading.version}+{classifier}")


@lru_cache(maxsize=4)
def load_weights(classifier: int) -> Weights:
    """The weights of a classifier, cached: once stored it never changes."""
    return from_npz(bytes(Classifier.objects.values_list("weights", flat=True).get(pk=classifier)))
