"""voc/taggers/japanese_intents.py -- what a Japanese customer wants of us with these words.

Who asks us to do something is asking, however much they praise or blame; then who wants to be
told something; the others complain or praise.
"""

from __future__ import annotations

from collections.abc import Sequence

from voc.taggers import japanese_patterns as turns
from voc.taggers.japanese_feelings import WISH, Evidence
from voc.taggers.japanese_sums import Felt
from voc.taggers.readings import (
    COMPLAINT,
    MIXED,
    NEGATIVE,
    POSITIVE,
    PRAISE,
    QUESTION,
    REQUEST,
    Sign,
)


def intent(text: str, felt: Sequence[Felt], sentiment: str, urgent: Sequence[Sign]) -> Sign | None:
    """The intent, with the words that show it; None where there is none."""
    return _asking(text, felt) or _telling(felt, sentiment, urgent)


def _asking(text: str, felt: Sequence[Felt]) -> Sign | None:
    wish = next((e for each in felt for e in each.found if e.kind == WISH), None)
    if wish and not turns.TELLS.search(text, wish.start, wish.end):
        return Sign(REQUEST, wish.start, wish.end)
    return next((sign for each in felt if (sign := _question(text, each))), None)


def _question(text: str, each: Felt) -> Sign | None:
    span = each.clause.start, each.clause.end
    asks = turns.ASKS.search(text, *span)
    if not asks or turns.OPINION.search(text, *span) or turns.RHETORICAL.search(text, *span):
        return None
    return Sign(QUESTION, *asks.span())


def _telling(felt: Sequence[Felt], sentiment: str, urgent: Sequence[Sign]) -> Sign | None:
    if sentiment == POSITIVE:
        return _shown(PRAISE, max((e for each in felt for e in each.found), key=_weight))
    worst = min((e for each in felt for e in each.found), key=_weight, default=None)
    if sentiment in {NEGATIVE, MIXED} and worst:
        return _shown(COMPLAINT, worst)
    return Sign(COMPLAINT, urgent[0].start, urgent[0].end) if urgent else None


def _shown(kind: str, found: Evidence) -> Sign:
    return Sign(kind, found.start, found.end)


def _weight(found: Evidence) -> float:
    return found.weight
