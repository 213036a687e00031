"""Intents of a Japanese text: what the customer wants of us.

Who asks us to do something is asking, however much they praise or blame; then who wants to be
told something; the others complain or praise.
"""

from __future__ import annotations

from collections.abc import Sequence

from voc.nlp.ja.document import WeighedClause
from voc.nlp.ja.evidence import WISH, Evidence
from voc.nlp.ja.patterns import PatternMatcher
from voc.nlp.ja.shifters.questions import ASKS, OPINION, RHETORICAL, TELLS
from voc.nlp.reading import COMPLAINT, MIXED, NEGATIVE, POSITIVE, PRAISE, QUESTION, REQUEST, Sign

QUESTIONS = frozenset({ASKS})


def intent(
    matcher: PatternMatcher,
    clauses: Sequence[WeighedClause],
    sentiment: str,
    urgencies: Sequence[Sign],
) -> Sign | None:
    """The intent, with the words that show it; None where there is none."""
    return _asking(matcher, clauses) or _judging(clauses, sentiment, urgencies)


def _asking(matcher: PatternMatcher, clauses: Sequence[WeighedClause]) -> Sign | None:
    wish = next((e for each in clauses for e in each.evidence if e.kind == WISH), None)
    if wish and not matcher.first(TELLS, max(0, wish.start - len("教えて")), wish.end):
        return Sign(REQUEST, wish.start, wish.end)
    if matcher.none_of(QUESTIONS) or matcher.first(RHETORICAL):
        return None
    return next((sign for each in clauses if (sign := _question(matcher, each))), None)


def _question(matcher: PatternMatcher, each: WeighedClause) -> Sign | None:
    within = matcher.within(each.clause.start, each.clause.end)
    asks = within.first(ASKS)
    if not asks or within.first(OPINION):
        return None
    return Sign(QUESTION, *asks.span())


def _judging(
    clauses: Sequence[WeighedClause], sentiment: str, urgencies: Sequence[Sign]
) -> Sign | None:
    if sentiment == POSITIVE:
        return _shown(PRAISE, max((e for each in clauses for e in each.evidence), key=_weight))
    worst = min((e for each in clauses for e in each.evidence), key=_weight, default=None)
    if sentiment in {NEGATIVE, MIXED} and worst:
        return _shown(COMPLAINT, worst)
    return Sign(COMPLAINT, urgencies[0].start, urgencies[0].end) if urgencies else None


def _shown(kind: str, found: Evidence) -> Sign:
    return Sign(kind, found.start, found.end)


def _weight(found: Evidence) -> float:
    return found.weight
