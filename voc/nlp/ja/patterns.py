"""Patterns with hints: Japanese turns of phrase that say more than their words.

Each is a list of alternatives, so that one can be added by adding a line. A pattern also names its
hints, of which one is in every text where it may match: looking for those first makes it fast.
"""

from __future__ import annotations

import re
from operator import add
from typing import ClassVar


def letter_pieces(text: str) -> set[str]:
    """The letters and pairs of letters of a text: no phrase of it can be without them."""
    return {*text, *map(add, text, text[1:])}


class HintedPattern:
    """A regular expression, and hints, without one of which in the text it cannot match."""

    by_piece: ClassVar[dict[str, list[tuple[str, HintedPattern]]]] = {}

    def __init__(self, hints: str, *alternatives: str) -> None:
        self.hints = tuple(hints.split())
        self.regex = re.compile("|".join(alternatives))
        for hint in self.hints:
            self.by_piece.setdefault(hint[:2], []).append((hint, self))


class PatternMatcher:
    """A text, its letters and pairs of letters, and the patterns whose hints are in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.letter_pieces = letter_pieces(text)
        self._possible = {
            pattern
            for piece in self.letter_pieces.intersection(HintedPattern.by_piece)
            for hint, pattern in HintedPattern.by_piece[piece]
            if hint in text
        }

    def none_of(self, patterns: frozenset[HintedPattern]) -> bool:
        return self._possible.isdisjoint(patterns)

    def first(
        self, pattern: HintedPattern, start: int = 0, end: int | None = None
    ) -> re.Match[str] | None:
        """The first match between two places."""
        if pattern not in self._possible:
            return None
        return pattern.regex.search(self.text, start, len(self.text) if end is None else end)

    def each(self, pattern: HintedPattern) -> list[re.Match[str]]:
        return list(pattern.regex.finditer(self.text)) if pattern in self._possible else []
