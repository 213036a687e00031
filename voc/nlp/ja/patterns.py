"""Patterns with hints: Japanese turns of phrase that say more than their words.

Each is a list of alternatives, so that one can be added by adding a line. A pattern also names its
hints, without one of which in a text it is not looked for, and what stands beside it: pieces of
which one is in whatever it matches. Looking for all of them at once makes it fast.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Set
from functools import cache
from typing import ClassVar, NamedTuple

from voc.nlp.letter_index import LetterIndex

LOOKS_BACK = 4  # letters before its match that a pattern may ask for


class HintedPattern:
    """A regular expression, and the pieces of text that tell where it may match.

    A hint may be far from the match, as long as it is in the text; a piece of those `beside` is in
    the match. Where these are not given, the hints are.
    """

    all_of_them: ClassVar[list[HintedPattern]] = []

    def __init__(self, hints: str, *alternatives: str, beside: str = "") -> None:
        self.hints = tuple(hints.split())
        self.beside = tuple(beside.split()) or self.hints
        self.regex = re.compile("|".join(alternatives))
        self.all_of_them.append(self)


Patterns = Set[HintedPattern]
NONE: Patterns = frozenset()


class Piece(NamedTuple):
    """What a piece of text tells: the patterns that it hints at, and those it may stand in."""

    hints_at: Patterns
    beside: Patterns


class PatternMatcher:
    """A text, and the patterns that may match in it, and where."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = [(end, piece) for _start, end, (piece,) in _pieces().every(text)]
        pieces = {piece for _end, piece in found}
        self._possible = _union(piece.hints_at for piece in pieces) & _union(
            piece.beside for piece in pieces
        )
        beside = [(end, near) for end, piece in found if (near := piece.beside & self._possible)]
        self._ends = [end for end, _patterns in beside]
        self._beside = [patterns for _end, patterns in beside]

    def none_of(self, patterns: Patterns) -> bool:
        return self._possible.isdisjoint(patterns)

    def within(self, start: int, end: int) -> SpanMatcher:
        """The same between two places, where fewer patterns are possible."""
        first = bisect_right(self._ends, start - LOOKS_BACK)
        after = bisect_right(self._ends, end, first)
        possible = _union(self._beside[first:after]) if after > first else NONE
        return SpanMatcher(self.text, start, end, possible)

    def first(
        self, pattern: HintedPattern, start: int = 0, end: int | None = None
    ) -> re.Match[str] | None:
        """The first match between two places."""
        if pattern not in self._possible:
            return None
        return pattern.regex.search(self.text, start, len(self.text) if end is None else end)

    def each(self, pattern: HintedPattern) -> list[re.Match[str]]:
        return list(pattern.regex.finditer(self.text)) if pattern in self._possible else []


class SpanMatcher:
    """A stretch of a text, and the patterns that may match in it."""

    __slots__ = ("_end", "_possible", "_start", "_text")

    def __init__(self, text: str, start: int, end: int, possible: Patterns) -> None:
        self._text, self._start, self._end, self._possible = text, start, end, possible

    def none_of(self, patterns: Patterns) -> bool:
        return self._possible.isdisjoint(patterns)

    def first(self, pattern: HintedPattern) -> re.Match[str] | None:
        if pattern not in self._possible:
            return None
        return pattern.regex.search(self._text, self._start, self._end)


def _union(sets: Iterable[Patterns]) -> Patterns:
    return frozenset[HintedPattern]().union(*sets)


@cache
def _pieces() -> LetterIndex[Piece]:
    """All pieces of all patterns, which stand in modules that are loaded by the first text."""
    patterns = HintedPattern.all_of_them
    return LetterIndex(
        (text, Piece(_those(patterns, text, "hints"), _those(patterns, text, "beside")))
        for text in {text for each in patterns for text in (*each.hints, *each.beside)}
    )


def _those(patterns: Iterable[HintedPattern], text: str, kind: str) -> Patterns:
    return frozenset(pattern for pattern in patterns if text in getattr(pattern, kind))
