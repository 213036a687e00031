"""Words that are not meant as they stand: supposed, asked, ironic.

"If it breaks they replace it" tells of no breakage, "how long does a refund take?" of no trouble,
and "Great, another crash" of nothing great.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from voc.nlp.en.feelings import Felt

HARDLY = 0.3  # of what it would weigh if it had happened
CALMED = {"flaw", "trouble", "worry"}
IRONIC = -0.5  # what follows must be so bad

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


def supposed(lowered: str, felt: Iterable[Felt]) -> list[Felt]:
    """What stands after an "if" did not happen yet."""
    spans = [match.span() for match in SUPPOSED.finditer(lowered)] if "if " in lowered else []
    return [_missed(_calmer(f, spans), spans) for f in felt] if spans else list(felt)


def asked(lowered: str, felt: Iterable[Felt], places: Iterable[int]) -> list[Felt]:
    """What is asked about, from one of these places to the end of the sentence."""
    spans = [(place, _end_of_sentence(lowered, place)) for place in places]
    return [_calmer(f, spans) for f in felt] if spans else list(felt)


def ironic(lowered: str, felt: list[Felt]) -> list[Felt]:
    """Praise that opens a sentence of nothing but trouble is turned round."""
    for match in OPENS_IRONY.finditer(lowered):
        start, end = match.end(), _end_of_sentence(lowered, match.end())
        if _mocks(lowered, felt, start, end):
            felt = [_mocking(f) if match.start() <= f.start < start else f for f in felt]
    return felt


def _mocks(lowered: str, felt: Sequence[Felt], start: int, end: int) -> bool:
    follows = [f.weight for f in felt if start <= f.start < end]
    if UNTURNED.search(lowered, start, end):
        return False
    return sum(follows) <= IRONIC or bool(ANEW.match(lowered, start) and sum(follows) <= 0)


def _mocking(felt: Felt) -> Felt:
    return replace(felt, kind="misery", weight=-abs(felt.weight))


def _calmer(felt: Felt, spans: Sequence[tuple[int, int]]) -> Felt:
    if felt.kind in CALMED and any(start <= felt.start < end for start, end in spans):
        return replace(felt, weight=felt.weight * HARDLY)
    return felt


def _missed(felt: Felt, spans: Sequence[tuple[int, int]]) -> Felt:
    """ "If it didn't freeze": it does."""
    if felt.kind == "flaw" and felt.weight > 0 and any(a <= felt.start < b for a, b in spans):
        return replace(felt, weight=-felt.weight)
    return felt


def _end_of_sentence(lowered: str, place: int) -> int:
    end = SENTENCE_ENDS.search(lowered, place)
    return end.start() if end else len(lowered)
