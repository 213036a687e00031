"""voc/taggers/english_topics.py -- the topics an English text names.

A phrase is found by the stems of its words ("refund" in "refunds" and "refunded"), or as it
stands between word boundaries. "app" is not in "happy".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from nltk.stem.porter import PorterStemmer

from voc.taggers.clauses import Occurrence
from voc.taggers.english_words import Words
from voc.taggers.originals import fold
from voc.taggers.phrases import Phrases
from voc.taggers.readings import Seeds

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
PLAIN = re.compile(r"[a-z0-9' -]+")
_porter = PorterStemmer()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Porter's stem (1980), as nltk has it; nltk comes with TextBlob."""
    return str(_porter.stem(word)) if len(word) < 50 else word


class EnglishTopics:
    """Matchers for a set of topics, made once."""

    def __init__(self, topics: Iterable[Seeds]) -> None:
        self._by_stems: Phrases[tuple[str, ...]] = Phrases()
        self._by_letters: list[tuple[str, re.Pattern[str]]] = []
        for topic in topics:
            self._know(topic.key, [_tidy(p) for p in topic.phrases_en if _tidy(p)])

    def _know(self, key: str, phrases: list[str]) -> None:
        for phrase in phrases:
            stems = [stem(word) for word in WORD.findall(phrase)]
            self._by_stems.add(stems, (*self._by_stems.get(stems, ()), key))
        # Stems find all but what is more than words: "c++", "24/7", "価格".
        whole = [phrase for phrase in phrases if not PLAIN.fullmatch(phrase)]
        if whole:
            self._by_letters.append((key, re.compile("|".join(map(_bounded, whole)))))

    def occurrences(self, words: Words) -> Iterator[Occurrence]:
        for start, end, keys in self._by_stems.every([stem(word) for word in words.words]):
            for key in keys:
                yield Occurrence(words.starts[start], words.ends[end - 1], key)
        for key, pattern in self._by_letters:
            for match in pattern.finditer(words.lowered):
                yield Occurrence(match.start(), match.end(), key)


def _tidy(phrase: str) -> str:
    return fold(phrase).text.strip().lower()


def _bounded(phrase: str) -> str:
    before = r"(?<!\w)" if phrase[0].isalnum() else ""
    after = r"(?!\w)" if phrase[-1].isalnum() else ""
    return before + re.escape(phrase) + after
