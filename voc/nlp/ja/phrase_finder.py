"""The Japanese phrase finder: topics' phrases in a text, without its feelings."""

from __future__ import annotations

from collections.abc import Iterable

from voc.nlp.clauses import Occurrence
from voc.nlp.ja.topics import JapaneseTopics
from voc.nlp.ja.words import tokenizer
from voc.nlp.normalize import Folded, fold
from voc.nlp.reading import Seeds


class JapanesePhraseFinder:
    """A search for what a JapaneseReader with the same topics finds."""

    def __init__(self, topics: Iterable[Seeds]) -> None:
        self._topics = JapaneseTopics(topics)

    def find(self, text: str) -> tuple[Folded, list[Occurrence]]:
        folded = fold(text)
        return folded, self._topics.occurrences(tokenizer().words(folded.text))
