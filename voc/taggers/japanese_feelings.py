"""voc/taggers/japanese_feelings.py -- what a Japanese clause feels, by words and five rules.

A dictionary alone reads 「特に不満はありません」 as negative, and 「検索機能が欲しい」 and
「もう少し安ければ最高なのに」 as positive. The rules are where the gain is: negation, wishes,
what would be good if, contrast, and what does not work.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from voc.taggers.japanese_patterns import AGAIN, COUNTERFACTUAL, WISH
from voc.taggers.japanese_words import Words, polarities

NOT_GOOD = -0.8  # 美味しくない, for each point of 美味しい
NOT_BAD = -0.5  # 不満はない is a mild yes
CONCEDED = 0.5  # what stands before が、 weighs half
WISHED = -0.4  # a wish is a complaint at most in the making
MISSED = -0.9  # もう少し安ければ最高なのに
RETURNS = 0.8  # また来ます
FAILS = -0.7  # 繋がらない

NEGATORS = {"ない", "無い", "ず", "ぬ", "無し", "なし"}


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# What may stand between a feeling and its negation: 満足 する こと が 出来る ます た ず ...
BETWEEN = _listed("""
    は が も で と に を て って とは には では など 等 の だ です ます た
    有る 居る 為る 出来る 思う 思える 言う 言える 感ずる 感じる 感じられる 成る 見当たる 御座る
    れる られる せる させる 頂く 下さる 貰う 事 訳 所 点 部分 感 程 何 何も そんな
    特に 一切 全く 余り 全然 一度 一つ 一回 一件 未だ 今 迄 殆ど
""")

# What is a complaint when it does not happen.
EXPECTED = _listed("""
    出来る 繋がる 動く 届く 分かる 来る 見える 入る 進む 直る 返る 効く 足りる 見付かる 終わる
    出る 変わる 治る 通じる 呉れる 貰える 頂ける 落ち着く 戻る 流れる 聞こえる 続く
    反映 表示 起動 対応 改善 更新 保存 送信 印刷 機能 返信 返事 連絡 説明 反応 応答 同期 認識
    納得 理解 返金
""")
CAN = frozenset("えけせてねめれげべ")  # 眠れ-, 使え-, 開け-: the stem of what one can or cannot do


@dataclass(frozen=True)
class Evidence:
    """Characters of the folded text, and how much they weigh, + or -."""

    start: int
    end: int
    weight: float


def evidence(words: Words, start: int, end: int) -> list[Evidence]:
    """What the clause made of words start to end says, after every rule."""
    found = [*_polar(words, start, end), *_failing(words, start, end)]
    stretch = words.starts[start], words.ends[end - 1]
    if missing := _missing(words.text, *stretch):
        # What is wished for may be praised (もっと速いと嬉しい), but is not there.
        return [*(e for e in found if e.weight < 0), missing]
    if again := AGAIN.search(words.text, *stretch):
        return [*found, Evidence(*again.span(), RETURNS)]
    return found


def _missing(text: str, start: int, end: int) -> Evidence | None:
    for pattern, weight in ((COUNTERFACTUAL, MISSED), (WISH, WISHED)):
        if match := pattern.search(text, start, end):
            return Evidence(*match.span(), weight)
    return None


def _polar(words: Words, start: int, end: int) -> Iterator[Evidence]:
    forms = words.forms[start:end]
    for first, after, weight in polarities().longest(forms):
        negators, last = _negation(forms, after)
        if weight:
            yield _said(words, start + first, start + last, _turned(weight, negators))


def _failing(words: Words, start: int, end: int) -> Iterator[Evidence]:
    """届かない, 反映されない: what one may expect, and does not happen."""
    forms, told = words.forms[start:end], 0
    for place, form in enumerate(forms):
        if place >= told and (form in EXPECTED or _possible(words, start + place)):
            negators, last = _negation(forms, place + 1)
            if negators == 1:
                yield _said(words, start + place, start + last, FAILS)
                told = last


def _possible(words: Words, place: int) -> bool:
    """眠れ of 眠れない, where the normalised form is only 眠る; not 食べ of 食べない."""
    surface, form = words.surface(place), words.forms[place]
    if words.kinds[place][0] != "動詞" or form in BETWEEN:
        return False
    return surface[-1:] in CAN and form[-2:-1] != surface[-1]


def _said(words: Words, start: int, end: int, weight: float) -> Evidence:
    return Evidence(words.starts[start], words.ends[end - 1], weight)


def _turned(weight: float, negators: int) -> float:
    """Twice negated is half said: 悪くないわけではない."""
    if negators == 0:
        return weight
    if negators > 1:
        return weight / 2
    return weight * (NOT_GOOD if weight > 0 else NOT_BAD)


def _negation(forms: list[str], place: int) -> tuple[int, int]:
    """How many negators follow the words before this place, and where the last of them ends."""
    count, last = 0, place
    while place < len(forms) and (forms[place] in BETWEEN or forms[place] in NEGATORS):
        if forms[place] == "成る" and forms[place - 1] in {"だ", "て", "で"}:
            break  # 残念でならない: very much so
        if forms[place] in NEGATORS and not _rhetorical(forms, place):
            count, last = count + 1, place + 1
        place += 1
    return count, last


def _rhetorical(forms: list[str], place: int) -> bool:
    """良いのではないか, 高くなければ: no denial, but a question that means yes, or an if."""
    return "か" in forms[place + 1 : place + 4] or forms[place + 1 : place + 2] == ["ば"]
