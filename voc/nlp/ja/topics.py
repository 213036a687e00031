"""Topic matching: the topics a Japanese text names.

A phrase is found by its normalised words (使いやすい in 使い易くて), with whatever particle or
adverb between them (返信が遅い in 返信もとても遅い), or letter by letter (in words cut elsewhere).
Where a longer phrase of another topic stands, a shorter one inside it says nothing: the 遅い of
返信が遅い is not about the speed of the app.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from voc.nlp.clauses import Occurrence, without_overlaps
from voc.nlp.ja.words import Words, kinds_that, tokenizer
from voc.nlp.letter_index import LetterIndex
from voc.nlp.normalize import fold
from voc.nlp.phrase_index import PhraseIndex
from voc.nlp.reading import Seeds

PASSED_OVER = frozenset({"助詞", "副詞"})
REVERSING = "不無非未再"  # 不親切 is not 親切

# Expressions about no topic, though a word in them may name one: 質が高い is no price.
IDIOMS = re.compile(
    r"(?:質|精度|レベル|評価|満足度|ポイント|気温|背|身長|天井|クオリティー?|完成度|性能|自由度|技術力?|意識|人気"
    r"|テンション|敷居|ハードル|期待値|需要|温度|標高|位置|声|頻度|確率|可能性|効果|目線|信頼性|知名度|利便性|注目度?"
    r"|関心|湿度|能力|スキル|密度|濃度|強度|耐久性|鮮度)[がはもの]?(?:とても|すごく|かなり|少し|非常に|より)?高.?"
    r"|(?:損害賠償|慰謝料|資料)[をの]?請求|(?:手|声|目|耳)が届.?"
    r"|(?:頭|気|腰|荷|足|口|体|胃|空気|荷物|カバン|鞄|本体|ドア|扉|掃除機|自転車|布団|鍋|症状)[がはも]?(?:少し|とても)?重.?"
    r"|重い(?:荷物|物|もの|鞄|カバン|ドア|扉|病|布団)|(?:夜|朝)遅.?|遅い時間|遅くまで|遅め[のに]"
    r"|(?:汚れ|味|気分|売上|売り上げ|成績|体重|油|色|シミ|しみ|疲れ|腑)[がはもに]?(?:よく|すぐ|少し)?落ち.?"
    r"|箱根|ゴミ箱|重箱|アンインストール|カードキー|最初から最後|足元を見.?|お?電話番号"
)
MAY_BE_IDIOM = re.compile("高|請求|届|重|遅|落ち|箱|アンイ|カードキ|最初から|足元|電話番")
NO_TOPIC = ""


class JapaneseTopics:
    """Matchers for a set of topics, made once."""

    def __init__(self, topics: Iterable[Seeds]) -> None:
        self._by_words: PhraseIndex[tuple[str, ...]] = PhraseIndex()
        self._by_content: PhraseIndex[tuple[str, ...]] = PhraseIndex()
        by_letters: list[tuple[str, str]] = []
        for topic in topics:
            for phrase in topic.phrases_ja:
                if text := fold(phrase).text.strip().lower():
                    self._know(topic.key, text)
                    by_letters.append((text, topic.key))
        self._by_letters = LetterIndex(by_letters)

    def _know(self, key: str, phrase: str) -> None:
        words = tokenizer().words(phrase)
        content = [words.forms[place] for place in _content(words)]
        if len(content) > 1 or content == words.forms:
            self._by_content.add(content, (*self._by_content.get(content, ()), key))
        else:  # サクサク, an adverb; 最初は, where the particle tells
            self._by_words.add(words.forms, (*self._by_words.get(words.forms, ()), key))

    def occurrences(self, words: Words) -> list[Occurrence]:
        """Every phrase that no longer one of another topic overlaps."""
        found = [*self._in_words(words), *self._in_letters(words.text.lower())]
        if not found:
            return []
        return without_overlaps({*found, *_idioms(words.text)})

    def _in_words(self, words: Words) -> Iterator[Occurrence]:
        places = _content(words)
        content = [words.forms[place] for place in places]
        for first, after, keys in self._by_content.every(content):
            if not first or content[first - 1] not in REVERSING:
                yield from _named(words, places[first], places[after - 1], keys)
        for first, after, keys in self._by_words.every(words.forms):
            yield from _named(words, first, after - 1, keys)

    def _in_letters(self, text: str) -> Iterator[Occurrence]:
        for start, end, keys in self._by_letters.every(text):
            if _stands_alone(text, start, end):
                yield from (Occurrence(start, end, key) for key in keys)


def _idioms(text: str) -> Iterator[Occurrence]:
    if MAY_BE_IDIOM.search(text):
        yield from (Occurrence(*match.span(), NO_TOPIC) for match in IDIOMS.finditer(text))


def _content(words: Words) -> list[int]:
    """The places of the words that carry meaning."""
    passed_over = _passed_over()
    return [place for place, kind in enumerate(words.kinds) if kind not in passed_over]


@cache
def _passed_over() -> frozenset[int]:
    return kinds_that(lambda kind: kind[0] in PASSED_OVER)


def _named(words: Words, first: int, last: int, keys: Sequence[str]) -> Iterator[Occurrence]:
    return (Occurrence(words.starts[first], words.ends[last], key) for key in keys)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Latin letters must not go on, "ui" is not in "quick"; nor must 不 reverse the word."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if _latin(before + text[start]) or _latin(text[end - 1] + after):
        return False
    return not before or before not in REVERSING


def _latin(two: str) -> bool:
    return len(two) == 2 and two.isascii() and two.isalnum()
