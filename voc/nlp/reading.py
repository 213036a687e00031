"""What goes into a reader, and what comes out of it.

Offsets count code points of the text as it was given, and are half-open: `text[start:end]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# Raise it with any change that can alter a reading: it is stored beside each one.
VERSION = "rules-3"

POSITIVE, NEUTRAL, NEGATIVE, MIXED = "positive", "neutral", "negative", "mixed"

# What a customer wants of us with these words. Who asks for something is not only complaining.
REQUEST, QUESTION, COMPLAINT, PRAISE = "request", "question", "complaint", "praise"

# What cannot wait, the most pressing first.
SECURITY, LEGAL, CHURN = URGENCIES = ("security", "legal", "churn")


@dataclass(frozen=True)
class Seeds:
    """A topic to look for, and the words by which customers call it."""

    key: str
    phrases_ja: tuple[str, ...] = ()
    phrases_en: tuple[str, ...] = ()

    @classmethod
    def of(cls, key: str, phrases: Mapping[str, Iterable[str]]) -> Seeds:
        """The same, of phrases given by language."""
        return cls(key, **{f"phrases_{name}": tuple(some) for name, some in phrases.items()})


@dataclass(frozen=True)
class Mention:
    """A topic that was found: the words that name it, and the feeling of the clause they are in.

    No words name what was found by learning alone: then it ends where it starts.
    """

    topic: str
    sentiment: str
    start: int
    end: int

    @property
    def is_shown(self) -> bool:
        return self.start < self.end


@dataclass(frozen=True)
class Feeling:
    """The words that made us think so."""

    sentiment: str
    start: int
    end: int


@dataclass(frozen=True)
class Sign:
    """Words that show what the customer wants (an intent) or that it cannot wait (an urgency)."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """All that was read. A sentiment of None means "cannot read this", which is not "neutral".

    `numbers` is what the rules measured, in the language's own order and always of one length:
    what a learner weighs beside the words.
    """

    language: str
    sentiment: str | None
    mentions: tuple[Mention, ...] = ()
    feelings: tuple[Feeling, ...] = ()
    intent: str | None = None
    signs: tuple[Sign, ...] = ()
    numbers: tuple[float, ...] = ()
    version: str = VERSION

    @property
    def urgency(self) -> str | None:
        """The most pressing one that shows."""
        shown = {sign.kind for sign in self.signs}
        return next((kind for kind in URGENCIES if kind in shown), None)
