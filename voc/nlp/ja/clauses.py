"""Clause splitting: where a Japanese sentence turns to say something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from voc.nlp.ja.words import Words, kinds_that

ENDS_A_SENTENCE = frozenset("。!?\n")
BUT = frozenset({"が", "けれど", "けれども", "ものの", "にも関わらず", "乍ら"})
MARKS = frozenset({"補助記号", "空白"})
AND = frozenset({"し"})
JUDGING = frozenset({"形容詞", "助動詞"})
GOES_ON = frozenset({"読点", "句点", "終助詞"})  # いいんだけどな: no turn, but a sigh

# Sudachi cuts のに and ものの in many ways; letters tell them better.
GIVING_WAY = re.compile(
    r"(?:(?<=[ただないる])のに(?![はもて])"
    r"|(?<=[ただないる])ものの|(?<=[たいる])(?:くせに|反面|半面)"
    r"|(?<=[たいの])(?:割|わり)に(?:は|も)?|(?:とはいえ|とは言え)(?=、))(?=[\w、])"
)
MORE = re.compile(r"[^\W_wW笑草]")  # laughter after けど takes nothing back
GIVING_WAY_HINTS = "のに ものの くせに 反面 半面 割に わりに とはいえ とは言え".split()  # noqa: SIM905
YET = re.compile(
    r"しかし|でも(?!い)|けれども?|だけど|けど|ところが|だが|ですが|それなのに|なのに|にもかかわらず"
)
CAVEAT = re.compile(r"ただ(?:し|、|[ぁ-ん一-鿿])|唯一|強いて|しいて|あえて|敢えて|欲を言")


class JapaneseClause(NamedTuple):
    """A clause: its words, its characters, its sentence.

    What is conceded stands before "but", or before のに, "although", which expected better; a
    caveat comes after praise (ただ、…が残念).
    """

    first: int
    after: int
    start: int
    end: int
    sentence: int
    conceded: bool = False
    caveat: bool = False
    despite: bool = False


def split_clauses(words: Words) -> list[JapaneseClause]:
    """All clauses of a text; the one before しかし is conceded, as the one before が、 is."""
    found: list[JapaneseClause] = []
    for first, after, sentence, but in _ranges(words):
        start, end = words.starts[first], words.ends[after - 1]
        if found and YET.match(words.text, start):
            found[-1] = found[-1]._replace(conceded=True)
        caveat = bool(CAVEAT.match(words.text, start)) or _opens_a_caveat(found, sentence)
        conceded = but and bool(MORE.search(words.text, end))
        despite = conceded and words.text.endswith(("のに", "のに、"), start, end)
        found.append(JapaneseClause(first, after, start, end, sentence, conceded, caveat, despite))
    return found


def _opens_a_caveat(found: list[JapaneseClause], sentence: int) -> bool:
    """True if the clause before is no more than ただ、 so that this one says the caveat."""
    if not found or not found[-1].caveat or found[-1].sentence != sentence:
        return False
    return found[-1].end - found[-1].start <= len("ただし、")


@dataclass(frozen=True)
class Kinds:
    """The parts of speech that tell where a clause closes, by their numbers."""

    marks: frozenset[int]
    commas: frozenset[int]
    conjunctive: frozenset[int]  # the particles が, けど, し, て
    closing: frozenset[int]  # the one and the other
    particles: frozenset[int]
    judging: frozenset[int]  # after which が is no particle of a subject
    going_on: frozenset[int]


@cache
def _kinds() -> Kinds:
    return Kinds(
        marks=kinds_that(lambda kind: kind[0] in MARKS),
        commas=kinds_that(lambda kind: kind[1] == "読点"),
        conjunctive=kinds_that(lambda kind: kind[1] == "接続助詞"),
        closing=kinds_that(lambda kind: kind[0] in MARKS or kind[1] == "接続助詞"),
        particles=kinds_that(lambda kind: kind[0] == "助詞"),
        judging=kinds_that(lambda kind: kind[0] in JUDGING or kind[1] == "形容詞的"),
        going_on=kinds_that(lambda kind: kind[1] in GOES_ON),
    )


def _ranges(words: Words) -> Iterator[tuple[int, int, int, bool]]:
    """Word ranges, each with the number of its sentence, and whether it closes with "but"."""
    first = sentence = 0
    but = False
    for place in _joints(words):
        concedes = _concedes(words, place)
        but = but or concedes
        ends = _ends(words, place)
        if (
            ends
            or _pauses(words, place)
            or ((concedes or _adds(words, place)) and not _goes_on(words, place))
        ):
            yield first, place + 1, sentence, but
            first, sentence, but = place + 1, sentence + ends, False
    if first < len(words.forms):
        yield first, len(words.forms), sentence, but


def _joints(words: Words) -> list[int]:
    """Places after which a clause may close, in order."""
    closing = _kinds().closing
    joints = {place for place, kind in enumerate(words.kinds) if kind in closing}
    joints.update(
        place for place, form in enumerate(words.forms) if form == "が" and _is_but(words, place)
    )
    if giving_way := _giving_way(words.text):
        joints.update(place for place, end in enumerate(words.ends) if end in giving_way)
    return sorted(joints)


def _giving_way(text: str) -> set[int]:
    if not any(map(text.__contains__, GIVING_WAY_HINTS)):
        return set()
    return {match.end() for match in GIVING_WAY.finditer(text)}


def _concedes(words: Words, place: int) -> bool:
    kinds, kind = _kinds(), words.kinds[place]
    return words.forms[place] in BUT if kind in kinds.conjunctive else kind not in kinds.marks


def _is_but(words: Words, place: int) -> bool:
    """The が of 見やすいが, which Sudachi takes for that of a subject."""
    kinds = _kinds()
    if not place or words.kinds[place] not in kinds.particles:
        return False
    return words.kinds[place - 1] in kinds.judging


def _adds(words: Words, place: int) -> bool:
    return words.forms[place] in AND and words.kinds[place] in _kinds().conjunctive


def _ends(words: Words, place: int) -> bool:
    """True if the sentence ends here: at the last of !!!, and only a mark can end it."""
    if words.text[words.starts[place]] not in ENDS_A_SENTENCE:
        return False
    return words.text[words.ends[place] : words.ends[place] + 1] not in ENDS_A_SENTENCE


def _pauses(words: Words, place: int) -> bool:
    """True at a comma; and at an emoji or blank, when しかし or でも opens a clause after it."""
    kinds, kind = _kinds(), words.kinds[place]
    if kind in kinds.commas:
        return True
    following = place + 1
    return (
        kind in kinds.marks
        and following < len(words.forms)
        and bool(YET.match(words.text, words.starts[following]))
    )


def _goes_on(words: Words, place: int) -> bool:
    """True before a comma that will close it, and in いいんだけどな: no turn, but a sigh."""
    following = place + 1
    return following >= len(words.kinds) or words.kinds[following] in _kinds().going_on
