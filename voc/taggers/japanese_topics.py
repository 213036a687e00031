"""voc/taggers/japanese_topics.py -- the topics a Japanese text names.

A phrase is found by its normalised words (使いやすい in 使い易くて) or letter by letter (in words
the tokenizer cuts elsewhere).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from voc.taggers.clauses import Occurrence
from voc.taggers.japanese_words import Words, tokenizer
from voc.taggers.originals import fold
from voc.taggers.phrases import Phrases
from voc.taggers.readings import Seeds


class JapaneseTopics:
    """Matchers for a set of topics, made once."""

    def __init__(self, topics: Iterable[Seeds]) -> None:
        self._by_words: Phrases[tuple[str, ...]] = Phrases()
        self._by_letters: list[tuple[str, re.Pattern[str]]] = []
        for topic in topics:
            phrases = [text for p in topic.phrases_ja if (text := fold(p).text.strip().lower())]
            self._know(topic.key, phrases)

    def _know(self, key: str, phrases: list[str]) -> None:
        for phrase in phrases:
            forms = tokenizer().words(phrase).forms
            self._by_words.add(forms, (*self._by_words.get(forms, ()), key))
        if phrases:
            self._by_letters.append((key, re.compile("|".join(map(_bounded, phrases)))))

    def occurrences(self, words: Words) -> Iterator[Occurrence]:
        for start, end, keys in self._by_words.every(words.forms):
            for key in keys:
                yield Occurrence(words.starts[start], words.ends[end - 1], key)
        text = words.text.lower()
        for key, pattern in self._by_letters:
            for match in pattern.finditer(text):
                yield Occurrence(match.start(), match.end(), key)


def _bounded(phrase: str) -> str:
    """Latin letters must not go on: "ui" is not in "quick"."""
    before = r"(?<![a-z0-9])" if phrase[0].isascii() and phrase[0].isalnum() else ""
    after = r"(?![a-z0-9])" if phrase[-1].isascii() and phrase[-1].isalnum() else ""
    return before + re.escape(phrase) + after
