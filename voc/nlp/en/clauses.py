"""Clauses of an English text, each with the weight of the evidence in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voc.nlp.clauses import Clause
from voc.nlp.en.feelings import Evidence
from voc.nlp.reading import NEGATIVE, NEUTRAL, POSITIVE

CLEAR_WEIGHT = 0.4  # a weight from which a clause has a feeling

BREAK = re.compile(
    # "Delivery took weeks. The table is lovely though." is one sentence to us.
    r"(?P<sentence>[.!?]+(?=\s|$)(?!\s+(?:but|however|yet|that said|on the other hand)\b"
    r"|[^.!?\n]*\bthough[.!?])|\n+)|[.!?]+(?=\s|$)"
    r"|[;:,]?\s(?=(?:but|however|although|though|except|yet|while|whereas|otherwise|unfortunately"
    r"|sadly|shame|pity)\b)"
    r"|[;,]\s",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class WeighedClause:
    """A clause and the sum of the evidence in it."""

    clause: Clause
    weight: float


def weighed_clauses(text: str, evidence: Sequence[Evidence]) -> list[WeighedClause]:
    """Each clause with its weight, by the words in it.

    The fit is for whole texts: a clause is too short for it, and it cannot be shown to staff.
    """
    places = [e.start for e in evidence]
    found = []
    for start, end, sentence in clause_spans(text):
        within = evidence[bisect_left(places, start) : bisect_left(places, end)]
        weight = sum(e.weight for e in within)
        found.append(WeighedClause(Clause(start, end, sentence, sentiment_of(weight)), weight))
    return found


def sentiment_of(weight: float) -> str:
    if abs(weight) < CLEAR_WEIGHT:
        return NEUTRAL
    return POSITIVE if weight > 0 else NEGATIVE


def clause_spans(text: str) -> Iterator[tuple[int, int, int]]:
    """Start and end of each clause, with the number of its sentence."""
    start = sentence = 0
    for match in BREAK.finditer(text):
        if match.end() > start and text[start : match.start()].strip():
            yield start, match.end(), sentence
            start = match.end()
        sentence += match["sentence"] is not None
    if text[start:].strip():
        yield start, len(text), sentence
