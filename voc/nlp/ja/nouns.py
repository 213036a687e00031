"""Noun phrases of a Japanese text.

Compounds by Sudachi's normalised forms: 配送料, 二段階認証 (二段階 and 2段階 are one), and two of
them held together by の. A polite お or ご belongs to its word and changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from voc.nlp.content_words import ContentWord, ContentWords
from voc.nlp.ja.words import Words, tokenizer
from voc.nlp.normalize import fold
from voc.nlp.nouns import Noun, Word, general_words, is_word, noun_phrases, runs, without_pointers

GENERAL = Path(__file__).parent / "data" / "general.txt"
POLITE = "御"
NUMBER = "数詞"
KATAKANA = re.compile(r"[ァ-ヺー]{3,}")

THINGS = {"一般", "サ変可能"}
# Said of things (不正 in 不正利用), and what may also count (ポイント in ポイント還元).
QUALITIES = {"形状詞可能", "サ変形状詞可能"}
COUNTERS = {"助数詞可能", "助数詞"}
PROPER = {"一般", "地名", "組織名"}
# After a person, and what makes a noun of an adjective: nothing goes on across these.
ENDINGS = {"様", "さん", "君", "ちゃん", "氏", "殿", "さ", "み", "達", "等", "乍ら", "振り"}


# する, ある and their like help other words to say something.
SAYING = {("動詞", "一般"), ("形容詞", "一般"), ("形状詞", "一般")}


def content_words(text: str) -> ContentWords:
    """Nouns that stand alone, verbs and adjectives, by Sudachi's normalised forms."""
    folded = fold(text)
    words = tokenizer().words(without_pointers(folded.text))
    spoken = [
        n for n in range(len(words.kinds)) if words.kind(n)[0] not in {"空白", "補助記号", "記号"}
    ]
    telling = [n for n in spoken if _says_something(words, n)]
    return ContentWords(
        tuple(
            ContentWord(words.forms[n], *folded.original(words.starts[n], words.ends[n]))
            for n in telling
        ),
        len(spoken),
    )


def _says_something(words: Words, place: int) -> bool:
    form = words.forms[place]
    if words.kind(place)[:2] in SAYING:
        return is_word(form) and _tells(form)
    word = _word(words, place)
    return bool(word and word.tells)


def find(text: str) -> list[Noun]:
    folded = fold(text)
    words = tokenizer().words(without_pointers(folded.text))
    return list(noun_phrases(runs(_words(words)), folded))


def key(phrase: str) -> str:
    """The key that `find` gives a phrase; of phrases that are no nouns, just their words."""
    forms = tokenizer().words(fold(phrase).text.strip()).forms
    return " ".join(form for form in forms if form not in {POLITE, "の"})


def _words(words: Words) -> Iterator[Word | None]:
    start = None  # where お began
    for place, form in enumerate(words.forms):
        if form == POLITE and words.kind(place)[0] == "接頭辞":
            start = words.starts[place]
            continue
        word = _word(words, place)
        yield replace(word, start=start) if word and start is not None else word
        start = None


def _word(words: Words, place: int) -> Word | None:
    form, kind = words.forms[place], words.kind(place)
    at = (words.starts[place], words.ends[place])
    if form == "の" and kind[0] == "助詞":
        return Word("", *at, opens=False, closes=False, tells=False)
    if kind[1] == NUMBER:
        return None if _is_counted(words, place + 1) else Word(form, *at, closes=False, tells=False)
    if not is_word(form) or (_is_counted(words, place) and _is_number(words, place - 1)):
        return None
    return _named(form, at, kind)


def _named(form: str, at: tuple[int, int], kind: tuple[str, ...]) -> Word | None:
    match kind[0], kind[1], kind[2]:
        case "名詞", "普通名詞", what if what in THINGS:
            return Word(form, *at, tells=_tells(form))
        case "名詞", "固有名詞", what if what in PROPER:
            return Word(form, *at, tells=_tells(form))
        case "名詞", "普通名詞", what if what in COUNTERS:
            return Word(form, *at, tells=bool(KATAKANA.fullmatch(form)))
        case ("名詞", "普通名詞", what) if what in QUALITIES:
            return Word(form, *at, tells=False)
        case "形状詞", "一般", _:
            return Word(form, *at, closes=False, tells=False)
        case "接頭辞", _, _:
            return Word(form, *at, closes=False, tells=False)
        case "接尾辞", "名詞的", "一般" | "サ変可能" if form not in ENDINGS:
            return Word(form, *at, opens=False, tells=False)
    return None


def _tells(form: str) -> bool:
    return form not in general_words(GENERAL, str)


def _is_number(words: Words, place: int) -> bool:
    return place >= 0 and words.kind(place)[1] == NUMBER


def _is_counted(words: Words, place: int) -> bool:
    return place < len(words.forms) and words.kind(place)[2] in COUNTERS
