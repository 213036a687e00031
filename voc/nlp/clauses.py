"""Clauses that each bear a sentiment, and the topics mentioned in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile
from typing import NamedTuple

from voc.nlp.normalize import Folded
from voc.nlp.reading import NEUTRAL, Mention
from voc.nlp.sentiment import pool


class Clause(NamedTuple):
    """A stretch of the folded text, the sentence it belongs to, and its feeling."""

    start: int
    end: int
    sentence: int
    sentiment: str


class Occurrence(NamedTuple):
    """Words of the folded text that name a topic."""

    start: int
    end: int
    topic: str


def as_mentions(occurrences: Iterable[Occurrence], clauses: Sequence[Clause]) -> list[Mention]:
    """Mentions, one per topic, in the order of the text, with the sentiment of its clauses.

    The evidence is the first occurrence that is felt about, else the first.
    """
    found: dict[str, list[tuple[Occurrence, str]]] = {}
    for occurrence in sorted(occurrences, key=lambda o: (o.start, -o.end)):
        sentiment = _feeling_about(occurrence, clauses)
        found.setdefault(occurrence.topic, []).append((occurrence, sentiment))
    return [_mention(topic, pairs) for topic, pairs in found.items()]


def without_overlaps(found: Iterable[Occurrence]) -> list[Occurrence]:
    """The occurrences that no longer one of another topic reaches into."""
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
    """True where a longer one of another topic, or an earlier as long, stands on its letters."""
    return any(
        other.topic != occurrence.topic and _strength(other) > _strength(occurrence)
        for place in range(occurrence.start, occurrence.end)
        for other in claims[place]
    )


def _strength(occurrence: Occurrence) -> tuple[int, int]:
    return occurrence.end - occurrence.start, -occurrence.start


def _mention(topic: str, pairs: list[tuple[Occurrence, str]]) -> Mention:
    evidence = next((o for o, sentiment in pairs if sentiment != NEUTRAL), pairs[0][0])
    sentiment = pool(sentiment for _, sentiment in pairs)
    return Mention(topic, sentiment, evidence.start, evidence.end)


def _feeling_about(occurrence: Occurrence, clauses: Sequence[Clause]) -> str:
    """The sentiment of its clause, else of the next ones in the sentence, else of those before.

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
    return mention._replace(start=start, end=end)


def clearly_disagree(weights: Iterable[float], at_least: float) -> bool:
    """True if both sides have a clause this strong: less is one feeling with a but."""
    weights = list(weights)
    return max(weights, default=0) >= at_least and min(weights, default=0) <= -at_least
