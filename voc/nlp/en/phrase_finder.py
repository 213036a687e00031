"""The English phrase finder: topics' phrases in a text, without its feelings."""

from __future__ import annotations

from collections.abc import Iterable

from voc.nlp.clauses import Occurrence
from voc.nlp.en.feelings import vocabulary
from voc.nlp.en.topics import EnglishTopics
from voc.nlp.en.words import meant
from voc.nlp.normalize import Folded, fold
from voc.nlp.reading import Seeds


class EnglishPhraseFinder:
    """A search for what an EnglishReader with the same topics finds."""

    def __init__(self, topics: Iterable[Seeds]) -> None:
        self._topics = EnglishTopics(topics)

    def find(self, text: str) -> tuple[Folded, list[Occurrence]]:
        folded, words = meant(fold(text), vocabulary())
        return folded, self._topics.occurrences(words)
