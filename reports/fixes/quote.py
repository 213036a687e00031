"""Quotes: give people their own words back, short enough for a mail."""

from __future__ import annotations

import re

from lib.text import visible

LONGEST_QUOTE = 300  # characters
SENTENCE_END = re.compile(r"[。！？!?]+[」』）)”\"']*|\.(?=\s|$)")

SPACE = re.compile(" ")


def kindly(words: str, longest: int = LONGEST_QUOTE) -> str:
    """The words on one line; too many of them end after a sentence, else after a word, with …."""
    line = " ".join(visible(words).split())
    if len(line) <= longest:
        return line
    return line[: _best_end(line[:longest])].rstrip() + "…"


def _best_end(start: str) -> int:
    """The last sentence's end in the second half; else the last space there; else just there."""
    for breath in (SENTENCE_END, SPACE):
        ends = [found.end() for found in breath.finditer(start)]
        if ends and ends[-1] > len(start) // 2:
            return ends[-1]
    return len(start)
