"""Moods of English phrases that are not meant as they stand: supposed, asked, ironic.

"If it breaks they replace it" tells of no breakage, "how long does a refund take?" of no trouble,
and "Great, another crash" of nothing great.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from voc.nlp.en.feelings import Evidence

SUPPOSED_SHARE = 0.3  # of what it would weigh if it had happened
CALMED_KINDS = {"flaw", "trouble", "worry"}
IRONIC_WEIGHT = -0.5  # what follows must be so bad

SENTENCE_ENDS = re.compile(r"[.!?\n]")
SUPPOSED = re.compile(r"\b(?:if|in case|should (?:it|you|they|anything|something))\s[^,.;!?\n]*")

PRAISED = (
    r"(?:great|fantastic|brilliant|wonderful|perfect|amazing|awesome|nice|lovely|excellent|superb"
    r"|good|impressive|love|congratulations|congrats|well done|bravo|kudos|thanks|thank you|cheers"
    r"|what an? (?:joy|delight|pleasure|treat|surprise))"
)
# "Great, another ...", "love how ...", "well done for ...": the same words as honest praise, so
# it depends on what follows.
OPENS_IRONY = re.compile(
    r"(?:^|(?<=[.!?\n])\s*)(?:oh |well |wow |so |ah |yay |gee |look )*(?:(?:just|really|how) )?"
    + PRAISED
    + r"(?:\s*(?:,|\.{2,}|…|-|:)\s*|\s+(?:how|that|when|the way|for|on|to|job|work|timing|of)\b)"
)
UNTURNED = re.compile(
    r"\b(?:but|however|although|though|fix\w*|sort\w*|solv\w*|resolv\w*|help\w*|replac\w*|listen\w*"
    r"|refund\w*|understand\w*|no|not|never|without|patien\w*|quick\w*)\b"
)
ANEW = re.compile(r"\s*(?:and )?(?:another|yet another|again|now|one more|more)\b")


def calm_supposed(lowered: str, evidence: Iterable[Evidence]) -> list[Evidence]:
    """Troubles after an "if" weigh less: they did not happen yet."""
    spans = [match.span() for match in SUPPOSED.finditer(lowered)] if "if " in lowered else []
    return [_missed(_calmer(e, spans), spans) for e in evidence] if spans else list(evidence)


def calm_asked(lowered: str, evidence: Iterable[Evidence], places: Iterable[int]) -> list[Evidence]:
    """Troubles from one of these places to the end of the sentence weigh less: they are asked."""
    spans = [(place, _end_of_sentence(lowered, place)) for place in places]
    return [_calmer(e, spans) for e in evidence] if spans else list(evidence)


def turn_irony(lowered: str, evidence: list[Evidence]) -> list[Evidence]:
    """Praise that opens a sentence of nothing but trouble is turned round."""
    for match in OPENS_IRONY.finditer(lowered):
        start, end = match.end(), _end_of_sentence(lowered, match.end())
        if _mocks(lowered, evidence, start, end):
            evidence = [_mocking(e) if match.start() <= e.start < start else e for e in evidence]
    return evidence


def _mocks(lowered: str, evidence: Sequence[Evidence], start: int, end: int) -> bool:
    follows = [e.weight for e in evidence if start <= e.start < end]
    if UNTURNED.search(lowered, start, end):
        return False
    return sum(follows) <= IRONIC_WEIGHT or bool(ANEW.match(lowered, start) and sum(follows) <= 0)


def _mocking(evidence: Evidence) -> Evidence:
    return replace(evidence, kind="misery", weight=-abs(evidence.weight))


def _calmer(evidence: Evidence, spans: Sequence[tuple[int, int]]) -> Evidence:
    if evidence.kind in CALMED_KINDS and any(start <= evidence.start < end for start, end in spans):
        return replace(evidence, weight=evidence.weight * SUPPOSED_SHARE)
    return evidence


def _missed(evidence: Evidence, spans: Sequence[tuple[int, int]]) -> Evidence:
    """A denied flaw after an "if" is there: "if it didn't freeze" says that it does."""
    if (
        evidence.kind == "flaw"
        and evidence.weight > 0
        and any(a <= evidence.start < b for a, b in spans)
    ):
        return replace(evidence, weight=-evidence.weight)
    return evidence


def _end_of_sentence(lowered: str, place: int) -> int:
    end = SENTENCE_ENDS.search(lowered, place)
    return end.start() if end else len(lowered)
