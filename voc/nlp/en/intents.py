"""Intents and urgencies of an English text: what the customer wants, and what cannot wait."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from voc.nlp.en.phrases import FoundPhrase, PhraseBook, book
from voc.nlp.en.words import Words
from voc.nlp.reading import (
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
ASKS = {REQUEST, QUESTION, RHETORICAL}

OPENING = "^"
OPENED = re.compile(
    r"(?:^|[.!?,;:()\"\n-]|\b(?:and|but|so|also|hi|hello|hey|just|or|then|seriously|honestly"
    r"|really|maybe|perhaps|please|pls|ok|well|now|guys|like|lol))\s*$"
)
OPENING_REACHES = 12  # characters


@cache
def intents() -> PhraseBook:
    return book("intents.tsv")


@cache
def urgencies() -> PhraseBook:
    return book("urgencies.tsv")


def requests_and_questions(words: Words) -> list[FoundPhrase]:
    """The phrases that ask, rhetorical ones among them."""
    found = (_plain(phrase, words.lowered) for phrase in intents().every(words))
    return [phrase for phrase in found if phrase.kind in ASKS]


def _plain(phrase: FoundPhrase, lowered: str) -> FoundPhrase:
    """A kind with ^ counts only where a clause opens: "let me know", not "they let me know"."""
    if not phrase.kind.endswith(OPENING):
        return phrase
    opens = OPENED.search(lowered, max(0, phrase.start - OPENING_REACHES), phrase.start)
    return replace(phrase, kind=phrase.kind.removesuffix(OPENING) if opens else "none")


def pressing_phrases(words: Words) -> Iterator[FoundPhrase]:
    return (phrase for phrase in urgencies().every(words) if phrase.kind in URGENCIES)


def intent(
    words: Words, asks: Sequence[FoundPhrase], sentiment: str, is_pressing: bool
) -> str | None:
    """A request before a question before a complaint before praise."""
    kinds = {phrase.kind for phrase in asks}
    if REQUEST in kinds:
        return REQUEST
    if RHETORICAL not in kinds and (QUESTION in kinds or "?" in words.lowered):
        return QUESTION
    if sentiment in {NEGATIVE, MIXED} or RHETORICAL in kinds or is_pressing:
        return COMPLAINT
    return PRAISE if sentiment == POSITIVE else None
