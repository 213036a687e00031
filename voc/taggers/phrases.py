"""voc/taggers/phrases.py -- find many known phrases in a row of words, in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Phrases(Generic[T]):
    """Phrases filed by their first word; each stands for a value."""

    def __init__(self) -> None:
        self._by_first: dict[str, dict[tuple[str, ...], T]] = {}

    def add(self, words: Sequence[str], value: T) -> None:
        """Know a phrase; one added twice means what was said last."""
        if words:
            self._by_first.setdefault(words[0], {})[tuple(words)] = value

    def get(self, words: Sequence[str], default: T) -> T:
        return self._by_first.get(words[0], {}).get(tuple(words), default) if words else default

    def __contains__(self, words: Sequence[str]) -> bool:
        return bool(words) and tuple(words) in self._by_first.get(words[0], {})

    def every(self, words: Sequence[str]) -> Iterator[tuple[int, int, T]]:
        """Each phrase that occurs, overlapping or not, as (start, end, value)."""
        for place, word in enumerate(words):
            if word in self._by_first:
                yield from ((place, end, value) for end, value in self._starting(words, place))

    def longest(self, words: Sequence[str]) -> Iterator[tuple[int, int, T]]:
        """Left to right, at each place the longest phrase; they do not overlap."""
        place = 0
        while place < len(words):
            found = list(self._starting(words, place)) if words[place] in self._by_first else []
            end, value = max(found, key=_end) if found else (place + 1, None)
            if value is not None:
                yield place, end, value
            place = end

    def _starting(self, words: Sequence[str], place: int) -> Iterator[tuple[int, T]]:
        for phrase, value in self._by_first[words[place]].items():
            end = place + len(phrase)
            if tuple(words[place:end]) == phrase:
                yield end, value


def _end(found: tuple[int, object]) -> int:
    return found[0]
