"""The reader: detects the language of a text, and analyzes it by the rules of that language."""

from __future__ import annotations

from collections.abc import Iterable

from voc.nlp import detect_language, emoji
from voc.nlp.languages import READABLE
from voc.nlp.reading import COMPLAINT, NEGATIVE, POSITIVE, PRAISE, Feeling, Reading, Seeds
from voc.nlp.sentiment import pool


class Reader:
    """Analyzes any text for a set of topics. Matchers are made here, so keep one for a batch."""

    def __init__(self, topics: Iterable[Seeds]) -> None:
        topics = tuple(topics)
        self._readers = {name: parts.reader(topics) for name, parts in READABLE.items()}

    def read(self, text: str) -> Reading:
        language = detect_language.detect(text)
        reader = self._readers.get(language)
        return reader.read(text) if reader else _by_faces(language, text)


def _by_faces(language: str, text: str) -> Reading:
    """A reading from emoji alone: 👍 needs no language."""
    faces = emoji.emoticons_alone(text)
    feelings = [Feeling(POSITIVE if f.weight > 0 else NEGATIVE, f.start, f.end) for f in faces]
    if not feelings:
        return Reading(language, None)
    sentiment = pool(feeling.sentiment for feeling in feelings)
    intent = PRAISE if sentiment == POSITIVE else COMPLAINT
    return Reading(language, sentiment, feelings=tuple(feelings), intent=intent)
