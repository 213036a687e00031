"""Carriers: the words by which checked examples show a topic.

A classifier alone knows that a text looks like others of a topic; nobody can check that. So it
gives a topic only to a text with a word that carries it, and names that word. Words are kept as
hashes, and only those of several examples: no customer's own word stands among the weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from math import comb

import numpy as np
from numpy.typing import NDArray

from voc.nlp.content_words import ContentWord, ContentWords

Carriers = NDArray[np.uint64]  # hashes of words, sorted

FEWEST_EXAMPLES_PER_WORD = 3  # examples of the topic; what fewer share may be chance, or a name
LEAST_PRECISION = 0.5  # of the examples with the word, how many are about the topic
MOST_CHANCE = 0.05  # how likely so many of them would be by chance
FEWEST_WORDS = 3  # of a text; a shorter one, "Hello", says too little to be judged by its look


def carriers(words: Sequence[ContentWords], truth: Sequence[bool]) -> Carriers:
    """The words that carry the topic which these examples have, or have not."""
    inside = _counts(text for text, has_topic in zip(words, truth, strict=True) if has_topic)
    anywhere = _counts(words)
    found = _significant(inside, anywhere, sum(truth), len(truth))
    return np.array(sorted(map(_hash, found)), dtype=np.uint64)


def carrier(words: ContentWords, known: Carriers) -> ContentWord | None:
    """The first word of the text that carries the topic; None for a text that is too short."""
    if words.length < FEWEST_WORDS:
        return None
    hashes = set(known.tolist())
    return next((word for word in words.words if _hash(word.form) in hashes), None)


def _counts(texts: Iterable[ContentWords]) -> Counter[str]:
    return Counter(form for text in texts for form in text.forms)


def _significant(
    inside: Counter[str], anywhere: Counter[str], topic: int, texts: int
) -> Iterator[str]:
    for form, n in inside.items():
        is_frequent = n >= max(FEWEST_EXAMPLES_PER_WORD, LEAST_PRECISION * anywhere[form])
        if is_frequent and _chance(n, anywhere[form], topic, texts) <= MOST_CHANCE:
            yield form


def _chance(n: int, drawn: int, topic: int, texts: int) -> float:
    """The chance that of `drawn` texts n or more are about the topic (hypergeometric)."""
    most = min(drawn, topic)
    ways = sum(comb(topic, k) * comb(texts - topic, drawn - k) for k in range(n, most + 1))
    return ways / comb(texts, drawn)


def _hash(form: str) -> int:
    return int.from_bytes(blake2b(form.encode("utf-8", "replace"), digest_size=8).digest())
