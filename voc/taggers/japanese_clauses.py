"""voc/taggers/japanese_clauses.py -- where a Japanese sentence turns to say something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from voc.taggers.japanese_words import Words

ENDS_A_SENTENCE = frozenset("。!?\n")
BUT = frozenset({"が", "けれど", "けれども", "ものの", "にも関わらず", "乍ら"})
AND = frozenset({"し"})
GOES_ON = frozenset({"読点", "句点", "終助詞"})  # いいんだけどな: no turn, but a sigh

# Sudachi cuts のに and ものの in many ways; letters tell them better.
GIVING_WAY = re.compile(
    r"(?:(?<=[ただないる])のに(?![はもて])|(?<=[ただないる])ものの|(?<=[たいる])(?:くせに|反面|半面)"
    r"|(?<=[たいの])(?:割|わり)に(?:は|も)?|(?:とはいえ|とは言え)(?=、))(?=[\w、])"
)
YET = re.compile(r"しかし|でも(?!い)|けれども?|だけど|けど|ところが|だが|ですが|それなのに|なのに|にもかかわらず")
CAVEAT = re.compile(r"ただ(?:し|、|[ぁ-ん一-鿿])|唯一|強いて|しいて|あえて|敢えて|欲を言")


@dataclass(frozen=True)
class Stretch:
    """A clause: its words, its characters, its sentence.

    What is conceded stands before "but"; a caveat comes after praise (ただ、…が残念).
    """

    first: int
    after: int
    start: int
    end: int
    sentence: int
    conceded: bool = False
    caveat: bool = False


def stretches(words: Words) -> list[Stretch]:
    """All clauses of a text; the one before しかし is conceded, as the one before が、 is."""
    found: list[Stretch] = []
    for first, after, sentence, but in _ranges(words):
        start, end = words.starts[first], words.ends[after - 1]
        if found and YET.match(words.text, start):
            found[-1] = replace(found[-1], conceded=True)
        caveat = bool(CAVEAT.match(words.text, start)) or _opens_a_caveat(found, sentence)
        conceded = but and after < len(words.forms)
        found.append(Stretch(first, after, start, end, sentence, conceded, caveat))
    return found


def _opens_a_caveat(found: list[Stretch], sentence: int) -> bool:
    """Whether the clause before is no more than ただ、 so that this one says the caveat."""
    if not found or not found[-1].caveat or found[-1].sentence != sentence:
        return False
    return found[-1].end - found[-1].start <= len("ただし、")


def _ranges(words: Words) -> Iterator[tuple[int, int, int, bool]]:
    """Word ranges, each with the number of its sentence, and whether it closes with "but"."""
    giving_way = {match.end() for match in GIVING_WAY.finditer(words.text)}
    first = sentence = 0
    but = False
    last = len(words.forms) - 1
    for place, kind in enumerate(words.kinds):
        ends = comma = turns = False
        match kind[0]:
            case "補助記号" | "空白":
                ends = words.text[words.starts[place]] in ENDS_A_SENTENCE
                ends = ends and words.text[words.ends[place] :][:1] not in ENDS_A_SENTENCE
                comma = kind[1] == "読点" or _heads(words, place + 1)
            case "助詞" if kind[1] == "接続助詞":
                but = but or words.forms[place] in BUT
                turns = words.forms[place] in BUT or words.forms[place] in AND
        if words.ends[place] in giving_way:
            but = turns = True
        if ends or comma or (turns and place < last and words.kinds[place + 1][1] not in GOES_ON):
            yield first, place + 1, sentence, but
            first, sentence, but = place + 1, sentence + ends, False
    if first <= last:
        yield first, last + 1, sentence, but


def _heads(words: Words, place: int) -> bool:
    """Whether しかし or でも stands here: after an emoji or a blank it opens a clause."""
    return place < len(words.forms) and bool(YET.match(words.text, words.starts[place]))
