"""The Japanese reader: clauses, evidence of feelings, topics and intent of a text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from voc.nlp import emoji
from voc.nlp.clauses import Clause, as_mentions, at_original
from voc.nlp.detect_language import JAPANESE
from voc.nlp.ja.abuse import abuse
from voc.nlp.ja.clauses import JapaneseClause, split_clauses
from voc.nlp.ja.document import WeighedClause, numbers, overall, sentiment_of
from voc.nlp.ja.evidence import Evidence
from voc.nlp.ja.feelings import find_evidence, outbursts
from voc.nlp.ja.intents import intent
from voc.nlp.ja.other_forms import other_forms
from voc.nlp.ja.patterns import PatternMatcher
from voc.nlp.ja.shifters.questions import SARCASM
from voc.nlp.ja.topics import JapaneseTopics
from voc.nlp.ja.urgencies import urgencies
from voc.nlp.ja.words import Words, polarities, tokenizer
from voc.nlp.normalize import Folded, fold
from voc.nlp.reading import NEGATIVE, POSITIVE, Feeling, Reading, Seeds, Sign

FACE_SHARE = 0.8  # of a point for 😡, beside a word
PRESSING_WEIGHT = -0.9  # 不正利用されました, where no word of feeling is
DESPITE_WEIGHT = -0.6  # のに, where nothing else is said
SARCASM_FACTOR = -0.8  # さすがですね(皮肉), for each point of さすが


class JapaneseReader:
    """Reads Japanese; dictionaries are loaded once per process, topics once per reader."""

    def __init__(self, topics: Iterable[Seeds]) -> None:
        polarities()
        self._topics = JapaneseTopics(topics)

    def begin(self, text: str) -> Callable[[], Reading]:
        folded = fold(text)
        return partial(self._read, text, folded, tokenizer().words(folded.text))

    def _read(self, text: str, folded: Folded, words: Words) -> Reading:
        matcher = PatternMatcher(folded.text)
        faces, urgent = _faces(text, folded), list(urgencies(matcher))
        others = [*faces, *outbursts(matcher), *map(_pressing, urgent)]
        weighed = _weighed_clauses(words, matcher, others)
        sentiment = overall(weighed)
        intent_sign = intent(matcher, weighed, sentiment, urgent)
        occurrences = self._topics.occurrences(words)
        signs = [intent_sign, *urgent] if intent_sign else urgent
        mentions = as_mentions(occurrences, list(map(_clause, weighed)))
        return Reading(
            JAPANESE,
            sentiment,
            tuple(at_original(mention, folded) for mention in mentions),
            tuple(_feeling(e, folded) for each in weighed for e in each.evidence if e.weight),
            intent_sign.kind if intent_sign else None,
            tuple(_typed(sign, folded) for sign in signs),
            tuple(_typed(sign, folded) for sign in abuse(matcher)),
            numbers(folded.text, weighed, sum(e.weight for e in faces), len(urgent)),
            tuple(other_forms(words)),
        )


def _weighed_clauses(
    words: Words, matcher: PatternMatcher, others: Sequence[Evidence]
) -> list[WeighedClause]:
    """Each clause with the evidence of its words, and what else stands in it."""
    clauses = split_clauses(words)
    found = find_evidence(words, clauses, matcher)
    starts = [clause.start for clause in clauses]
    for other in others:
        found[max(0, bisect_right(starts, other.start) - 1)].append(other)
    _add_despite(clauses, found)
    _turn_sarcasm(matcher, clauses, found)
    return [WeighedClause.of(clause, each) for clause, each in zip(clauses, found, strict=True)]


def _add_despite(clauses: Sequence[JapaneseClause], found: list[list[Evidence]]) -> None:
    """予約したのに席がなかった: what comes after のに, and says nothing more, is a complaint."""
    for clause, following in zip(clauses, found[1:], strict=False):
        if clause.despite and not following:
            following.append(Evidence(clause.end - 2, clause.end, DESPITE_WEIGHT))


def _turn_sarcasm(
    matcher: PatternMatcher, clauses: Sequence[JapaneseClause], found: list[list[Evidence]]
) -> None:
    """Praise that is sarcasm says the opposite, in its whole sentence."""
    if not (sarcasm := matcher.first(SARCASM)):
        return
    home = bisect_right([clause.start for clause in clauses], sarcasm.start()) - 1
    for clause, each in zip(clauses, found, strict=True):
        if clause.sentence == clauses[home].sentence:
            each[:] = [e._replace(weight=min(e.weight, e.weight * SARCASM_FACTOR)) for e in each]
    found[home].append(Evidence(*sarcasm.span(), SARCASM_FACTOR))


def _faces(typed: str, folded: Folded) -> list[Evidence]:
    """Evidence of emoji, where they stand in the folded text; of a row of one kind, one."""
    found: list[Evidence] = []
    read = typed[: folded.ends[-1]] if folded.text else ""  # a long text was cut
    for face in emoji.emoticons(read):
        start = max(0, bisect_right(folded.starts, face.start) - 1)
        end = max(start + 1, bisect_right(folded.starts, face.end - 1))
        if not found or found[-1].end < start - 1 or found[-1].weight * face.weight < 0:
            found.append(Evidence(start, end, face.weight * FACE_SHARE))
    return found


def _pressing(sign: Sign) -> Evidence:
    return Evidence(sign.start, sign.end, PRESSING_WEIGHT)


def _clause(weighed: WeighedClause) -> Clause:
    clause = weighed.clause
    return Clause(clause.start, clause.end, clause.sentence, sentiment_of(weighed.weight))


def _feeling(found: Evidence, folded: Folded) -> Feeling:
    sentiment = POSITIVE if found.weight > 0 else NEGATIVE
    return Feeling(sentiment, *folded.original(found.start, found.end))


def _typed(sign: Sign, folded: Folded) -> Sign:
    return Sign(sign.kind, *folded.original(sign.start, sign.end))
