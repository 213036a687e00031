"""The phrase index: finds many known phrases in a row of words, in one pass."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
NO_SECOND_WORD = ""


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


class PhraseIndex(Generic[T]):
    """Phrases filed by their first word and by their second; each stands for a value."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, ...], T] = {}
        # By first word, then by second, or NO_SECOND_WORD: the phrases, the longest first.
        self._filed: dict[str, dict[str, list[tuple[str, ...]]]] = {}

    def add(self, words: Sequence[str], value: T) -> None:
        """Know a phrase; one added twice means what was said last."""
        phrase = tuple(words)
        if phrase and phrase not in self._values:
            second = phrase[1] if len(phrase) > 1 else NO_SECOND_WORD
            by_second = self._filed.setdefault(phrase[0], {})
            insort(by_second.setdefault(second, []), phrase, key=_shortness)
        if phrase:
            self._values[phrase] = value

    def get(self, words: Sequence[str], default: T) -> T:
        return self._values.get(tuple(words), default)

    def __contains__(self, words: Sequence[str]) -> bool:
        return tuple(words) in self._values

    def every(self, words: Sequence[str]) -> Iterator[tuple[int, int, T]]:
        """Each phrase that occurs, overlapping or not, as (start, end, value); longest first."""
        filed, values, last = self._filed, self._values, len(words) - 1
        for place in [place for place, word in enumerate(words) if word in filed]:
            by_second = filed[words[place]]
            if place < last and (longer := by_second.get(words[place + 1])):
                for phrase in longer:
                    after = place + len(phrase)
                    if tuple(words[place:after]) == phrase:
                        yield place, after, values[phrase]
            for phrase in by_second.get(NO_SECOND_WORD, ()):
                yield place, place + 1, values[phrase]


def _shortness(phrase: tuple[str, ...]) -> int:
    return -len(phrase)
