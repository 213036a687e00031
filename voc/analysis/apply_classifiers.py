"""Applies the trained classifiers to what the rules have read."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache

from voc.analysis.vectors import matrix
from voc.models import Lesson
from voc.nlp.classifier.predict import better
from voc.nlp.classifier.weights import Weights, from_npz
from voc.nlp.reading import Reading

Readings = dict[int, Reading]
logger = logging.getLogger(__name__)


def recall(texts: Mapping[int, str], readings: Readings, topics: Collection[str]) -> Readings:
    """The same readings, by id, bettered by the lessons that are in use at this moment.

    A lesson may know topics that are no longer in use: only these are looked for.
    """
    for lesson in Lesson.objects.in_use().understood().without_weights():
        readings = readings | _recalled(lesson, texts, readings, topics)
    return readings


def _recalled(
    lesson: Lesson, texts: Mapping[int, str], readings: Readings, topics: Collection[str]
) -> Readings:
    """Those of its language. Should anything be wrong with it, the rules alone read well too."""
    ids = [pk for pk, reading in readings.items() if reading.language == lesson.language]
    vectors = matrix(ids) if lesson.with_vectors else None
    said, read = [texts[pk] for pk in ids], [readings[pk] for pk in ids]
    try:
        found = better(weights(lesson.pk), said, read, vectors)
    except Exception as error:
        logger.error("lesson %s could not be used: %s", lesson, type(error).__name__)
        return {}
    return {pk: _signed(reading, lesson, topics) for pk, reading in zip(ids, found, strict=True)}


def _signed(reading: Reading, lesson: Lesson, topics: Collection[str]) -> Reading:
    known = tuple(mention for mention in reading.mentions if mention.topic in topics)
    return replace(reading, mentions=known, version=f"{reading.version}+{lesson}")


@lru_cache(maxsize=4)
def weights(lesson: int) -> Weights:
    """A lesson never changes once it is written."""
    return from_npz(bytes(Lesson.objects.values_list("weights", flat=True).get(pk=lesson)))
