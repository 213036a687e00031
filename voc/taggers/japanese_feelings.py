"""voc/taggers/japanese_feelings.py -- what a Japanese clause feels, by words and turns of phrase.

A dictionary alone reads 「特に不満はありません」 as negative, and 「検索機能が欲しい」 and
「もう少し安ければ最高なのに」 as positive. The rules are where the gain is: negation, wishes,
what would be good if, contrast, questions, and what does not work.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from voc.taggers import japanese_patterns as turns
from voc.taggers.japanese_clauses import Stretch
from voc.taggers.japanese_negation import BETWEEN, NEGATORS, NOT_GOOD, negation, turned
from voc.taggers.japanese_words import Words, polarities

WISHED = -0.4  # a wish is a complaint at most in the making
MISSED = -0.9  # もう少し安ければ最高なのに
RETURNS = 0.8  # また来ます
FAILS = -0.7  # 繋がらない
HURT = -0.9  # なぜこんなに遅いのか
TOO_MUCH = -0.8  # 多すぎる
MORE_SO = 1.3  # 重すぎる, for each point of 重い
ASKED = 0.35  # 動作が重いのは私だけですか, for each point of 重い
DOUBTED = 0.6  # 高いわけではない, beside a plain denial

WORD, DENIED, WISH, COUNTERFACTUAL, TURN = "word", "denied", "wish", "counterfactual", "turn"

EXPECTED = frozenset("""
    出来る 繋がる 動く 届く 分かる 来る 見える 入る 進む 直る 返る 効く 足りる 見付かる 終わる
    出る 変わる 治る 通じる 呉れる 貰える 頂ける 落ち着く 戻る 流れる 聞こえる 続く 籠もる 開く
    始まる 決まる 伝わる 鳴る 点く 冷える 暖まる 温まる 乾く 消える 落ちる 取れる 閉まる 映る
    反映 表示 起動 対応 改善 更新 保存 送信 印刷 機能 返信 返事 連絡 説明 反応 応答 同期 認識
    納得 理解 返金 発行 記載 作動 充電 接続 解決 謝罪 挨拶 案内 到着 発送 修正 進展 連携 完了
    値する 見合う 釣り合う 応える 行き届く 及ぶ
""".split())
CAN = frozenset("えけせてねめれげべ")  # 眠れ-, 使え-, 開け-: the stem of what one can or cannot do
EXCESS = "過ぎる"


@dataclass(frozen=True)
class Evidence:
    """Characters of the folded text, how much they weigh, + or -, and by which rule."""

    start: int
    end: int
    weight: float
    kind: str = WORD


def evidence(words: Words, clause: Stretch) -> list[Evidence]:
    """What a clause says, after every rule."""
    text, span = words.text, (clause.start, _core(words.text, clause.start, clause.end))
    sure = turns.UNHEARD_OF.search(text, *span) or turns.CANNOT_BUT.search(text, *span)
    found = [*_polar(words, clause, sure is None), *_failing(words, clause)]
    if found and not sure:
        found = _doubted(text, span, found)
    if found and (better := turns.OTHERS_BETTER.search(text, *span)):
        found = [_blamed(e) if e.start >= better.end() else e for e in found]
    return _turned(text, span, found)


def _turned(text: str, span: tuple[int, int], found: list[Evidence]) -> list[Evidence]:
    """What the turns of phrase leave of it, and add to it."""
    if missing := _missing(text, *span):
        # What is wished for may be praised (もっと速いと嬉しい), but is not there.
        return [*(e for e in found if e.weight < 0), missing]
    if hurt := turns.RHETORICAL.search(text, *span):
        return [*(e for e in found if e.weight < 0), Evidence(*hurt.span(), HURT, TURN)]
    if again := turns.AGAIN.search(text, *span):
        found = [e for e in found if e.end <= again.start() or e.start >= again.end()]
        return [*found, Evidence(*again.span(), RETURNS, TURN)]
    if turns.ASKS.search(text, *span) and not turns.OPINION.search(text, *span):
        return [replace(e, weight=e.weight * ASKED) for e in found]
    return found


def _core(text: str, start: int, end: int) -> int:
    """Where the clause ends without comma, laughter and faces: 最高なのに😢 ends with のに."""
    while end > start + 1 and not text[end - 1].isalnum() and text[end - 1] not in "。!?":
        end -= 1
    while end > start + 1 and text[end - 1] in "wW笑草":
        end -= 1
    return end


def _missing(text: str, start: int, end: int) -> Evidence | None:
    for pattern, weight, kind in (
        (turns.COUNTERFACTUAL, MISSED, COUNTERFACTUAL),
        (turns.WISH, WISHED, WISH),
    ):
        if match := pattern.search(text, start, end):
            return Evidence(*match.span(), weight, kind)
    return None


def _doubted(text: str, span: tuple[int, int], found: list[Evidence]) -> list[Evidence]:
    """便利とはとても言えない, 高いわけではない: a denial that stands further off."""
    for pattern, share in ((turns.DENIED, 1.0), (turns.NOT_THAT, DOUBTED)):
        if match := pattern.search(text, *span):
            return [
                replace(e, weight=turned(e.weight, 1) * share, end=match.end(), kind=DENIED)
                if e.kind == WORD and e.end <= match.end()
                else e
                for e in found
            ]
    return found


def _blamed(e: Evidence) -> Evidence:
    return replace(e, weight=e.weight * NOT_GOOD) if e.weight > 0 else e


def _polar(words: Words, clause: Stretch, may_deny: bool) -> Iterator[Evidence]:
    forms = words.forms[clause.first : clause.after]
    for first, after, weight in polarities().longest(forms):
        negators, last = negation(forms, after) if may_deny else (0, after)
        if forms[after : after + 1] == [EXCESS]:
            weight, last = (weight * MORE_SO or TOO_MUCH), max(last, after + 1)
        if weight:
            kind = DENIED if negators else WORD
            place = clause.first
            yield _said(words, place + first, place + last, turned(weight, negators), kind)
    yield from _excessive(words, clause, forms)


def _excessive(words: Words, clause: Stretch, forms: list[str]) -> Iterator[Evidence]:
    """多すぎる, 小さすぎる: too much of what is neither good nor bad."""
    if EXCESS not in forms:
        return
    place = forms.index(EXCESS)
    kind = words.kinds[clause.first + place - 1][0] if place else ""
    if kind in {"形容詞", "形状詞"} and forms[place - 1 : place] not in polarities():
        yield _said(words, clause.first + place - 1, clause.first + place + 1, TOO_MUCH, TURN)


def _failing(words: Words, clause: Stretch) -> Iterator[Evidence]:
    """届かない, 反映されない: what one may expect, and does not happen."""
    forms, told = words.forms[clause.first : clause.after], 0
    if NEGATORS.isdisjoint(forms):
        return
    for place, form in enumerate(forms):
        if place >= told and (form in EXPECTED or _possible(words, clause.first + place)):
            negators, last = negation(forms, place + 1)
            if negators == 1:
                yield _said(words, clause.first + place, clause.first + last, FAILS, TURN)
                told = last


def _possible(words: Words, place: int) -> bool:
    """眠れ of 眠れない, where the normalised form is only 眠る; not 食べ of 食べない."""
    surface, form = words.surface(place), words.forms[place]
    if words.kinds[place][0] != "動詞" or form in BETWEEN:
        return False
    return surface[-1:] in CAN and form[-2:-1] != surface[-1]


def _said(words: Words, first: int, after: int, weight: float, kind: str) -> Evidence:
    return Evidence(words.starts[first], words.ends[after - 1], weight, kind)
