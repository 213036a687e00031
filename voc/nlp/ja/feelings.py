"""Evidence of feelings in Japanese clauses, by words and turns of phrase.

A dictionary alone reads 「特に不満はありません」 as negative, and 「検索機能が欲しい」 and
「もう少し安ければ最高なのに」 as positive. The rules are where the gain is: negation, wishes,
what would be good if, contrast, questions, and what does not work.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from voc.nlp.ja.clauses import JapaneseClause
from voc.nlp.ja.evidence import (
    COUNTERFACTUAL,
    DENIED,
    PATTERN,
    WISH,
    WORD,
    Evidence,
    Telling,
    evidence_of_words,
    words_of_feeling,
)
from voc.nlp.ja.patterns import HintedPattern, PatternMatcher, SpanMatcher
from voc.nlp.ja.set_phrases import (
    BECAME,
    BLURTED,
    BURDEN,
    COMING_BACK,
    EASY,
    EVEN_SO,
    EVERY_DAY,
    GIVEN,
    GRADES,
    HARDLY,
    MADE_TO,
    MEAGRE,
    NEITHER,
    NEVER_AGAIN,
    REFUSED,
    SLOW,
    SOONER,
)
from voc.nlp.ja.shifters.denials import CANNOT_BUT, LIE, NOT_THAT, OTHERS_BETTER, UNHEARD_OF
from voc.nlp.ja.shifters.denials import DENIED as FAR_DENIAL
from voc.nlp.ja.shifters.negation import NOT_GOOD, negated_weight
from voc.nlp.ja.shifters.questions import ASKS, OPINION, RHETORICAL
from voc.nlp.ja.shifters.scope import shifted
from voc.nlp.ja.shifters.wishes import BELOW, SIGH, UNLESS, UNMET
from voc.nlp.ja.shifters.wishes import COUNTERFACTUAL as WOULD_BE_GOOD
from voc.nlp.ja.shifters.wishes import WISH as WISHES
from voc.nlp.ja.words import Words

ASKED_SHARE = 0.35  # 動作が重いのは私だけですか, for each point of 重い
DOUBTED_SHARE = 0.62  # 高いわけではない, beside a plain denial
TOO_LITTLE_WEIGHT = -0.5  # 自動返信しか来ない, where nothing else is said
MARKED_WEIGHT = 0.8  # 味◎

# What is spoken of as not there, what it weighs, and of what kind it is; the first that fits.
MISSING: tuple[tuple[HintedPattern, float, str], ...] = (
    (SIGH, -0.9, COUNTERFACTUAL),  # 便利なのに
    (WOULD_BE_GOOD, -0.9, COUNTERFACTUAL),  # もう少し安ければ最高なのに
    (BELOW, -0.8, PATTERN),  # 期待したほどではない
    (UNLESS, -0.6, PATTERN),  # このまま改善されなければ
    (WISHES, -0.4, WISH),  # a wish is a complaint at most in the making
    (RHETORICAL, -0.9, PATTERN),  # なぜこんなに遅いのか
)

# What is told without a word of feeling; the first that fits.
STATED: tuple[tuple[HintedPattern, float], ...] = (
    (NEVER_AGAIN, -0.8),
    (REFUSED, -0.8),  # 教えてくれない
    (BURDEN, -0.6),
    (MADE_TO, -0.8),
    (HARDLY, 0.5),
    (SLOW, -0.6),
    (COMING_BACK, 0.8),  # また来ます
    (EVEN_SO, 0.6),
    (EASY, 0.7),
    (BECAME, 0.6),  # できるようになった
    (GIVEN, 0.6),  # 教えてくれました
)

TURNING = frozenset({NEITHER, EVERY_DAY, SOONER, MEAGRE, ASKS}).union(
    (row[0] for row in MISSING), (row[0] for row in STATED)
)
DENYING = frozenset({UNHEARD_OF, CANNOT_BUT, FAR_DENIAL, LIE, NOT_THAT, UNMET, OTHERS_BETTER})


def find_evidence(
    words: Words, clauses: Sequence[JapaneseClause], matcher: PatternMatcher
) -> list[list[Evidence]]:
    """The evidence of each clause, after every rule."""
    telling = words_of_feeling(words, clauses)
    return [
        _of_clause(words, clause, each, matcher)
        for clause, each in zip(clauses, telling, strict=True)
    ]


def _of_clause(
    words: Words, clause: JapaneseClause, telling: Telling, matcher: PatternMatcher
) -> list[Evidence]:
    turns = matcher.within(clause.start, _core(words.text, clause.start, clause.end))
    found = _with_denials(words, clause, telling, turns)
    if turns.none_of(TURNING):
        return found
    return _after_patterns(found, turns, goes_on=clause.conceded)


def _with_denials(
    words: Words, clause: JapaneseClause, telling: Telling, turns: SpanMatcher
) -> list[Evidence]:
    if turns.none_of(DENYING):
        found = evidence_of_words(words, clause, telling, may_deny=True)
        return shifted(found, words.text, clause.end)
    if turns.first(UNHEARD_OF) or turns.first(CANNOT_BUT):
        return _taken_back(evidence_of_words(words, clause, telling, may_deny=False), turns)
    found = _denied(evidence_of_words(words, clause, telling, may_deny=True), turns)
    return _taken_back(shifted(found, words.text, clause.end), turns)


def outbursts(matcher: PatternMatcher) -> list[Evidence]:
    """Evidence that is no word, wherever it stands: 味◎, 接客△, 高っ."""
    return [
        Evidence(*match.span(), MARKED_WEIGHT if match["good"] else -MARKED_WEIGHT, PATTERN)
        for pattern in (GRADES, BLURTED)
        for match in matcher.each(pattern)
    ]


def _core(text: str, start: int, end: int) -> int:
    """The end of the clause without comma, laughter and faces: 最高なのに😢 ends with のに."""
    while end > start + 1 and not text[end - 1].isalnum() and text[end - 1] not in "。!?":
        end -= 1
    while end > start + 1 and text[end - 1] in "wW笑草":
        end -= 1
    return end


def _denied(found: list[Evidence], turns: SpanMatcher) -> list[Evidence]:
    """便利とはとても言えない, 高いわけではない: a denial that stands further off."""
    for pattern, share in ((FAR_DENIAL, 1.0), (LIE, 1.0), (NOT_THAT, DOUBTED_SHARE)):
        if match := turns.first(pattern):
            return [_far_denied(e, match, share) for e in found]
    return found


def _far_denied(e: Evidence, denial: re.Match[str], share: float) -> Evidence:
    if e.kind == DENIED and e.end > denial.start():
        return e._replace(weight=e.weight * share)  # by the same words, which were read before
    if e.kind != WORD or e.end > denial.end():
        return e
    return e._replace(weight=negated_weight(e.weight, 1) * share, end=denial.end(), kind=DENIED)


def _taken_back(found: list[Evidence], turns: SpanMatcher) -> list[Evidence]:
    """Praise that was only promised, or is of another: 高級なはずが、 他社のほうが親切."""
    if turns.first(UNMET):
        return _blame(found)
    if others_better := turns.first(OTHERS_BETTER):
        return [_turn_to_us(e) if e.start >= others_better.end() else e for e in found]
    return found


def _turn_to_us(e: Evidence) -> Evidence:
    return e._replace(weight=e.weight * NOT_GOOD) if e.weight > 0 else e


def _after_patterns(found: list[Evidence], turns: SpanMatcher, goes_on: bool) -> list[Evidence]:
    """The evidence that the turns of phrase leave, and what they add to it."""
    if turns.first(NEITHER):
        return []
    if instead := _instead(turns):
        return [instead]
    if missing := _missing(turns, goes_on):
        # What is wished for may be praised (もっと速いと嬉しい), but is not there.
        return [*_blame(found), missing]
    if stated := _stated(turns):
        return [*(e for e in found if e.end <= stated.start or e.start >= stated.end), stated]
    return _asked(found, turns)


def _instead(turns: SpanMatcher) -> Evidence | None:
    """Evidence that says the opposite of its words: 落ちない日がない, もっと早く使えばよかった."""
    if daily := turns.first(EVERY_DAY):
        return Evidence(*daily.span(), MARKED_WEIGHT if daily["good"] else -MARKED_WEIGHT, PATTERN)
    sooner = turns.first(SOONER)
    return Evidence(*sooner.span(), MARKED_WEIGHT, PATTERN) if sooner else None


def _missing(turns: SpanMatcher, goes_on: bool) -> Evidence | None:
    for pattern, weight, kind in MISSING:
        if (pattern is not SIGH or not goes_on) and (match := turns.first(pattern)):
            return Evidence(*match.span(), weight, kind)
    return None


def _stated(turns: SpanMatcher) -> Evidence | None:
    for pattern, weight in STATED:
        if match := turns.first(pattern):
            return Evidence(*match.span(), weight, PATTERN)
    return None


def _asked(found: list[Evidence], turns: SpanMatcher) -> list[Evidence]:
    """Evidence of a question weighs less; one without a word of feeling may still show one."""
    if not found and (meagre := turns.first(MEAGRE)):
        return [Evidence(*meagre.span(), TOO_LITTLE_WEIGHT, PATTERN)]
    if turns.first(ASKS) and not turns.first(OPINION):
        return [e._replace(weight=e.weight * ASKED_SHARE) for e in found]
    return found


def _blame(found: list[Evidence]) -> list[Evidence]:
    return [e for e in found if e.weight < 0]
