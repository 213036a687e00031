"""Which phrases a text has, and where. No feelings, so it is fast."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from voc.taggers.clauses import Occurrence
from voc.taggers.english_feelings import vocabulary
from voc.taggers.english_topics import EnglishTopics
from voc.taggers.english_words import meant
from voc.taggers.japanese_topics import JapaneseTopics
from voc.taggers.japanese_words import tokenizer
from voc.taggers.languages import ENGLISH, JAPANESE, detect
from voc.taggers.originals import Folded, fold
from voc.taggers.readings import Seeds

Found = tuple[Folded, Iterable[Occurrence]]


class Finder:
    """Finds what a Reader with the same topics finds; every occurrence of it."""

    def __init__(self, topics: Iterable[Seeds]) -> None:
        topics = tuple(topics)
        self._english, self._japanese = EnglishTopics(topics), JapaneseTopics(topics)
        self._ways: dict[str, Callable[[str], Found]] = {
            ENGLISH: self._in_english,
            JAPANESE: self._in_japanese,
        }

    def find(self, text: str) -> list[Occurrence]:
        """In the order of the text, pointing at what was typed."""
        way = self._ways.get(detect(text))
        if way is None:
            return []
        folded, found = way(text)
        typed = {Occurrence(*folded.original(o.start, o.end), o.topic) for o in found}
        return sorted(typed, key=lambda each: (each.start, each.end, each.topic))

    def _in_english(self, text: str) -> Found:
        folded, words = meant(fold(text), vocabulary())
        return folded, self._english.occurrences(words)

    def _in_japanese(self, text: str) -> Found:
        folded = fold(text)
        return folded, self._japanese.occurrences(tokenizer().words(folded.text))
