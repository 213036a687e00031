"""The sentiment of a whole Japanese text, and the numbers measured in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from voc.nlp.ja.clauses import JapaneseClause
from voc.nlp.ja.evidence import COUNTERFACTUAL, DENIED, WISH, Evidence
from voc.nlp.reading import MIXED, NEGATIVE, NEUTRAL, POSITIVE

CLEAR_WEIGHT = 0.43  # a weight from which a feeling is one
MOST_WEIGHT = 1.5  # no clause weighs more, however many words it heaps up
CONCEDED_GOOD_SHARE = 0.8  # 安いが、遅い: what is granted still stands
CONCEDED_BAD_SHARE = 0.35  # 古いが、清潔: what is forgiven is nearly gone, as is 新しいのに
CAVEAT_SHARE = 0.75  # ただ、少し待った
LEAST_SIDE = 0.45  # what each side weighs at least in a mixed text
EVEN_SHARE = 0.35  # and the lighter beside the heavier: in a word or two ...
EVEN_SHARE_IN_LONG = 0.7  # ... and in many, where there is always something of both
MANY_CLAUSES = 4  # clauses with a feeling


class WeighedClause(NamedTuple):
    """A clause, its evidence, and what it weighs in all."""

    clause: JapaneseClause
    evidence: Sequence[Evidence]
    weight: float

    @classmethod
    def of(cls, clause: JapaneseClause, evidence: Sequence[Evidence]) -> WeighedClause:
        weight = sum(e.weight for e in evidence)
        return cls(clause, evidence, max(-MOST_WEIGHT, min(MOST_WEIGHT, weight)))

    @property
    def counted(self) -> float:
        """The weight it adds to the whole: what is conceded is less."""
        if self.clause.despite and self.weight > 0:
            return self.weight * CONCEDED_BAD_SHARE
        if self.clause.conceded:
            return self.weight * (CONCEDED_GOOD_SHARE if self.weight > 0 else CONCEDED_BAD_SHARE)
        return self.weight * (CAVEAT_SHARE if self.clause.caveat and self.weight < 0 else 1)


def overall(clauses: Sequence[WeighedClause]) -> str:
    """The sentiment of a whole text: mixed when both sides are strong and neither wins."""
    counted = [each.counted for each in clauses]
    good, bad = sides(counted)
    lighter, heavier = sorted((good, bad))
    even = EVEN_SHARE_IN_LONG if sum(w != 0 for w in counted) >= MANY_CLAUSES else EVEN_SHARE
    if lighter >= LEAST_SIDE and lighter >= heavier * even:
        return MIXED
    return sentiment_of(good - bad)


def sides(weights: Sequence[float]) -> tuple[float, float]:
    """All that is good, and all that is bad, both as positive numbers."""
    return sum(w for w in weights if w > 0), -sum(w for w in weights if w < 0)


def sentiment_of(weight: float) -> str:
    if abs(weight) < CLEAR_WEIGHT:
        return NEUTRAL
    return POSITIVE if weight > 0 else NEGATIVE


def numbers(
    text: str, clauses: Sequence[WeighedClause], faces: float, pressing: int
) -> tuple[float, ...]:
    """Eighteen numbers that the rules measured, in this order:

    all that is good and all that is bad (both ≥ 0); their sum as overall() weighs it; the
    strongest of each side; clauses, those with a feeling, and those conceded by "but"; evidence
    of wishes, of what would be good if, and of what is denied; questions; the weight of the first
    and of the last clause; exclamation marks; the weight of emoji; urgencies; hundreds of
    characters.
    """
    weights = [each.weight for each in clauses] or [0.0]
    kinds = [e.kind for each in clauses for e in each.evidence]
    return (
        *sides(weights),
        sum(each.counted for each in clauses),
        max(0.0, *weights),
        -min(0.0, *weights),
        len(clauses),
        sum(weight != 0 for weight in weights),
        sum(each.clause.conceded for each in clauses),
        kinds.count(WISH),
        kinds.count(COUNTERFACTUAL),
        kinds.count(DENIED),
        text.count("?"),
        weights[0],
        weights[-1],
        text.count("!"),
        faces,
        pressing,
        len(text) / 100,
    )
