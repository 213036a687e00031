"""What a Japanese customer wants of us with these words.

Who asks us to do something is asking, however much they praise or blame; then who wants to be
told something; the others complain or praise.
"""

from __future__ import annotations

from collections.abc import Sequence

from voc.nlp.ja.document import Felt
from voc.nlp.ja.evidence import WISH, Evidence
from voc.nlp.ja.patterns import Glance
from voc.nlp.ja.shifters.questions import ASKS, OPINION, RHETORICAL, TELLS
from voc.nlp.reading import COMPLAINT, MIXED, NEGATIVE, POSITIVE, PRAISE, QUESTION, REQUEST, Sign


def intent(
    glance: Glance, felt: Sequence[Felt], sentiment: str, urgent: Sequence[Sign]
) -> Sign | None:
    """The intent, with the words that show it; None where there is none."""
    return _asking(glance, felt) or _telling(felt, sentiment, urgent)


def _asking(glance: Glance, felt: Sequence[Felt]) -> Sign | None:
    wish = next((e for each in felt for e in each.found if e.kind == WISH), None)
    if wish and not glance.first(TELLS, max(0, wish.start - len("教えて")), wish.end):
        return Sign(REQUEST, wish.start, wish.end)
    if glance.first(RHETORICAL):
        return None
    return next((sign for each in felt if (sign := _question(glance, each))), None)


def _question(glance: Glance, each: Felt) -> Sign | None:
    span = each.clause.start, each.clause.end
    asks = glance.first(ASKS, *span)
    if not asks or glance.first(OPINION, *span):
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
