"""The reading: what the analysis of a text found; and the seeds it looks for.

Offsets count code points of the text as it was given, and are half-open: `text[start:end]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

# Raise it with any change that can alter a reading: it is stored beside each one.
VERSION = "rules-5"

POSITIVE, NEUTRAL, NEGATIVE, MIXED = "positive", "neutral", "negative", "mixed"

# Intents: what a customer wants of us. Who asks for something is not only complaining.
REQUEST, QUESTION, COMPLAINT, PRAISE = "request", "question", "complaint", "praise"

# Urgencies: what cannot wait, the most pressing first.
SECURITY, LEGAL, CHURN = URGENCIES = ("security", "legal", "churn")

# Abuse: what nobody at work has to bear, the gravest first. Fair anger, however loud, is none.
THREAT, SEXUAL, DISCRIMINATION, INSULT, DEGRADING, EXTORTION, EXPOSURE, PERSISTENCE = ABUSES = (
    "threat",
    "sexual",
    "discrimination",
    "insult",
    "degrading",
    "extortion",
    "exposure",
    "persistence",
)


@dataclass(frozen=True)
class Seeds:
    """A topic to look for, and the words by which customers call it."""

    key: str
    phrases_ja: tuple[str, ...] = ()
    phrases_en: tuple[str, ...] = ()

    @classmethod
    def of(cls, key: str, phrases: Mapping[str, Iterable[str]]) -> Seeds:
        """Seeds made of phrases by language."""
        return cls(key, **{f"phrases_{name}": tuple(words) for name, words in phrases.items()})


class Mention(NamedTuple):
    """A topic that was found: the words that name it, and the sentiment of the clause they are in.

    What a classifier alone found has the sentiment of the whole text.
    """

    topic: str
    sentiment: str
    start: int
    end: int


class Feeling(NamedTuple):
    """Words that show a sentiment."""

    sentiment: str
    start: int
    end: int


class OtherForms(NamedTuple):
    """Words as they stand in the text (遅かった), and by which other forms people look for them
    (遅い, オソイ, オソカッタ)."""

    words: str
    forms: tuple[str, ...]


class Sign(NamedTuple):
    """Words that show what the customer wants (an intent), that it cannot wait (an urgency), or
    that it is aimed at people (abuse)."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """All that the analysis of a text found. A sentiment of None means "cannot read this", which is
    not "neutral".

    `numbers` is what the rules measured, in the language's own order and always of one length:
    what a classifier weighs beside the words. `other_forms` is what only a search asks for.
    """

    language: str
    sentiment: str | None
    mentions: tuple[Mention, ...] = ()
    feelings: tuple[Feeling, ...] = ()
    intent: str | None = None
    signs: tuple[Sign, ...] = ()
    abuse: tuple[Sign, ...] = ()
    numbers: tuple[float, ...] = ()
    other_forms: tuple[OtherForms, ...] = ()
    version: str = VERSION

    @property
    def abused_by(self) -> str | None:
        """The gravest kind of abuse that shows."""
        shown = {sign.kind for sign in self.abuse}
        return next((kind for kind in ABUSES if kind in shown), None)

    @property
    def urgency(self) -> str | None:
        """The most pressing urgency that shows."""
        shown = {sign.kind for sign in self.signs}
        return next((kind for kind in URGENCIES if kind in shown), None)
