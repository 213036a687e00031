"""Read English: split, feel each clause, find the topics."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from voc.nlp.clauses import bear, replaced
from voc.nlp.detect_language import ENGLISH
from voc.nlp.en import intents as intents
from voc.nlp.en import moods as moods
from voc.nlp.en.clauses import Weighed, weighed
from voc.nlp.en.document import numbers, overall, scores, weights
from voc.nlp.en.feelings import Felt, evidence, faces, phrases, vocabulary
from voc.nlp.en.phrases import Said
from voc.nlp.en.topics import EnglishTopics
from voc.nlp.en.words import Words, meant
from voc.nlp.normalize import Folded, fold
from voc.nlp.reading import (
    NEGATIVE,
    POSITIVE,
    QUESTION,
    REQUEST,
    URGENCIES,
    Feeling,
    Reading,
    Seeds,
    Sign,
)

SHOWN = {REQUEST, QUESTION, *URGENCIES}


class EnglishReader:
    """Reads English; lexicons are loaded once per process, topics once per reader."""

    def __init__(self, topics: Iterable[Seeds]) -> None:
        phrases(), vocabulary(), weights(), intents.intents(), intents.urgencies()
        self._topics = EnglishTopics(topics)

    def read(self, text: str) -> Reading:
        seen = look(text)
        folded, words, felt, asks = seen.folded, seen.words, seen.felt, seen.asks
        presses = list(intents.pressing(words))
        measured = numbers(words, felt, seen.clauses)
        scored = scores(words, measured)
        sentiment = overall(scored, felt, seen.clauses, bool(asks), bool(presses))
        mentions = bear(self._topics.occurrences(words), [each.clause for each in seen.clauses])
        return Reading(
            ENGLISH,
            sentiment,
            tuple(replaced(mention, folded) for mention in mentions),
            tuple(_feeling(f, folded) for f in felt if f.weight),
            intents.intent(words, asks, sentiment, bool(presses)),
            tuple(_sign(said, folded) for said in (*asks, *presses) if said.kind in SHOWN),
            (*measured, *scored),
        )


@dataclass(frozen=True, slots=True)
class Look:
    """The text as it was meant, its words, what is asked, what is felt, and the clauses."""

    folded: Folded
    words: Words
    asks: list[Said]
    felt: list[Felt]
    clauses: list[Weighed]


def look(text: str) -> Look:
    folded, words = meant(fold(text), vocabulary())
    asks = intents.asked(words)
    questions = [said.start for said in asks if said.kind == QUESTION]
    felt = evidence(words, faces(text, folded))
    felt = moods.supposed(words.lowered, moods.asked(words.lowered, felt, questions))
    felt = moods.ironic(words.lowered, felt)
    return Look(folded, words, asks, felt, weighed(folded.text, felt))


def _feeling(felt: Felt, folded: Folded) -> Feeling:
    sentiment = POSITIVE if felt.weight > 0 else NEGATIVE
    return Feeling(sentiment, *folded.original(felt.start, felt.end))


def _sign(said: Said, folded: Folded) -> Sign:
    return Sign(said.kind, *folded.original(said.start, said.end))
