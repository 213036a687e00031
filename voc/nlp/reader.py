"""The reader: detects the language of a text, and analyzes it by the rules of that language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from voc.nlp import detect_language, emoji
from voc.nlp.emoji import Emoticon
from voc.nlp.languages import READABLE
from voc.nlp.reading import COMPLAINT, NEGATIVE, NEUTRAL, POSITIVE, PRAISE, Feeling, Reading, Seeds
from voc.nlp.sentiment import pool


class Reader:
    """Analyzes any text for a set of topics. Matchers are made here, so keep one for a batch."""

    def __init__(self, topics: Iterable[Seeds]) -> None:
        topics = tuple(topics)
        self._readers = {name: parts.reader(topics) for name, parts in READABLE.items()}

    def read(self, text: str) -> Reading:
        return self.begin(text)()

    def begin(self, text: str) -> Callable[[], Reading]:
        """Find the words of a text, of which the reading is made when called.

        Begin many before the first is made: a dictionary that is asked for one text after the
        other stays in the processor's cache, which is a sixth of the time.
        """
        language = detect_language.detect(text)
        if given := emoji.stars_alone(text):
            return partial(_by_stars, given)
        if faces := emoji.emoticons_alone(text):
            return partial(_by_faces, faces)
        reader = self._readers.get(language)
        return reader.begin(text) if reader else partial(Reading, language, None)


def _by_stars(given: Emoticon) -> Reading:
    """A reading of stars alone; those in the middle say that there is nothing to say."""
    if not given.weight:
        return Reading(detect_language.UNKNOWN, NEUTRAL)
    return _by_faces([given])


def _by_faces(faces: Sequence[Emoticon]) -> Reading:
    """A reading from emoji and emoticons alone: 👍 needs no language, and (T_T) has one."""
    said = [face for face in faces if face.weight]
    feelings = [Feeling(POSITIVE if f.weight > 0 else NEGATIVE, f.start, f.end) for f in said]
    upright = any(face.is_upright for face in faces)
    language = detect_language.JAPANESE if upright else detect_language.UNKNOWN
    if not feelings:
        return Reading(language, NEUTRAL if upright else None)
    sentiment = pool(feeling.sentiment for feeling in feelings)
    intent = PRAISE if sentiment == POSITIVE else COMPLAINT
    return Reading(language, sentiment, feelings=tuple(feelings), intent=intent)
