"""Other forms of the words of an English text, by which people look for them.

"deliveries" is looked for as "delivery", "bought" as "buy", and "dissapointed" as "disappointed".
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from simplemma import is_known, lemmatize

from voc.nlp.en.topics import PASSED_OVER
from voc.nlp.en.words import Words
from voc.nlp.normalize import Folded
from voc.nlp.reading import OtherForms

SHORTEST = 3  # letters of a word that has forms
FORM_OF = {"worse": "bad", "worst": "bad"}  # what simplemma does not know


def other_forms(text: str, folded: Folded, words: Words) -> Iterator[OtherForms]:
    """The words that have other forms, in order; a word that comes again may be given again."""
    for word, start, end in zip(words.words, words.starts, words.ends, strict=True):
        if len(word) < SHORTEST or word in PASSED_OVER or not word.isalpha():
            continue
        first, last = folded.original(start, end)
        typed = text[first:last]
        forms = _forms(word)
        if typed.lower() != word:
            forms = (word, *forms)
        if forms:
            yield OtherForms(typed, forms)


@lru_cache(maxsize=30_000)
def _forms(word: str) -> tuple[str, ...]:
    """What the word is a form of; happily is one of happy, too."""
    found = [FORM_OF.get(word) or lemmatize(word, lang="en")]
    if word.endswith("ily") and is_known(happy := f"{word[:-3]}y", lang="en"):
        found.append(happy)
    return tuple(each for each in dict.fromkeys(found) if each != word)
