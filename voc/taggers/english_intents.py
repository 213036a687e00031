"""voc/taggers/english_intents.py -- what an English customer wants of us, and what cannot wait."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from voc.taggers.english_phrases import PhraseBook, Said, book
from voc.taggers.english_words import Words
from voc.taggers.readings import (
    COMPLAINT,
    MIXED,
    NEGATIVE,
    POSITIVE,
    PRAISE,
    QUESTION,
    REQUEST,
    URGENCIES,
)

RHETORICAL = "rhetorical"  # asked to complain, not to be told


@cache
def intents() -> PhraseBook:
    return book("en_intents.tsv")


@cache
def urgencies() -> PhraseBook:
    return book("en_urgencies.tsv")


def asked(words: Words) -> list[Said]:
    """The requests and questions, rhetorical ones among them."""
    return [said for said in intents().every(words) if said.kind != "none"]


def pressing(words: Words) -> Iterator[Said]:
    return (said for said in urgencies().every(words) if said.kind in URGENCIES)


def intent(words: Words, asks: Sequence[Said], sentiment: str, pressed: bool) -> str | None:
    """A request before a question before a complaint before praise."""
    kinds = {said.kind for said in asks}
    if REQUEST in kinds:
        return REQUEST
    if RHETORICAL not in kinds and (QUESTION in kinds or "?" in words.lowered):
        return QUESTION
    if sentiment in {NEGATIVE, MIXED} or RHETORICAL in kinds or pressed:
        return COMPLAINT
    return PRAISE if sentiment == POSITIVE else None
