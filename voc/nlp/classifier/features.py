"""What the rules made of a text, as a row of numbers."""

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


def rows(readings: Sequence[Reading], numbers: int, topics: Sequence[str]) -> Rows:
    """One for each reading: its numbers, its feeling, its intent, and the topics it mentions.

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
    """For each topic: whether it is there, whether with anger, whether with joy."""
    felt = {mention.topic: mention.sentiment for mention in reading.mentions}
    return [
        said
        for topic in topics
        for said in (topic in felt, *(felt.get(topic) == feeling for feeling in MENTION_SENTIMENTS))
    ]
