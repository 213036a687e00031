"""voc/taggers/english_feelings.py -- what English text feels: two lexicons, weighed by a fit.

TextBlob alone says exactly 0 for a quarter of clear feelings, VADER alone misreads others. A
logistic regression over the six numbers they give, and over how often some turns of phrase occur,
is better than either. Its weights come from `benchmarks/fit_english.py`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from textblob.en import sentiment as textblob_sentiment
from vaderSentiment.vaderSentiment import NEGATE, SentimentIntensityAnalyzer

from voc.taggers import english_patterns
from voc.taggers.readings import NEGATIVE, NEUTRAL, POSITIVE

DATA = Path(__file__).parent / "data"
CLASSES = (NEGATIVE, NEUTRAL, POSITIVE)

WISHED = -0.5

# How much each weighs where it stands; a wish is for what is not there, and comes first.
SHOWS = (
    (english_patterns.WISH, WISHED),
    (english_patterns.TROUBLE, -1.0),
    (english_patterns.PRAISE, 1.0),
    # Thanks are often only good manners: "Thanks for losing my bag".
    (english_patterns.THANKS, 0.5),
)
# Words of feeling that in feedback mostly name something: customer support, credit card.
NAMES = {
    "support",
    "care",
    "credit",
    "security",
    "interest",
    "share",
    "please",
    "like",
    "number",
    "help",
    "kind",
    "no",
}
NEGATORS = {"no", *NEGATE} - {"without", "despite", "rarely", "seldom"}
WORD = re.compile(r"(?<![@\w])[^\W_]+(?:'[^\W_]+)?")  # not @united
TOKEN = re.compile(r"n't|[^\W\d_]+?(?=n't)|[^\W\d_]+(?:[-'][^\W\d_]+)*|!|[:;=][-o]?[()dp/|]|<3")
STOP = re.compile(r"[.!?;\n]")
SAYS_SOMETHING = 1.0  # on VADER's scale from -4 to 4
SCALE = 3  # so that great weighs 1
LONG = 4_000  # characters; VADER takes four times as long for twice the text
ENOUGH = 3  # the fourth time says no more
NEGATION_REACHES = 3  # words, as in VADER
NEAR = 40  # characters that surely hold so many words


@dataclass(frozen=True)
class Weights:
    """A row of ten and a bias for each of CLASSES."""

    rows: tuple[tuple[float, ...], ...]
    biases: tuple[float, ...]


@dataclass(frozen=True)
class Felt:
    """How much some characters of the folded text weigh, + or -."""

    weight: float
    start: int
    end: int


@cache
def vader() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()


@cache
def weights() -> Weights:
    fitted = json.loads((DATA / "en_weights.json").read_text(encoding="utf-8"))
    return Weights(tuple(map(tuple, fitted["rows"])), tuple(fitted["biases"]))


def numbers(text: str, turns: Sequence[Sequence[Felt]]) -> tuple[float, ...]:
    """TextBlob's two, VADER's four, how often each turn of phrase occurs, and the questions."""
    # Cutting the words ourselves is twice as fast as letting TextBlob do it, and reads the same.
    polarity, subjectivity = textblob_sentiment(TOKEN.findall(text[:LONG].lower()))
    said = vader().polarity_scores(text[:LONG])
    six = polarity, subjectivity, said["compound"], said["neg"], said["neu"], said["pos"]
    wishes, troubles, *praises = map(len, turns)
    counts = wishes, troubles, sum(praises), text.count("?")
    return *six, *(float(min(ENOUGH, count)) for count in counts)


def likeliest(text: str, turns: Sequence[Sequence[Felt]]) -> str:
    """Which of CLASSES the fit gives most to."""
    found, fitted = numbers(text, turns), weights()
    scores = [
        bias + sum(w * x for w, x in zip(row, found, strict=True))
        for row, bias in zip(fitted.rows, fitted.biases, strict=True)
    ]
    return CLASSES[scores.index(max(scores))]


def turns_of_phrase(text: str) -> list[list[Felt]]:
    """Where each of SHOWS occurs."""
    lowered = text.lower()
    return [[_turn(lowered, m, weight) for m in found.finditer(lowered)] for found, weight in SHOWS]


def _turn(lowered: str, match: re.Match[str], weight: float) -> Felt:
    before = STOP.split(lowered[max(0, match.start() - NEAR) : match.start()])[-1]
    turned = weight > 0 and _negated(WORD.findall(before))
    return Felt(-weight if turned else weight, *match.span())


def evidence(text: str, turns: Sequence[Sequence[Felt]]) -> list[Felt]:
    """What is felt, in the order of the text; a turn of phrase stands for the words in it."""
    found: list[Felt] = []
    taken: set[int] = set()
    for felt in chain(*turns, _words(text.lower())):
        if felt.start not in taken:
            found.append(felt)
            taken.update(range(felt.start, felt.end))
    return sorted(found, key=lambda felt: felt.start)


def _words(lowered: str) -> Iterator[Felt]:
    """Words of VADER's lexicon, turned round by a "not" shortly before."""
    before: list[str] = []
    lexicon, end = vader().lexicon, 0
    for match in WORD.finditer(lowered):
        if STOP.search(lowered, end, match.start()):
            before.clear()
        word, end = match[0], match.end()
        valence = lexicon.get(word, 0.0)
        if abs(valence) >= SAYS_SOMETHING and word not in NAMES:
            yield Felt(valence / SCALE * (-1 if _negated(before) else 1), *match.span())
        before.append(word)


def _negated(before: list[str]) -> bool:
    return any(word in NEGATORS for word in before[-NEGATION_REACHES:])
