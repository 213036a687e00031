"""The English reader: clauses, evidence of feelings, topics and intent of a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from voc.nlp.clauses import as_mentions, at_original
from voc.nlp.detect_language import ENGLISH
from voc.nlp.en import abuse, intents, moods
from voc.nlp.en.clauses import WeighedClause, weighed_clauses
from voc.nlp.en.document import class_scores, coefficients, numbers, overall
from voc.nlp.en.feelings import Evidence, faces, find_evidence, phrase_book, vocabulary
from voc.nlp.en.other_forms import other_forms
from voc.nlp.en.phrases import FoundPhrase
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

SHOWN_KINDS = {REQUEST, QUESTION, *URGENCIES}


class EnglishReader:
    """Reads English; lexicons are loaded once per process, topics once per reader."""

    def __init__(self, topics: Iterable[Seeds]) -> None:
        (
            phrase_book(),
            vocabulary(),
            coefficients(),
            intents.intents(),
            intents.urgencies(),
            abuse.book_of_abuse(),
        )
        self._topics = EnglishTopics(topics)

    def begin(self, text: str) -> Callable[[], Reading]:
        return partial(self._read, text)

    def _read(self, text: str) -> Reading:
        parsed = parse(text)
        folded, words, evidence, asks = parsed.folded, parsed.words, parsed.evidence, parsed.asks
        presses = list(intents.pressing_phrases(words))
        measured = numbers(words, evidence, parsed.clauses)
        scores = class_scores(words, measured)
        sentiment = overall(scores, evidence, parsed.clauses, bool(asks), bool(presses))
        clauses = [weighed.clause for weighed in parsed.clauses]
        mentions = as_mentions(self._topics.occurrences(words), clauses)
        return Reading(
            ENGLISH,
            sentiment,
            tuple(at_original(mention, folded) for mention in mentions),
            tuple(_feeling(e, folded) for e in evidence if e.weight),
            intents.intent(words, asks, sentiment, bool(presses)),
            tuple(_sign(p, folded) for p in (*asks, *presses) if p.kind in SHOWN_KINDS),
            tuple(_sign(p, folded) for p in abuse.abuse(words)),
            (*measured, *scores),
            tuple(other_forms(text, folded, words)),
        )


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text with its spelling corrected: its words, what it asks, its evidence and its clauses."""

    folded: Folded
    words: Words
    asks: list[FoundPhrase]
    evidence: list[Evidence]
    clauses: list[WeighedClause]


def parse(text: str) -> Parsed:
    folded, words = meant(fold(text), vocabulary())
    asks = intents.requests_and_questions(words)
    questions = [phrase.start for phrase in asks if phrase.kind == QUESTION]
    evidence = find_evidence(words, faces(text, folded))
    evidence = moods.calm_asked(words.lowered, evidence, questions)
    evidence = moods.calm_supposed(words.lowered, evidence)
    evidence = moods.turn_irony(words.lowered, evidence)
    return Parsed(folded, words, asks, evidence, weighed_clauses(folded.text, evidence))


def _feeling(evidence: Evidence, folded: Folded) -> Feeling:
    sentiment = POSITIVE if evidence.weight > 0 else NEGATIVE
    return Feeling(sentiment, *folded.original(evidence.start, evidence.end))


def _sign(phrase: FoundPhrase, folded: Folded) -> Sign:
    return Sign(phrase.kind, *folded.original(phrase.start, phrase.end))
