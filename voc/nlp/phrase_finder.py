"""Which phrases a text has, and where. No feelings, so it is fast."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from voc.nlp.clauses import Occurrence
from voc.nlp.detect_language import ENGLISH, JAPANESE, detect
from voc.nlp.en.feelings import vocabulary
from voc.nlp.en.topics import EnglishTopics
from voc.nlp.en.words import meant
from voc.nlp.ja.topics import JapaneseTopics
from voc.nlp.ja.words import tokenizer
from voc.nlp.normalize import Folded, fold
from voc.nlp.reading import Seeds

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
