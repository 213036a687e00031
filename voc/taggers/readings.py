"""voc/taggers/readings.py -- what goes into a reader, and what comes out of it.

Offsets count code points of the text as it was given, and are half-open: `text[start:end]`.
"""

from __future__ import annotations

from dataclasses import dataclass

# Raise it with any change that can alter a reading: it is stored beside each one.
VERSION = "rules-1"

POSITIVE, NEUTRAL, NEGATIVE, MIXED = "positive", "neutral", "negative", "mixed"


@dataclass(frozen=True)
class Seeds:
    """A topic to look for, and the words by which customers call it."""

    key: str
    phrases_ja: tuple[str, ...] = ()
    phrases_en: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mention:
    """A topic that was found: the words that name it, and the feeling of the clause they are in."""

    topic: str
    sentiment: str
    start: int
    end: int


@dataclass(frozen=True)
class Feeling:
    """The words that made us think so."""

    sentiment: str
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """All that was read. A sentiment of None means "cannot read this", which is not "neutral"."""

    language: str
    sentiment: str | None
    mentions: tuple[Mention, ...] = ()
    feelings: tuple[Feeling, ...] = ()
    version: str = VERSION
