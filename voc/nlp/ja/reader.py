"""Read Japanese: split, feel each clause, find topics and intent."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from voc.nlp import emoji
from voc.nlp.clauses import Clause, bear, replaced
from voc.nlp.detect_language import JAPANESE
from voc.nlp.ja.clauses import Stretch, stretches
from voc.nlp.ja.document import Felt, named, numbers, overall
from voc.nlp.ja.evidence import Evidence
from voc.nlp.ja.feelings import evidence, outbursts
from voc.nlp.ja.intents import intent
from voc.nlp.ja.patterns import Glance
from voc.nlp.ja.shifters.questions import SARCASM
from voc.nlp.ja.topics import JapaneseTopics
from voc.nlp.ja.urgencies import urgencies
from voc.nlp.ja.words import Words, polarities, tokenizer
from voc.nlp.normalize import Folded, fold
from voc.nlp.reading import NEGATIVE, POSITIVE, Feeling, Reading, Seeds, Sign

FACE = 0.8  # of a point for 😡, beside a word
PRESSING = -0.9  # 不正利用されました, where no word of feeling is
DESPITE = -0.6  # のに, where nothing else is said
MEANT = -0.8  # さすがですね(皮肉), for each point of さすが


class JapaneseReader:
    """Reads Japanese; dictionaries are loaded once per process, topics once per reader."""

    def __init__(self, topics: Iterable[Seeds]) -> None:
        polarities()
        self._topics = JapaneseTopics(topics)

    def read(self, text: str) -> Reading:
        folded = fold(text)
        words = tokenizer().words(folded.text)
        glance = Glance(folded.text)
        faces, urgent = _faces(text, folded), list(urgencies(glance))
        felt = _felt(words, glance, [*faces, *outbursts(glance), *map(_pressing, urgent)])
        sentiment = overall(felt)
        asked = intent(glance, felt, sentiment, urgent)
        mentions = bear(self._topics.occurrences(words, glance.pieces), list(map(_clause, felt)))
        return Reading(
            JAPANESE,
            sentiment,
            tuple(replaced(mention, folded) for mention in mentions),
            tuple(_feeling(e, folded) for each in felt for e in each.found if e.weight),
            asked.kind if asked else None,
            tuple(_typed(sign, folded) for sign in ([asked] if asked else []) + urgent),
            numbers(folded.text, felt, sum(e.weight for e in faces), len(urgent)),
        )


def _felt(words: Words, glance: Glance, others: Sequence[Evidence]) -> list[Felt]:
    """Each clause with what its words say, and what else stands in it."""
    clauses = stretches(words)
    found = evidence(words, clauses, glance)
    starts = [clause.start for clause in clauses]
    for other in others:
        found[max(0, bisect_right(starts, other.start) - 1)].append(other)
    _despite(clauses, found)
    _meant(glance, clauses, found)
    return [Felt.of(clause, each) for clause, each in zip(clauses, found, strict=True)]


def _despite(clauses: Sequence[Stretch], found: list[list[Evidence]]) -> None:
    """予約したのに席がなかった: what comes after のに, and says nothing more, is a complaint."""
    for each, then in zip(clauses, found[1:], strict=False):
        if each.despite and not then:
            then.append(Evidence(each.end - 2, each.end, DESPITE))


def _meant(glance: Glance, clauses: Sequence[Stretch], found: list[list[Evidence]]) -> None:
    """Praise that is sarcasm says the opposite, in its whole sentence."""
    if not (sarcasm := glance.first(SARCASM)):
        return
    home = bisect_right([clause.start for clause in clauses], sarcasm.start()) - 1
    for clause, each in zip(clauses, found, strict=True):
        if clause.sentence == clauses[home].sentence:
            each[:] = [e._replace(weight=min(e.weight, e.weight * MEANT)) for e in each]
    found[home].append(Evidence(*sarcasm.span(), MEANT))


def _faces(typed: str, folded: Folded) -> list[Evidence]:
    """Emoji and faces, where they stand in the folded text; of a row of one kind, one."""
    found: list[Evidence] = []
    read = typed[: folded.ends[-1]] if folded.text else ""  # a long text was cut
    for sign in emoji.signs(read):
        start = max(0, bisect_right(folded.starts, sign.start) - 1)
        end = max(start + 1, bisect_right(folded.starts, sign.end - 1))
        if not found or found[-1].end < start - 1 or found[-1].weight * sign.weight < 0:
            found.append(Evidence(start, end, sign.weight * FACE))
    return found


def _pressing(sign: Sign) -> Evidence:
    return Evidence(sign.start, sign.end, PRESSING)


def _clause(each: Felt) -> Clause:
    return Clause(each.clause.start, each.clause.end, each.clause.sentence, named(each.weight))


def _feeling(found: Evidence, folded: Folded) -> Feeling:
    sentiment = POSITIVE if found.weight > 0 else NEGATIVE
    return Feeling(sentiment, *folded.original(found.start, found.end))


def _typed(sign: Sign, folded: Folded) -> Sign:
    return Sign(sign.kind, *folded.original(sign.start, sign.end))
