"""Topic matching: the topics an English text names.

A phrase is found by the stems of its words ("refund" in "refunds" and "refunded"), with small
words between them and two words either way round ("slow reply" in "the reply was so slow"); one
that holds more than words as it stands. "app" is not in "happy". Where a longer phrase of another
topic stands, a shorter one inside it says nothing: that reply is not about the speed of an app.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from nltk.stem.porter import PorterStemmer

from voc.nlp.clauses import Occurrence, without_overlaps
from voc.nlp.en.words import Words
from voc.nlp.normalize import fold
from voc.nlp.phrase_index import PhraseIndex, word_set
from voc.nlp.reading import Seeds

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
PLAIN = re.compile(r"[a-z0-9' -]+")
APART = re.compile(r"[.!?;:,\n]")
PASSED_OVER = word_set("""
    a an the this that these those my your our their his her its it i you we they me us
    is are was were be been am i'm it's that's has have had very so too really quite pretty rather
    just even still always extremely super of to for on in at with and
""")
# What a stemmer takes for forms of another word.
NO_FORM_OF = {"customer": "customer", "customers": "customer", "early": "early"}
# Expressions about no topic, though a word in them may name one.
IDIOMS = (
    *("late father", "late mother", "late husband", "late wife", "late night", "better late"),
    *("cancelled flight", "cancelled train", "cancelled trip", "cancelled booking"),
    *("cancelled reservation", "cancelled appointment", "cancelled event"),
    *("report you", "reported you", "fast food", "train ticket", "in the long run", "front door"),
)
NO_TOPIC = ""
BEGINNING = 3  # letters, which no ending reaches
_porter = PorterStemmer()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Porter's stem (1980), as nltk has it; nltk comes with TextBlob."""
    if len(word) >= 50:
        return word
    return NO_FORM_OF.get(word) or str(_porter.stem(word))


class EnglishTopics:
    """Matchers for a set of topics, made once."""

    def __init__(self, topics: Iterable[Seeds]) -> None:
        self._by_stems: PhraseIndex[tuple[str, ...]] = PhraseIndex()
        self._by_content: PhraseIndex[tuple[str, ...]] = PhraseIndex()
        self._by_letters: list[tuple[str, re.Pattern[str]]] = []
        self._beginnings: set[str] = set()
        for topic in (*topics, Seeds(NO_TOPIC, phrases_en=IDIOMS)):
            self._know(topic.key, [_tidy(p) for p in topic.phrases_en if _tidy(p)])

    def _know(self, key: str, phrases: list[str]) -> None:
        for phrase in phrases:
            words = WORD.findall(phrase)
            self._beginnings.update(word[:BEGINNING] for word in words)
            _add(self._by_stems, [stem(word) for word in words], key)
            content = [stem(word) for word in words if word not in PASSED_OVER]
            if len(content) > 1:
                _add(self._by_content, content, key)
            if len(content) == 2:
                _add(self._by_content, content[::-1], key)
        # Stems find all but what is more than words: "c++", "24/7", "価格".
        whole = [phrase for phrase in phrases if not PLAIN.fullmatch(phrase)]
        if whole:
            self._by_letters.append((key, re.compile("|".join(map(_bounded, whole)))))

    def occurrences(self, words: Words) -> list[Occurrence]:
        """Every phrase that no longer one of another topic overlaps."""
        return without_overlaps({*self._in_words(words), *self._in_letters(words.lowered)})

    def _in_words(self, words: Words) -> Iterator[Occurrence]:
        # Only what begins like a word of a phrase can have its stem.
        stems = [stem(w) if w[:BEGINNING] in self._beginnings else w for w in words.words]
        for first, after, keys in self._by_stems.every(stems):
            yield from _named(words, first, after - 1, keys)
        places = [place for place, word in enumerate(words.words) if word not in PASSED_OVER]
        for first, after, keys in self._by_content.every([stems[place] for place in places]):
            start, last = places[first], places[after - 1]
            if not APART.search(words.lowered, words.ends[start], words.starts[last]):
                yield from _named(words, start, last, keys)

    def _in_letters(self, lowered: str) -> Iterator[Occurrence]:
        for key, pattern in self._by_letters:
            for match in pattern.finditer(lowered):
                yield Occurrence(match.start(), match.end(), key)


def _add(phrases: PhraseIndex[tuple[str, ...]], stems: list[str], key: str) -> None:
    known = phrases.get(stems, ())
    if key not in known:
        phrases.add(stems, (*known, key))


def _named(words: Words, first: int, last: int, keys: Iterable[str]) -> Iterator[Occurrence]:
    return (Occurrence(words.starts[first], words.ends[last], key) for key in keys)


def _tidy(phrase: str) -> str:
    return fold(phrase).text.strip().lower()


def _bounded(phrase: str) -> str:
    before = r"(?<!\w)" if phrase[0].isalnum() else ""
    after = r"(?!\w)" if phrase[-1].isalnum() else ""
    return before + re.escape(phrase) + after
