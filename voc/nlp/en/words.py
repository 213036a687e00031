"""Words of an English text, with its spelling corrected.

"sooo dissapointed, cant log in" is read as "so disappointed, can't log in", and still pointed at
as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from voc.nlp.normalize import Folded

SPELLINGS = Path(__file__).parent / "data" / "spellings.tsv"

WORD = re.compile(r"(?<![@\w])[^\W_]+(?:'[^\W_]+)?")  # not @united
DRAWN = re.compile(r"([a-z])\1\1", re.IGNORECASE)
APART = re.compile(r"(?<=\w) (?=n?'t\b)|(?<=\w) (?='(?:s|re|ve|ll|m|d)\b)")  # do n't
RUN = re.compile(r"([a-z])\1{2,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """A text in lower case, its words, and where each stands in it."""

    lowered: str
    words: list[str]
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, text: str) -> Words:
        lowered = text.lower()
        found = list(WORD.finditer(lowered))
        return cls(
            lowered, [m[0] for m in found], [m.start() for m in found], [m.end() for m in found]
        )


@cache
def spellings() -> dict[str, str]:
    lines = SPELLINGS.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def meant(folded: Folded, known: Container[str]) -> tuple[Folded, Words]:
    """The text with its words spelled as meant, and those words."""
    if " n't" in folded.text or " '" in folded.text:
        folded = _together(folded)
    words, wrong = Words.of(folded.text), spellings()
    if not DRAWN.search(words.lowered) and wrong.keys().isdisjoint(words.words):
        return folded, words
    folded = _respelled(folded, known)
    return folded, Words.of(folded.text)


def _respelled(folded: Folded, known: Container[str]) -> Folded:
    """The text with typing errors put right; a drawn out word is cut to a known one."""
    pieces, done_until = [], 0
    for match in WORD.finditer(folded.text):
        right = spellings().get(match[0].lower()) or _undrawn(match[0], known)
        if right != match[0]:
            pieces += [_part(folded, done_until, match.start()), _as_one(folded, match, right)]
            done_until = match.end()
    return _joined([*pieces, _part(folded, done_until, len(folded.text))])


def _together(folded: Folded) -> Folded:
    """do n't is don't: so some corpora, and what was copied from them, cut words."""
    ends = [0, *(match.end() for match in APART.finditer(folded.text))]
    starts = [*(end - 1 for end in ends[1:]), len(folded.text)]
    return _joined([_part(folded, *span) for span in zip(ends, starts, strict=True)])


def _undrawn(word: str, known: Container[str]) -> str:
    """LOOOVE is LOVE, cooool is cool: two letters if that is a word, else one if that is."""
    if not DRAWN.search(word):
        return word
    two, one = RUN.sub(r"\1\1", word), RUN.sub(r"\1", word)
    meant = next((each for each in (two, one) if each.lower() in known), one)
    return spellings().get(meant.lower(), meant)


def _part(folded: Folded, start: int, end: int) -> Folded:
    return Folded(folded.text[start:end], folded.starts[start:end], folded.ends[start:end])


def _as_one(folded: Folded, match: re.Match[str], meant: str) -> Folded:
    """Each letter of what was meant stands for the whole word that was typed."""
    start, end = folded.original(*match.span())
    return Folded(meant, [start] * len(meant), [end] * len(meant))


def _joined(pieces: list[Folded]) -> Folded:
    return Folded(
        "".join(piece.text for piece in pieces),
        [start for piece in pieces for start in piece.starts],
        [end for piece in pieces for end in piece.ends],
    )
