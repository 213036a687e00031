"""The registry of languages that are read: a folder and a line each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from voc.nlp.clauses import Occurrence
from voc.nlp.content_words import ContentWords
from voc.nlp.detect_language import ENGLISH, JAPANESE
from voc.nlp.en import nouns as english_nouns
from voc.nlp.en.phrase_finder import EnglishPhraseFinder
from voc.nlp.en.reader import EnglishReader
from voc.nlp.ja import nouns as japanese_nouns
from voc.nlp.ja.phrase_finder import JapanesePhraseFinder
from voc.nlp.ja.reader import JapaneseReader
from voc.nlp.normalize import Folded
from voc.nlp.nouns import Noun
from voc.nlp.reading import Reading, Seeds


class LanguageReader(Protocol):
    """A reader of one language; it never raises, whatever the text.

    It begins with what looks into a large dictionary, and makes the reading when called.
    """

    def begin(self, text: str) -> Callable[[], Reading]: ...


class PhraseFinder(Protocol):
    """A search for phrases in one language: the folded text, and where they stand in it."""

    def find(self, text: str) -> tuple[Folded, Iterable[Occurrence]]: ...


class Nouns(Protocol):
    """The noun phrases and the content words of one language."""

    def find(self, text: str) -> list[Noun]: ...

    def key(self, phrase: str) -> str: ...

    def content_words(self, text: str) -> ContentWords: ...


@dataclass(frozen=True)
class Parts:
    """The entry points of a language's folder."""

    reader: Callable[[Iterable[Seeds]], LanguageReader]
    phrase_finder: Callable[[Iterable[Seeds]], PhraseFinder]
    nouns: Nouns


# A language more also needs a way to be told from the others: detect_language.
READABLE: dict[str, Parts] = {
    ENGLISH: Parts(EnglishReader, EnglishPhraseFinder, english_nouns),
    JAPANESE: Parts(JapaneseReader, JapanesePhraseFinder, japanese_nouns),
}
