"""Pieces of text that each bear a feeling, and the topics mentioned in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from voc.nlp.normalize import Folded
from voc.nlp.reading import NEUTRAL, Mention
from voc.nlp.sentiment import pool


@dataclass(frozen=True)
class Clause:
    """A stretch of the folded text, the sentence it belongs to, and its feeling."""

    start: int
    end: int
    sentence: int
    sentiment: str


@dataclass(frozen=True)
class Occurrence:
    """Words of the folded text that name a topic."""

    start: int
    end: int
    topic: str


def as_mentions(occurrences: Iterable[Occurrence], clauses: Sequence[Clause]) -> list[Mention]:
    """One mention per topic, in the order of the text, with the feeling of its clauses.

    The evidence is the first occurrence that is felt about, else the first.
    """
    found: dict[str, list[tuple[Occurrence, str]]] = {}
    for occurrence in sorted(occurrences, key=lambda o: (o.start, -o.end)):
        felt = _feeling_about(occurrence, clauses)
        found.setdefault(occurrence.topic, []).append((occurrence, felt))
    return [_mention(topic, felt_occurrences) for topic, felt_occurrences in found.items()]


def without_overlaps(found: Iterable[Occurrence]) -> list[Occurrence]:
    """Without those that a longer one of another topic reaches into."""
    ordered = sorted(found, key=lambda o: (o.start, -o.end))
    claims: dict[int, list[Occurrence]] = {}
    for occurrence in ordered:
        for place in range(occurrence.start, occurrence.end):
            claims.setdefault(place, []).append(occurrence)
    return [
        occurrence
        for occurrence in ordered
        if occurrence.topic and not _is_overlapped(occurrence, claims)
    ]


def _is_overlapped(occurrence: Occurrence, claims: dict[int, list[Occurrence]]) -> bool:
    """Whether a longer one of another topic, or an earlier as long, stands on its letters."""
    return any(
        other.topic != occurrence.topic and _strength(other) > _strength(occurrence)
        for place in range(occurrence.start, occurrence.end)
        for other in claims[place]
    )


def _strength(occurrence: Occurrence) -> tuple[int, int]:
    return occurrence.end - occurrence.start, -occurrence.start


def _mention(topic: str, felt_occurrences: list[tuple[Occurrence, str]]) -> Mention:
    best = next((o for o, felt in felt_occurrences if felt != NEUTRAL), felt_occurrences[0][0])
    return Mention(topic, pool(felt for _, felt in felt_occurrences), best.start, best.end)


def _feeling_about(occurrence: Occurrence, clauses: Sequence[Clause]) -> str:
    """The feeling of its clause, else of the next ones in the sentence, else of those before.

    "The room, which we booked for two, was tiny": what is said of a topic often comes later.
    """
    home = bisect_right(clauses, occurrence.start, key=_start) - 1
    if home < 0:
        return NEUTRAL
    onwards, back = range(home, len(clauses)), range(home - 1, -1, -1)
    for way in (onwards, back):
        for clause in takewhile(_in_sentence_of(clauses[home]), (clauses[i] for i in way)):
            if clause.sentiment != NEUTRAL:
                return clause.sentiment
    return NEUTRAL


def _in_sentence_of(home: Clause) -> Callable[[Clause], bool]:
    return lambda clause: clause.sentence == home.sentence


def _start(clause: Clause) -> int:
    return clause.start


def at_original(mention: Mention, folded: Folded) -> Mention:
    """The same mention, pointing at what was typed."""
    start, end = folded.original(mention.start, mention.end)
    return replace(mention, start=start, end=end)


def clearly_disagree(weights: Iterable[float], at_least: float) -> bool:
    """Whether both sides have a clause this strong: less than that is one feeling with a but."""
    weights = list(weights)
    return max(weights, default=0) >= at_least and min(weights, default=0) <= -at_least
