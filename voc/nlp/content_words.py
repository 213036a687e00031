"""Content words: the words of a text that say something by themselves, whatever its language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ContentWord:
    """A word by the form that all its inflections share, and where it stands, half-open."""

    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ContentWords:
    """The content words of a text in order, and how many words of any kind it has."""

    words: tuple[ContentWord, ...]
    length: int

    @property
    def forms(self) -> frozenset[str]:
        return frozenset(word.form for word in self.words)
