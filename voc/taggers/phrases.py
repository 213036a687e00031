"""voc/taggers/phrases.py -- find many known phrases in a row of words, in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


def listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


class Phrases(Generic[T]):
    """Phrases filed by their first word; each stands for a value."""

    def __init__(self) -> None:
        self._by_first: dict[str, dict[tuple[str, ...], T]] = {}
        self._lengths: dict[str, list[int]] = {}  # of the phrases with this first word, descending

    def add(self, words: Sequence[str], value: T) -> None:
        """Know a phrase; one added twice means what was said last."""
        if words:
            phrases = self._by_first.setdefault(words[0], {})
            phrases[tuple(words)] = value
            self._lengths[words[0]] = sorted({len(phrase) for phrase in phrases}, reverse=True)

    def get(self, words: Sequence[str], default: T) -> T:
        return self._by_first.get(words[0], {}).get(tuple(words), default) if words else default

    def __contains__(self, words: Sequence[str]) -> bool:
        return bool(words) and tuple(words) in self._by_first.get(words[0], {})

    def every(self, words: Sequence[str]) -> Iterator[tuple[int, int, T]]:
        """Each phrase that occurs, overlapping or not, as (start, end, value)."""
        for place, word in enumerate(words):
            if word in self._by_first:
                yield from self._starting(words, place)

    def longest(self, words: Sequence[str]) -> Iterator[tuple[int, int, T]]:
        """Left to right, at each place the longest phrase; they do not overlap."""
        free = 0
        for place, word in enumerate(words):
            if word in self._by_first and place >= free:
                found = next(self._starting(words, place), None)
                if found:
                    free = found[1]
                    yield found

    def _starting(self, words: Sequence[str], place: int) -> Iterator[tuple[int, int, T]]:
        """Those that begin here, the longest first."""
        phrases = self._by_first[words[place]]
        for length in self._lengths[words[place]]:
            phrase = tuple(words[place : place + length])
            if len(phrase) == length and phrase in phrases:
                yield place, place + length, phrases[phrase]
