"""What an English customer wants of us, and what cannot wait."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from voc.nlp.en.phrases import PhraseBook, Said, book
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
FAR = 12  # characters


@cache
def intents() -> PhraseBook:
    return book("intents.tsv")


@cache
def urgencies() -> PhraseBook:
    return book("urgencies.tsv")


def asked(words: Words) -> list[Said]:
    """The requests and questions, rhetorical ones among them."""
    found = (_plain(said, words.lowered) for said in intents().every(words))
    return [said for said in found if said.kind in ASKS]


def _plain(said: Said, lowered: str) -> Said:
    """A kind with ^ counts only where a clause opens: "let me know", not "they let me know"."""
    if not said.kind.endswith(OPENING):
        return said
    opens = OPENED.search(lowered, max(0, said.start - FAR), said.start)
    return replace(said, kind=said.kind.removesuffix(OPENING) if opens else "none")


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
