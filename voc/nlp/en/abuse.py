"""Abuse in an English text: what nobody at work has to bear, told apart from anger.

Anger is fair, however loud: "worst service ever", "this is a joke", "I want your manager" and "I
will sue" are a customer's right. Abuse is aimed at people. Whoever tells of abuse that they met
with, "your driver called me an idiot", has not abused anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from voc.nlp.en.phrases import FoundPhrase, PhraseBook, book
from voc.nlp.en.words import Words
from voc.nlp.reading import ABUSES

TOLD = re.compile(
    r"\b(?:(?:watched|saw|seen|heard|another|other|some) (?:a |an |one |the )?"
    r"(?:customer|guest|man|woman|guy|person|passenger|client)\b[^.!?\n]*|(?:called|calls|calling|told|tells|telling|said|says|saying|yelled|shouted|screamed|heard"
    r"|threatened|threatening|wrote|makes|made|making|feel|felt|treat\w*)\s+"
    r"(?:at\s+|to\s+)?(?:me|us|my \w+|him|her|them)?\b[^.!?\n]{0,18})$"
)
TOLD_REACHES = 80  # characters before the phrase


@cache
def book_of_abuse() -> PhraseBook:
    return book("abuse.tsv")


def abuse(words: Words) -> Iterator[FoundPhrase]:
    """The first phrase of each kind; what the customer was told by others is none."""
    seen = set[str]()
    for phrase in book_of_abuse().every(words):
        if phrase.kind in ABUSES and phrase.kind not in seen and not _is_told(phrase, words):
            seen.add(phrase.kind)
            yield phrase


def _is_told(phrase: FoundPhrase, words: Words) -> bool:
    before = max(0, phrase.start - TOLD_REACHES)
    return bool(TOLD.search(words.lowered, before, phrase.start))
