"""voc/taggers/japanese.py -- read Japanese: split, feel each clause, find the topics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from voc.taggers.clauses import Clause, bear, clearly_disagree, replaced
from voc.taggers.japanese_feelings import CONCEDED, Evidence, evidence
from voc.taggers.japanese_topics import JapaneseTopics
from voc.taggers.japanese_words import Words, polarities, tokenizer
from voc.taggers.languages import JAPANESE
from voc.taggers.originals import Folded, fold
from voc.taggers.readings import (
    MIXED,
    NEGATIVE,
    NEUTRAL,
    POSITIVE,
    Feeling,
    Reading,
    Seeds,
)

CLEAR = 0.45  # a weight from which a feeling is one
STRONG = 1.0  # a weight on both sides that makes a text mixed

ENDS_A_SENTENCE = set("。!?\n")
CONTRASTS = {"が", "けれど", "けれども", "ものの", "にも関わらず"}


class JapaneseReader:
    """Reads Japanese; dictionaries are loaded once per process, topics once per reader."""

    def __init__(self, topics: Iterable[Seeds]) -> None:
        polarities()
        self._topics = JapaneseTopics(topics)

    def read(self, text: str) -> Reading:
        folded = fold(text)
        words = tokenizer().words(folded.text)
        felt = [_Felt.of(words, *clause) for clause in _clauses(words)]
        mentions = bear(self._topics.occurrences(words), [clause.clause for clause in felt])
        return Reading(
            JAPANESE,
            overall(felt),
            tuple(replaced(mention, folded) for mention in mentions),
            tuple(_feeling(e, folded) for clause in felt for e in clause.found),
        )


@dataclass(frozen=True)
class _Felt:
    """A clause, its evidence, its weight, and whether the sentence goes on with "but"."""

    clause: Clause
    found: list[Evidence]
    weight: float
    conceded: bool

    @classmethod
    def of(cls, words: Words, start: int, end: int, sentence: int) -> _Felt:
        found = evidence(words, start, end)
        weight = sum(e.weight for e in found)
        clause = Clause(words.starts[start], words.ends[end - 1], sentence, named(weight))
        return cls(clause, found, weight, _concedes(words, start, end))


def _feeling(found: Evidence, folded: Folded) -> Feeling:
    return Feeling(
        POSITIVE if found.weight > 0 else NEGATIVE, *folded.original(found.start, found.end)
    )


def _clauses(words: Words) -> Iterator[tuple[int, int, int]]:
    """Word ranges, each with the number of its sentence."""
    start = sentence = 0
    for place, form in enumerate(words.forms):
        ends = words.text[words.starts[place]] in ENDS_A_SENTENCE if form else False
        if ends or _breaks(words, place):
            yield start, place + 1, sentence
            start, sentence = place + 1, sentence + ends
    if start < len(words.forms):
        yield start, len(words.forms), sentence


def _breaks(words: Words, place: int) -> bool:
    return words.kinds[place][1] == "読点" or _contrasts(words, place)


def _contrasts(words: Words, place: int) -> bool:
    return words.forms[place] in CONTRASTS and words.kinds[place][1] == "接続助詞"


def _concedes(words: Words, start: int, end: int) -> bool:
    """Whether the sentence goes on from here with "but"."""
    return end < len(words.forms) and any(
        _contrasts(words, place) for place in range(max(start, end - 2), end)
    )


def overall(felt: Sequence[_Felt]) -> str:
    """The feeling of a whole text: what is conceded counts half, unless both sides are strong."""
    weights = [each.weight for each in felt]
    total = sum(each.weight * (CONCEDED if each.conceded else 1) for each in felt)
    sentiment = named(total)
    # Feelings that cancel out are not the absence of any.
    even = sentiment == NEUTRAL and clearly_disagree(weights, CLEAR)
    return MIXED if even or clearly_disagree(weights, STRONG) else sentiment


def named(weight: float) -> str:
    if abs(weight) < CLEAR:
        return NEUTRAL
    return POSITIVE if weight > 0 else NEGATIVE
