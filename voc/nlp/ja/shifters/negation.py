"""Negation: how often words are denied, and the weight that is left of them."""

from __future__ import annotations

from voc.nlp.phrase_index import word_set

NOT_GOOD = -0.8  # 美味しくない, for each point of 美味しい
NOT_BAD = -0.75  # 不満はない is a mild yes

NEGATORS = frozenset({"ない", "無い", "ず", "ぬ", "無し", "なし"})


# What may stand between a feeling and its negation: 満足 する こと が 出来る ます た ず ...
BETWEEN = word_set("""
    は が も で と に を て って とは には では でも など 等 の だ です ます た じゃ
    有る 居る 為る 出来る 思う 思える 言う 言える 感ずる 感じる 感じられる 成る 見当たる 御座る
    れる られる せる させる 頂く 下さる 貰う 呉れる 事 訳 所 点 部分 感 程 何 何も そんな
    特に 一切 全く 余り 全然 一度 一つ 一回 一件 未だ 今 迄 殆ど らしい 掛かる てる とる こと
""")


def negated_weight(weight: float, negators: int) -> float:
    """The weight after so many negators. Twice negated is half said: 悪くないわけではない."""
    if negators == 0:
        return weight
    if negators > 1:
        return weight / 2
    return weight * (NOT_GOOD if weight > 0 else NOT_BAD)


def count_negators(forms: list[str], place: int) -> tuple[int, int]:
    """The number of negators after the words before this place, and the end of the last."""
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
