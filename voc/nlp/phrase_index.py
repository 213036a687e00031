"""The phrase index: finds many known phrases in a row of words, in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
NO_SECOND_WORD = ""


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


class PhraseIndex(Generic[T]):
    """Phrases filed by their first word; each stands for a value."""

    def __init__(self) -> None:
        self._by_first: dict[str, dict[tuple[str, ...], T]] = {}
        self._seconds: dict[str, set[str]] = {}  # what may follow it; ALONE when nothing need
        self._lengths: dict[str, list[int]] = {}  # of the phrases with this first word, descending

    def add(self, words: Sequence[str], value: T) -> None:
        """Know a phrase; one added twice means what was said last."""
        if words:
            phrases = self._by_first.setdefault(words[0], {})
            phrases[tuple(words)] = value
            second = words[1] if len(words) > 1 else NO_SECOND_WORD
            self._seconds.setdefault(words[0], set()).add(second)
            self._lengths[words[0]] = sorted({len(phrase) for phrase in phrases}, reverse=True)

    def get(self, words: Sequence[str], default: T) -> T:
        return self._by_first.get(words[0], {}).get(tuple(words), default) if words else default

    def __contains__(self, words: Sequence[str]) -> bool:
        return bool(words) and tuple(words) in self._by_first.get(words[0], {})

    def every(self, words: Sequence[str]) -> Iterator[tuple[int, int, T]]:
        """Each phrase that occurs, overlapping or not, as (start, end, value); longest first."""
        for place, word in enumerate(words):
            if (seconds := self._seconds.get(word)) is not None:
                following = words[place + 1] if place + 1 < len(words) else NO_SECOND_WORD
                if NO_SECOND_WORD in seconds or following in seconds:
                    yield from self._starting(words, place)

    def longest(self, words: Sequence[str]) -> Iterator[tuple[int, int, T]]:
        """Left to right, at each place the longest phrase; they do not overlap."""
        free = 0
        for found in self.every(words):
            if found[0] >= free:
                free = found[1]
                yield found

    def _starting(self, words: Sequence[str], place: int) -> Iterator[tuple[int, int, T]]:
        """Those that begin here, the longest first."""
        phrases = self._by_first[words[place]]
        for length in self._lengths[words[place]]:
            phrase = tuple(words[place : place + length])
            if len(phrase) == length and phrase in phrases:
                yield place, place + length, phrases[phrase]
