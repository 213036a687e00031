"""Clause splitting: where a Japanese sentence turns to say something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from voc.nlp.ja.words import Words

ENDS_A_SENTENCE = frozenset("。!?\n")
BUT = frozenset({"が", "けれど", "けれども", "ものの", "にも関わらず", "乍ら"})
MARKS = frozenset({"補助記号", "空白"})
AND = frozenset({"し"})
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


def _ranges(words: Words) -> Iterator[tuple[int, int, int, bool]]:
    """Word ranges, each with the number of its sentence, and whether it closes with "but"."""
    first = sentence = 0
    but = False
    for place in _joints(words):
        conceding = _concedes(words, place)
        but = but or conceding
        ends = _ends(words, place)
        if (
            ends
            or _pauses(words, place)
            or (_contrasts(words, place) and not _goes_on(words, place))
        ):
            yield first, place + 1, sentence, but
            first, sentence, but = place + 1, sentence + ends, False
    if first < len(words.forms):
        yield first, len(words.forms), sentence, but


def _joints(words: Words) -> Iterator[int]:
    """Places after which a clause may close: most words are passed over without a further look."""
    giving_way = _giving_way(words.text)
    for place, kind in enumerate(words.kinds):
        joint = kind[0] in MARKS or kind[1] == "接続助詞" or words.ends[place] in giving_way
        if joint or (kind[0] == "助詞" and _is_but(words, place)):
            yield place


def _giving_way(text: str) -> set[int]:
    if not any(map(text.__contains__, GIVING_WAY_HINTS)):
        return set()
    return {match.end() for match in GIVING_WAY.finditer(text)}


def _concedes(words: Words, place: int) -> bool:
    if words.kinds[place][1] == "接続助詞":
        return words.forms[place] in BUT
    return words.kinds[place][0] not in MARKS


def _is_but(words: Words, place: int) -> bool:
    """The が of 見やすいが, which Sudachi takes for that of a subject."""
    if words.forms[place] != "が" or not place:
        return False
    before = words.kinds[place - 1]
    return before[0] in {"形容詞", "助動詞"} or before[1] == "形容詞的"


def _contrasts(words: Words, place: int) -> bool:
    return _concedes(words, place) or (
        words.kinds[place][1] == "接続助詞" and words.forms[place] in AND
    )


def _ends(words: Words, place: int) -> bool:
    """True if the sentence ends here: at the last of !!!, and only a mark can end it."""
    if words.text[words.starts[place]] not in ENDS_A_SENTENCE:
        return False
    return words.text[words.ends[place] : words.ends[place] + 1] not in ENDS_A_SENTENCE


def _pauses(words: Words, place: int) -> bool:
    """True at a comma; and at an emoji or blank, when しかし or でも opens a clause after it."""
    if words.kinds[place][1] == "読点":
        return True
    following = place + 1
    return (
        words.kinds[place][0] in MARKS
        and following < len(words.forms)
        and bool(YET.match(words.text, words.starts[following]))
    )


def _goes_on(words: Words, place: int) -> bool:
    """True before a comma that will close it, and in いいんだけどな: no turn, but a sigh."""
    following = place + 1
    return following >= len(words.kinds) or words.kinds[following][1] in GOES_ON
