"""voc/taggers/reader.py -- the reader: finds the language, and asks the one who knows it.

Importing this loads TextBlob, VADER and Sudachi: up to five seconds and 170 MB. Workers may; a
web process, a migration or a command that reads no text may not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from voc.taggers import languages
from voc.taggers.english import EnglishReader
from voc.taggers.japanese import JapaneseReader
from voc.taggers.readings import Reading, Seeds


class LanguageReader(Protocol):
    """Reads one language; never raises, whatever the text."""

    def read(self, text: str) -> Reading: ...


# A language more is a file and a line here (and a script in languages.detect).
READERS: dict[str, Callable[[Iterable[Seeds]], LanguageReader]] = {
    languages.ENGLISH: EnglishReader,
    languages.JAPANESE: JapaneseReader,
}


class Reader:
    """Reads any text for a set of topics. Matchers are made here, so keep one for a batch."""

    def __init__(self, topics: Iterable[Seeds]) -> None:
        topics = tuple(topics)
        self._readers = {name: make(topics) for name, make in READERS.items()}

    def read(self, text: str) -> Reading:
        language = languages.detect(text)
        reader = self._readers.get(language)
        return reader.read(text) if reader else Reading(language, None)
