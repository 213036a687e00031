"""Evidence of feelings: words and phrases of an English text, and their weights.

Phrases come first (data/phrases.tsv), then single words, each turned round by a "not" shortly
before. Evidence can be shown to staff; the sentiment of the whole text is weighed in document.py.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

from vaderSentiment.vaderSentiment import NEGATE

from voc.nlp import emoji
from voc.nlp.en.lexicons import valences
from voc.nlp.en.phrases import FoundPhrase, PhraseBook, book
from voc.nlp.en.words import Words
from voc.nlp.normalize import LONGEST_TEXT, Folded
from voc.nlp.phrase_index import word_set

# How much each kind of phrase weighs where it stands.
WEIGHTS = {
    "delight": 1.5,
    "good": 1.0,
    "thanks": 0.5,  # often only good manners: "Thanks for losing my bag"
    "fine": 0.0,  # holds a word of feeling that means none here: "direct debit", "credit card"
    "lukewarm": 0.0,  # neither good nor bad, and says so
    "wish": -0.5,  # for what is not there, and comes first
    "worry": -0.5,  # a refund is mostly spoken of when something went wrong
    "flaw": -1.0,
    "trouble": -1.0,
    "misery": -1.5,
}
# How much they weigh after a "not"; "can't" is part of the trouble itself, and turns nothing.
NEGATED_WEIGHTS = {"delight": -0.8, "good": -1.0, "thanks": -0.5, "flaw": 0.6}

NEGATORS = word_set("no none neither nor lacks lacking hardly").union(NEGATE) - word_set(
    "without despite rarely seldom"
)
ONLY = {"only", "just", "to"}  # "not only good" is good
# How a face of plain letters may look: :-) or =D, (-: or <3, ^^ or T_T.
EMOTICON = re.compile(
    r"[:;=x8][-'o^]?[()dpo/\\|*3]|[(<][-'^;]*[:;=3]|\^\^|[\^_.;tqxi+~>-][_.o-]?[\^_.;tqxi+~<-]\)|t_t|orz|otl",
    re.IGNORECASE,
)
STOP = re.compile(r"[.!?;,\n]")
LOUDER, QUIETER = 1.25, 0.7
NOT_BAD = 0.5  # of how bad it would be
NEGATION_REACHES = 3  # words, as in VADER


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of the text and its weight, + or -; the kind of phrase, or "word"."""

    kind: str
    weight: float
    start: int
    end: int


BOOSTERS = word_set("""
    very so really extremely absolutely totally completely utterly incredibly super truly such
    too especially highly terribly far always
""")
DAMPERS = word_set("""
    bit slightly somewhat fairly little sort kinda mildly partly
""")


@cache
def phrase_book() -> PhraseBook:
    return book("phrases.tsv")


@cache
def vocabulary() -> frozenset[str]:
    """Words known to be words, by which a drawn out one is recognised."""
    return frozenset(valences()) | frozenset(phrase_book().vocabulary)


def find_evidence(words: Words, faces: Iterable[Evidence] = ()) -> list[Evidence]:
    """All evidence, in the order of the text."""
    return sorted((*_evidence_of_words(words), *faces), key=attrgetter("start"))


def faces(typed: str, folded: Folded) -> list[Evidence]:
    """Evidence of emoji and emoticons; they are known by how they were typed."""
    if typed.isascii() and not EMOTICON.search(typed):
        return []
    found = []
    for emoticon in emoji.emoticons(typed[:LONGEST_TEXT]):
        start, end = (bisect_left(folded.starts, place) for place in (emoticon.start, emoticon.end))
        if start < end:
            found.append(Evidence("face", emoticon.weight, start, end))
    return found


def _evidence_of_words(words: Words) -> Iterator[Evidence]:
    shelves, lexicon, phrase_end = phrase_book().shelves(words), valences(), 0
    free = 0  # the first word after the last phrase: what is in a phrase negates nothing else
    for place, word in enumerate(words.words):
        start = words.starts[place]
        if start < phrase_end:
            free = place + 1
        elif place in shelves and (phrase := shelves[place].find(words, place)):
            yield _weighed(phrase, negated(words, place, free), _loudness(words, place))
            phrase_end, free = phrase.end, place + 1
        elif word in lexicon:
            weight = _negated_weight(lexicon[word], negated(words, place, free))
            yield Evidence("word", weight * _loudness(words, place), start, words.ends[place])


def _weighed(phrase: FoundPhrase, is_negated: bool, loudness: float) -> Evidence:
    weight = WEIGHTS[phrase.kind]
    if is_negated:
        weight = NEGATED_WEIGHTS.get(phrase.kind, weight)
    return Evidence(phrase.kind, weight * loudness, phrase.start, phrase.end)


def _loudness(words: Words, place: int) -> float:
    """ "Very slow" is more than slow, "a bit slow" less."""
    before = words.words[place - 1] if place else ""
    return LOUDER if before in BOOSTERS else QUIETER if before in DAMPERS else 1.0


def _negated_weight(weight: float, is_negated: bool) -> float:
    if not is_negated:
        return weight
    return -weight if weight > 0 else -weight * NOT_BAD


def negated(words: Words, place: int, free: int) -> bool:
    """True if a "not" stands up to three words before, in the same stretch of the sentence."""
    for before in range(place - 1, max(free, place - NEGATION_REACHES) - 1, -1):
        if words.words[before] in NEGATORS:
            return words.words[before + 1] not in ONLY and not STOP.search(
                words.lowered, words.ends[before], words.starts[place]
            )
    return False
