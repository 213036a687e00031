"""The feature table: what the rules measured in each text, as a row of numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from voc.nlp.reading import (
    COMPLAINT,
    MIXED,
    NEGATIVE,
    NEUTRAL,
    POSITIVE,
    PRAISE,
    QUESTION,
    REQUEST,
    Reading,
)

SENTIMENTS = (NEGATIVE, NEUTRAL, POSITIVE, MIXED)
INTENTS = (REQUEST, QUESTION, COMPLAINT, PRAISE)
MENTION_SENTIMENTS = (NEGATIVE, POSITIVE)

Rows = NDArray[np.float32]


def table(readings: Sequence[Reading], numbers: int, topics: Sequence[str]) -> Rows:
    """A row for each reading: its numbers, sentiment, intent and mentioned topics.

    A reading with more or fewer numbers than these counts as one that measured nothing.
    """
    return np.array(
        [[*_measured(r, numbers), *_named(r), *_mentioned(r, topics)] for r in readings],
        dtype=np.float32,
    ).reshape(len(readings), numbers + len(SENTIMENTS) + len(INTENTS) + 3 * len(topics))


def _measured(reading: Reading, numbers: int) -> tuple[float, ...]:
    return reading.numbers if len(reading.numbers) == numbers else (0.0,) * numbers


def _named(reading: Reading) -> list[bool]:
    return [
        *(reading.sentiment == sentiment for sentiment in SENTIMENTS),
        *(reading.intent == intent for intent in INTENTS),
    ]


def _mentioned(reading: Reading, topics: Sequence[str]) -> list[bool]:
    """A flag for each topic: mentioned; two more: mentioned as negative, and as positive."""
    sentiments = {mention.topic: mention.sentiment for mention in reading.mentions}
    return [
        flag
        for topic in topics
        for flag in (
            topic in sentiments,
            *(sentiments.get(topic) == sentiment for sentiment in MENTION_SENTIMENTS),
        )
    ]
