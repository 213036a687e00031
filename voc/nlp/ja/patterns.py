"""Patterns with hints: Japanese turns of phrase that say more than their words.

Each is a list of alternatives, so that one can be added by adding a line. A pattern also names its
hints, of which one is wherever it may match: looking for all of them at once makes it fast.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Set
from functools import cache
from operator import itemgetter
from typing import ClassVar

from voc.nlp.letter_index import LetterIndex

LOOKS_BACK = 4  # letters before its match that a pattern may ask for


class HintedPattern:
    """A regular expression, and hints, without one of which in the text it is not looked for."""

    all_of_them: ClassVar[list[HintedPattern]] = []

    def __init__(self, hints: str, *alternatives: str) -> None:
        self.hints = tuple(hints.split())
        self.regex = re.compile("|".join(alternatives))
        self.all_of_them.append(self)


class LooselyHintedPattern(HintedPattern):
    """One that may match without a hint beside it, as long as there is one elsewhere.

    Its `beside` are more pieces that stand where it then matches; without them it is looked for
    everywhere.
    """

    def __init__(self, hints: str, *alternatives: str, beside: str = "") -> None:
        super().__init__(hints, *alternatives)
        self.beside = tuple(beside.split())


class PatternMatcher:
    """A text, and the patterns whose hints are in it, and where."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = list(_hints().every(text))
        self._possible = frozenset[HintedPattern]().union(*(patterns for _, _, patterns in found))
        loose = [p for p in self._possible if isinstance(p, LooselyHintedPattern)]
        self._anywhere = {pattern for pattern in loose if not pattern.beside}
        if len(self._anywhere) < len(loose):
            found = sorted([*found, *_beside().every(text)], key=itemgetter(1))
        self._ends = [end for _start, end, _patterns in found]
        self._hinted = [patterns for _start, _end, patterns in found]

    def none_of(self, patterns: frozenset[HintedPattern]) -> bool:
        return self._possible.isdisjoint(patterns)

    def within(self, start: int, end: int) -> SpanMatcher:
        """The same between two places, where fewer patterns are possible."""
        first = bisect_right(self._ends, start - LOOKS_BACK)
        after = bisect_right(self._ends, end, first)
        hinted = self._anywhere.union(*self._hinted[first:after])
        return SpanMatcher(self.text, start, end, hinted & self._possible)

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
    """A stretch of a text, and the patterns whose hints are in it."""

    __slots__ = ("_end", "_possible", "_start", "_text")

    def __init__(self, text: str, start: int, end: int, possible: Set[HintedPattern]) -> None:
        self._text, self._start, self._end, self._possible = text, start, end, possible

    def none_of(self, patterns: frozenset[HintedPattern]) -> bool:
        return self._possible.isdisjoint(patterns)

    def first(self, pattern: HintedPattern) -> re.Match[str] | None:
        if pattern not in self._possible:
            return None
        return pattern.regex.search(self._text, self._start, self._end)


# All patterns stand in modules that are loaded by the first text.


@cache
def _hints() -> LetterIndex[HintedPattern]:
    return LetterIndex((hint, each) for each in HintedPattern.all_of_them for hint in each.hints)


@cache
def _beside() -> LetterIndex[HintedPattern]:
    loose = [p for p in HintedPattern.all_of_them if isinstance(p, LooselyHintedPattern)]
    return LetterIndex((piece, pattern) for pattern in loose for piece in pattern.beside)
