"""Noun phrases of a text, whatever its language.

A language finds its runs of nouns; every part of a run that may stand alone is a phrase. So
配送料の値上げ is also said to speak of 配送料 and of 値上げ, and whoever counts can choose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from voc.nlp.normalize import Folded
from voc.nlp.quoted_mail import without_quotes

MOST_WORDS = 4  # words in a phrase
LONGEST_WORD = 25  # letters; what is longer is no word

LETTER = re.compile(r"[^\W\d_]")
# What points elsewhere instead of saying something. No noun goes across it.
POINTER = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.\S+|@\w+|&\w+;")


@dataclass(frozen=True)
class Noun:
    """A noun phrase: the same key however it is written, and where it stands, half-open."""

    key: str
    start: int
    end: int


@dataclass(frozen=True)
class Word:
    """A word of a run: whether a phrase may begin or end with it, and whether it tells anything.

    One without a form holds others together, and is no part of the key: 配送料[の]値上げ.
    """

    form: str
    start: int
    end: int
    opens: bool = True
    closes: bool = True
    tells: bool = True


def noun_phrases(runs: Iterable[list[Word]], folded: Folded) -> Iterator[Noun]:
    for run in runs:
        for first in range(len(run)):
            for last in range(first, min(first + MOST_WORDS, len(run))):
                if _stands_alone(words := run[first : last + 1]):
                    yield Noun(_key(words), *folded.original(words[0].start, words[-1].end))


def _stands_alone(words: list[Word]) -> bool:
    return words[0].opens and words[-1].closes and any(word.tells for word in words)


def _key(words: Iterable[Word]) -> str:
    return " ".join(word.form for word in words if word.form)


def runs(words: Iterable[Word | None]) -> Iterator[list[Word]]:
    """Words in runs, cut where there is None."""
    run: list[Word] = []
    for word in words:
        if word:
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def without_pointers(text: str) -> str:
    """The text with links, names and quoted mail blanked: as long as before, so that every place
    stays."""
    return POINTER.sub(_blank, without_quotes(text))


def _blank(match: re.Match[str]) -> str:
    return "\n" * len(match[0])


def is_word(form: str) -> bool:
    return 0 < len(form) <= LONGEST_WORD and bool(LETTER.search(form))


@cache
def general_words(file: Path, spell: Callable[[str], str]) -> frozenset[str]:
    """Words so general that they tell nothing on their own, as `spell` has them."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return frozenset(spell(word) for line in lines for word in line.split() if line[0] != "#")
