"""The training example: a reading, and what people said of it."""

from __future__ import annotations

from dataclasses import dataclass

from voc.nlp.classifier.weights import Floats
from voc.nlp.reading import Reading


@dataclass(frozen=True)
class Example:
    """A text, how the rules read it today, and how people say it is to be read.

    Sentiment and topics are None where nobody said anything. `changed` if it had been read
    differently before.
    """

    text: str
    reading: Reading
    sentiment: str | None = None
    topics: frozenset[str] | None = None
    changed: bool = False
    vector: Floats | None = None

    @property
    def found(self) -> frozenset[str]:
        """The topics that the rules find."""
        return frozenset(mention.topic for mention in self.reading.mentions)
