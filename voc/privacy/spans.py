"""Spans of a text, and the pieces of patterns that find them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

Span = tuple[int, int]  # half-open

KANJI = "[々\u4e00-\u9fff]"
KATAKANA = "[\u30a1-\u30f6\u30fc]"
HIRAGANA = "[\u3041-\u3096]"

# What people type between groups of digits. NFKC has made the full-width ones narrow already.
DASH = r"\-\u2010-\u2015\u2212\u30fc"


@dataclass(frozen=True)
class Marked:
    """A pattern, and its marks: whatever it finds has one of these words in it, or beside it. Most
    texts have none, which is seen in a tenth of the time."""

    pattern: re.Pattern[str]
    marks: tuple[str, ...]

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        if any(mark in text for mark in self.marks):
            yield from self.pattern.finditer(text)


def spans_of(pattern: re.Pattern[str] | Marked, text: str, group: int = 0) -> Iterator[Span]:
    for found in pattern.finditer(text):
        if found.end(group) > found.start(group):
            yield found.span(group)


def digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
