"""Clauses that each bear a sentiment, and the topics mentioned in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
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
    starts = [clause.start for clause in clauses]
    found: dict[str, list[tuple[Occurrence, str]]] = {}
    for occurrence in sorted(occurrences, key=_place):
        sentiment = _feeling_about(bisect_right(starts, occurrence.start) - 1, clauses)
        found.setdefault(occurrence.topic, []).append((occurrence, sentiment))
    return [_mention(topic, pairs) for topic, pairs in found.items()]


def without_overlaps(found: Iterable[Occurrence]) -> list[Occurrence]:
    """The occurrences that no longer one of another topic reaches into."""
    return [
        occurrence
        for group in _overlapping(sorted(found, key=_place))
        for occurrence in group
        if occurrence.topic and (len(group) == 1 or not _is_overlapped(occurrence, group))
    ]


def _overlapping(ordered: Iterable[Occurrence]) -> Iterator[list[Occurrence]]:
    """Groups of occurrences that hang together; between two groups no letter is shared."""
    group, free = list[Occurrence](), 0
    for occurrence in ordered:
        if group and occurrence.start >= free:
            yield group
            group = []
        group.append(occurrence)
        free = max(free, occurrence.end)
    if group:
        yield group


def _is_overlapped(occurrence: Occurrence, group: Iterable[Occurrence]) -> bool:
    """True where a longer one of another topic, or an earlier as long, stands on its letters."""
    return any(
        other.topic != occurrence.topic
        and other.start < occurrence.end
        and occurrence.start < other.end
        and _strength(other) > _strength(occurrence)
        for other in group
    )


def _place(occurrence: Occurrence) -> tuple[int, int]:
    """By which they are put in order: the longest first of those that begin together."""
    return occurrence.start, -occurrence.end


def _strength(occurrence: Occurrence) -> tuple[int, int]:
    return occurrence.end - occurrence.start, -occurrence.start


def _mention(topic: str, pairs: list[tuple[Occurrence, str]]) -> Mention:
    evidence = next((o for o, sentiment in pairs if sentiment != NEUTRAL), pairs[0][0])
    sentiment = pool(sentiment for _, sentiment in pairs)
    return Mention(topic, sentiment, evidence.start, evidence.end)


def _feeling_about(home: int, clauses: Sequence[Clause]) -> str:
    """The sentiment of this clause, else of the next ones in the sentence, else of those before.

    "The room, which we booked for two, was tiny": what is said of a topic often comes later.
    """
    if home < 0:
        return NEUTRAL
    for way in (range(home, len(clauses)), range(home - 1, -1, -1)):
        for clause in map(clauses.__getitem__, way):
            if clause.sentence != clauses[home].sentence:
                break
            if clause.sentiment != NEUTRAL:
                return clause.sentiment
    return NEUTRAL


def at_original(mention: Mention, folded: Folded) -> Mention:
    """The same mention, pointing at what was typed."""
    start, end = folded.original(mention.start, mention.end)
    return mention._replace(start=start, end=end)


def clearly_disagree(weights: Iterable[float], at_least: float) -> bool:
    """True if both sides have a clause this strong: less is one feeling with a but."""
    weights = list(weights)
    return max(weights, default=0) >= at_least and min(weights, default=0) <= -at_least
