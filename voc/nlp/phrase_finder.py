"""The phrase finder: topics' phrases in a text, and where; fast, as it reads no feelings."""

from __future__ import annotations

from collections.abc import Iterable

from voc.nlp.clauses import Occurrence
from voc.nlp.detect_language import detect
from voc.nlp.languages import READABLE
from voc.nlp.reading import Seeds


class Finder:
    """A search for what a Reader with the same topics finds; every occurrence of it."""

    def __init__(self, topics: Iterable[Seeds]) -> None:
        topics = tuple(topics)
        self._finders = {name: parts.phrase_finder(topics) for name, parts in READABLE.items()}

    def find(self, text: str) -> list[Occurrence]:
        """The occurrences in the order of the text, pointing at what was typed."""
        finder = self._finders.get(detect(text))
        if finder is None:
            return []
        folded, found = finder.find(text)
        typed = {Occurrence(*folded.original(o.start, o.end), o.topic) for o in found}
        return sorted(typed, key=lambda each: (each.start, each.end, each.topic))
