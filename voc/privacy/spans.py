"""Spans of a text, and the pieces of patterns that find them."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]  # half-open

KANJI = "[々\u4e00-\u9fff]"
KATAKANA = "[\u30a1-\u30f6\u30fc]"
HIRAGANA = "[\u3041-\u3096]"

# What people type between groups of digits. NFKC has made the full-width ones narrow already.
DASH = r"\-\u2010-\u2015\u2212\u30fc"


def spans_of(pattern: re.Pattern[str], text: str, group: int = 0) -> Iterator[Span]:
    for found in pattern.finditer(text):
        if found.end(group) > found.start(group):
            yield found.span(group)


def digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
