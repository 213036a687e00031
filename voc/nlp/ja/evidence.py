"""Evidence of feelings: the words of a Japanese clause and their weights, denied or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from voc.nlp.ja.clauses import JapaneseClause
from voc.nlp.ja.shifters.negation import (
    BETWEEN,
    NEGATORS,
    count_negators,
    negated_weight,
)
from voc.nlp.ja.words import Words, polarities
from voc.nlp.phrase_index import word_set

FAILING_WEIGHT = -0.7  # 繋がらない
TOO_MUCH_WEIGHT = -0.8  # 多すぎる
EXCESS_FACTOR = 1.3  # 重すぎる, for each point of 重い

WORD, DENIED, FAILING, PATTERN = "word", "denied", "failing", "pattern"
WISH, COUNTERFACTUAL = "wish", "counterfactual"

# What is a complaint when it does not happen.
EXPECTED = word_set("""
    出来る 繋がる 動く 届く 分かる 来る 見える 入る 進む 直る 返る 効く 足りる
    見付かる 終わる 出る 変わる 治る 通じる 呉れる 貰える 頂ける 落ち着く 戻る
    流れる 聞こえる 続く 籠もる 開く 始まる 決まる 伝わる 鳴る 点く 冷える 暖まる
    温まる 乾く 消える 落ちる 取れる 閉まる 映る 反映 表示 起動 対応 改善 更新
    保存 送信 印刷 機能 返信 返事 連絡 説明 反応 応答 同期 認識 納得 理解 返金
    発行 記載 作動 充電 接続 解決 謝罪 挨拶 案内 到着 発送 修正 進展 連携 完了
    値する 見合う 釣り合う 応える 行き届く 及ぶ 通る 起こる 休まる 達する
""")
CAN = frozenset("えけせてねめれげべ")  # 眠れ-, 使え-, 開け-: the stem of what one can or cannot do
EXCESS = "過ぎる"
NUMERALS = frozenset("一二三四五六七八九数何0123456789")


class Evidence(NamedTuple):
    """Characters of the folded text, how much they weigh, + or -, and by which rule."""

    start: int
    end: int
    weight: float
    kind: str = WORD


Telling = list[tuple[int, int, float]]  # words of feeling: from which word to which, and weights


def words_of_feeling(words: Words, clauses: Iterable[JapaneseClause]) -> list[Telling]:
    """The words of feeling of each clause: the longest at each place, found in one pass.

    What begins in a clause tells if it ends in it as well, and overlaps nothing before.
    """
    found = iter(polarities().every(words.forms))
    next_one = next(found, None)
    told: list[Telling] = []
    for clause in clauses:
        telling, free = [], 0
        while next_one and next_one[0] < clause.after:
            first, after, weight = next_one
            if first >= free and after <= clause.after:
                telling.append((first - clause.first, after - clause.first, weight))
                free = after
            next_one = next(found, None)
        told.append(telling)
    return told


def evidence_of_words(
    words: Words, clause: JapaneseClause, telling: Telling, may_deny: bool
) -> list[Evidence]:
    """Each word of feeling, and each thing that ought to happen and does not."""
    forms = words.forms[clause.first : clause.after]
    may_deny = may_deny and not NEGATORS.isdisjoint(forms)
    found = _polar(words, clause, forms, telling, may_deny) if telling else []
    if EXCESS in forms:
        found += _excessive(words, clause, forms)
    if may_deny:
        found += _failing(words, clause, forms)
    return found


def _polar(
    words: Words, clause: JapaneseClause, forms: list[str], telling: Telling, may_deny: bool
) -> list[Evidence]:
    found = []
    for first, after, weight in telling:
        following = forms[after] if after < len(forms) else ""
        if following == "らしい" and forms[first] in forms[after:]:
            continue  # 不具合らしい不具合はない: the second one tells
        if forms[first] == "十分" and _counted(words, clause.first + first):
            continue  # 三十分
        negators, last = count_negators(forms, after) if may_deny else (0, after)
        if following == EXCESS:
            weight, last = (weight * EXCESS_FACTOR or TOO_MUCH_WEIGHT), max(last, after + 1)
        if weight:
            start, end = words.starts[clause.first + first], words.ends[clause.first + last - 1]
            kind = DENIED if negators else WORD
            found.append(Evidence(start, end, negated_weight(weight, negators), kind))
    return found


def _counted(words: Words, place: int) -> bool:
    start = words.starts[place]
    return start > 0 and words.text[start - 1] in NUMERALS


def _excessive(words: Words, clause: JapaneseClause, forms: list[str]) -> Iterator[Evidence]:
    """多すぎる, 小さすぎる: too much of what is neither good nor bad."""
    place = forms.index(EXCESS)
    kind = words.kind(clause.first + place - 1)[0] if place else ""
    if kind in {"形容詞", "形状詞"} and forms[place - 1 : place] not in polarities():
        yield _evidence(
            words, clause.first + place - 1, clause.first + place + 1, TOO_MUCH_WEIGHT, PATTERN
        )


def _failing(words: Words, clause: JapaneseClause, forms: list[str]) -> Iterator[Evidence]:
    """届かない, 反映されない: what one may expect, and does not happen."""
    phrase_end = 0
    for place, form in enumerate(forms):
        if place >= phrase_end and (form in EXPECTED or _possible(words, clause.first + place)):
            negators, last = count_negators(forms, place + 1)
            if negators == 1:
                yield _evidence(
                    words, clause.first + place, clause.first + last, FAILING_WEIGHT, FAILING
                )
                phrase_end = last


def _possible(words: Words, place: int) -> bool:
    """眠れ of 眠れない, where the normalised form is only 眠る; not 食べ of 食べない."""
    surface, form = words.surface(place), words.forms[place]
    if words.kind(place)[0] != "動詞" or form in BETWEEN:
        return False
    return surface[-1:] in CAN and form[-2:-1] != surface[-1]


def _evidence(words: Words, first: int, after: int, weight: float, kind: str) -> Evidence:
    return Evidence(words.starts[first], words.ends[after - 1], weight, kind)
