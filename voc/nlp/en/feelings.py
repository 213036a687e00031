"""Which words of an English text feel something, and how much.

Phrases come first (data/phrases.tsv), then single words, each turned round by a "not" shortly
before. What is felt can be shown to staff; the feeling of the whole text is
weighed in english_whole.py.
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
from voc.nlp.en.phrases import PhraseBook, Said, book
from voc.nlp.en.words import Words
from voc.nlp.normalize import LONGEST_TEXT, Folded
from voc.nlp.phrase_index import listed

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
TURNED = {"delight": -0.8, "good": -1.0, "thanks": -0.5, "flaw": 0.6}

NEGATORS = listed("no none neither nor lacks lacking hardly").union(NEGATE) - listed(
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
class Felt:
    """How much some characters of the text weigh, + or -; the kind of phrase, or "word"."""

    kind: str
    weight: float
    start: int
    end: int


BOOSTERS = listed("""
    very so really extremely absolutely totally completely utterly incredibly super truly such
    too especially highly terribly far always
""")
DAMPERS = listed("""
    bit slightly somewhat fairly little sort kinda mildly partly
""")


@cache
def phrases() -> PhraseBook:
    return book("phrases.tsv")


@cache
def vocabulary() -> frozenset[str]:
    """Words known to be words, by which a drawn out one is recognised."""
    return frozenset(valences()) | frozenset(phrases().vocabulary)


def evidence(words: Words, faces: Iterable[Felt] = ()) -> list[Felt]:
    """What is felt, in the order of the text."""
    return sorted((*_felt(words), *faces), key=attrgetter("start"))


def faces(typed: str, folded: Folded) -> list[Felt]:
    """Emoji and emoticons; they are known by how they were typed."""
    if typed.isascii() and not EMOTICON.search(typed):
        return []
    found = []
    for sign in emoji.signs(typed[:LONGEST_TEXT]):
        start, end = (bisect_left(folded.starts, place) for place in (sign.start, sign.end))
        if start < end:
            found.append(Felt("face", sign.weight, start, end))
    return found


def _felt(words: Words) -> Iterator[Felt]:
    shelves, lexicon, told = phrases().shelves(words), valences(), 0
    free = 0  # the first word after the last phrase: what is in a phrase negates nothing else
    for place, word in enumerate(words.words):
        start = words.starts[place]
        if start < told:
            free = place + 1
        elif place in shelves and (said := shelves[place].find(words, place)):
            yield _weighed(said, negated(words, place, free), _loudness(words, place))
            told, free = said.end, place + 1
        elif word in lexicon:
            weight = _turned(lexicon[word], negated(words, place, free)) * _loudness(words, place)
            yield Felt("word", weight, start, words.ends[place])


def _weighed(said: Said, turned: bool, loudness: float) -> Felt:
    weight = TURNED.get(said.kind, WEIGHTS[said.kind]) if turned else WEIGHTS[said.kind]
    return Felt(said.kind, weight * loudness, said.start, said.end)


def _loudness(words: Words, place: int) -> float:
    """ "Very slow" is more than slow, "a bit slow" less."""
    before = words.words[place - 1] if place else ""
    return LOUDER if before in BOOSTERS else QUIETER if before in DAMPERS else 1.0


def _turned(weight: float, turned: bool) -> float:
    if not turned:
        return weight
    return -weight if weight > 0 else -weight * NOT_BAD


def negated(words: Words, place: int, free: int) -> bool:
    """Whether a "not" stands up to three words before, in the same stretch of the sentence."""
    for before in range(place - 1, max(free, place - NEGATION_REACHES) - 1, -1):
        if words.words[before] in NEGATORS:
            return words.words[before + 1] not in ONLY and not STOP.search(
                words.lowered, words.ends[before], words.starts[place]
            )
    return False
