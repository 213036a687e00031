"""Where something stands in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

Place = tuple[int, int]

KANJI = "[々\u4e00-\u9fff]"
KATAKANA = "[\u30a1-\u30f6\u30fc]"
HIRAGANA = "[\u3041-\u3096]"

# What people type between groups of digits. NFKC has made the full-width ones narrow already.
DASH = r"\-\u2010-\u2015\u2212\u30fc"


def of(pattern: re.Pattern[str], text: str, group: int = 0) -> Iterator[Place]:
    for found in pattern.finditer(text):
        if found.end(group) > found.start(group):
            yield found.span(group)


def digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
