"""Other forms of the words of a Japanese text, by which people look for them.

遅かった is looked for as 遅い, おそい and おそかった; わかりやすい as 分かる. What a word is a form
of, and how it is read, is asked of the dictionary once for each word, and kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from voc.nlp.ja.words import Kind, Words, kinds_that, tokenizer
from voc.nlp.reading import OtherForms

# Words that say something; numbers, する, ある and their like do not.
TELLING = {"名詞", "動詞", "形容詞", "形状詞", "副詞"}
INFLECTED = {"動詞", "形容詞"}
HELPING = "非自立可能"  # may stand behind another word, and then says little: て来る, て見る
HIRAGANA = re.compile(r"[ぁ-ゖー]+")
LATIN = re.compile(r"[ -~]+")
SAID_OF_ANYTHING = {"為る", "有る", "無い", "居る", "成る", "言う", "事", "物", "時", "所", "方"}
JOINING = {"て", "で", "ば"}
TOO_MUCH = "過ぎる"
POLITE = {"です", "ます"}
CLASSICAL = "文語"
MOST_ENDINGS = 2  # words behind an inflected one that are shown and read with it: 遅く|て|も
MOST_READINGS = 3


def other_forms(words: Words) -> Iterator[OtherForms]:
    """The words that have other forms, in order; a word that comes again may be given again."""
    telling, helping, inflected = _kinds()
    for place, kind in enumerate(words.kinds):
        form = words.forms[place]
        if kind not in telling or form in SAID_OF_ANYTHING:
            continue
        surface = words.surface(place)
        if LATIN.fullmatch(surface) or (kind in helping and HIRAGANA.fullmatch(surface)):
            continue
        ending = _ending(words, place + 1) if kind in inflected else ""
        if found := _known(surface, form, ending):
            yield found


@cache
def _kinds() -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    return (
        kinds_that(lambda kind: kind[0] in TELLING and kind[1] != "数詞"),
        kinds_that(lambda kind: kind[:2] == ("動詞", HELPING)),
        kinds_that(lambda kind: kind[0] in INFLECTED),
    )


@cache
def _endings() -> frozenset[int]:
    return kinds_that(_is_ending)


def _is_ending(kind: Kind) -> bool:
    joining = kind[:2] == ("助詞", "接続助詞")
    return kind[0] == "助動詞" or joining or kind[0] == "接尾辞" or kind[:2] == ("動詞", HELPING)


def _ending(words: Words, first: int) -> str:
    """What stands behind an inflected word and belongs to it: た, ない, て, すぎる, やすい, さ."""
    last = first
    while last < min(len(words.forms), first + MOST_ENDINGS) and _belongs(words, last):
        last += 1
    return words.text[words.starts[first] : words.ends[last - 1]] if last > first else ""


def _belongs(words: Words, place: int) -> bool:
    form, number = words.forms[place], words.kinds[place]
    if number not in _endings() or form == "です":
        return False
    kind = words.kind(place)[0]
    if kind == "助詞":
        return form in JOINING
    return kind != "動詞" or form == TOO_MUCH


@lru_cache(maxsize=30_000)
def _known(surface: str, form: str, ending: str) -> OtherForms | None:
    entries = [e for e in tokenizer().entries(surface) if e.normalized_form() == form]
    modern = [e for e in entries if not _is_classical(e.part_of_speech())]
    whole = dict.fromkeys([form, *(e.dictionary_form() for e in modern)])
    inflected = surface not in whole
    behind = ending if inflected else ""
    read = _readings(e.reading_form() for e in modern)
    as_it_stands = [*(_in_kanji(surface, form, each) for each in whole), *read]
    found = [*whole, *_read_whole(whole, form), *(each + behind for each in as_it_stands)]
    stands = surface + behind
    others = tuple(dict.fromkeys(each for each in found if each not in {surface, stands}))
    return OtherForms(stands, others) if others else None


def _in_kanji(surface: str, form: str, dictionary_form: str) -> str:
    """とどい is 届い, as とどく is 届く; the surface itself where the forms do not go together."""
    same = next((n for n in range(len(form)) if dictionary_form.endswith(form[n:])), len(form))
    typed = dictionary_form[: len(dictionary_form) - len(form) + same]
    goes = typed and surface.startswith(typed)
    return form[:same] + surface.removeprefix(typed) if goes else surface


def _read_whole(whole: dict[str, None], form: str) -> list[str]:
    """How the forms are read that stand in the dictionary."""
    entries = [e for each in whole for e in tokenizer().entries(each)]
    same = (e for e in entries if e.normalized_form() == form)
    return _readings(e.reading_form() for e in same if not _is_classical(e.part_of_speech()))


def _readings(readings: Iterator[str]) -> list[str]:
    """The readings, without those that only begin softer, as amid another word: バコ of ハコ."""
    all_of_them = dict.fromkeys(readings)
    plain = [each for each in all_of_them if _hard(each) == each or _hard(each) not in all_of_them]
    return plain[:MOST_READINGS]


def _hard(reading: str) -> str:
    return unicodedata.normalize("NFD", reading[:1])[:1] + reading[1:]


def _is_classical(kind: Kind) -> bool:
    return kind[4].startswith(CLASSICAL)
