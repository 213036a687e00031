"""Words of a Japanese text (Sudachi), and the polarity dictionary.

Words are Sudachi's normalised forms: 分かりやすい, わかり易い and わかりやすく are all one.
The polarity words are the Tohoku dictionary (see data/NOTICE), overruled by data/words.tsv:
words of customers that it lacks, and with weight 0 words that only name things, such as 値段.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sudachipy import Dictionary, Morpheme, SplitMode

from voc.nlp.phrase_index import PhraseIndex

DATA = Path(__file__).parent / "data"

NAMING_WEIGHT = 0.3  # 景色 is a "positive" noun, but a sentence about it may say anything
DOING_WEIGHT = 0.6  # 感謝, 改善: said of doing, often in a request
JUDGING_WEIGHT = 1.0  # 不満な, 美味しい, 呆れる: said to judge


Kind = tuple[str, ...]  # a part of speech as Sudachi has it: 名詞, 普通名詞, サ変可能, …


@dataclass(frozen=True)
class Words:
    """A text as words, side by side: normalised form, place in the text, part of speech.

    A part of speech is given by its number, as it is asked of every word.
    """

    text: str
    forms: list[str]
    starts: list[int]
    ends: list[int]
    kinds: list[int]

    def kind(self, place: int) -> Kind:
        return tokenizer().kinds[self.kinds[place]]

    def surface(self, place: int) -> str:
        return self.text[self.starts[place] : self.ends[place]]


class Tokenizer:
    """Sudachi with its small dictionary. Make one per worker: it holds 110 MB."""

    def __init__(self) -> None:
        dictionary = Dictionary(dict="small")
        # Only what is asked of a word below is looked up.
        fields = {"normalized_form", "pos"}
        self._sudachi = dictionary.tokenizer(mode=SplitMode.C, fields=fields)
        self.kinds: list[Kind] = list(dictionary.pos_matcher(lambda _kind: True))
        self._dictionary = dictionary

    def words(self, text: str) -> Words:
        found = list(self._sudachi.tokenize(text))
        starts = [m.begin() for m in found]
        return Words(
            text,
            [m.normalized_form() for m in found],
            starts,
            [*starts[1:], len(text)],  # words leave no gap
            [m.part_of_speech_id() for m in found],
        )

    def entries(self, word: str) -> list[Morpheme]:
        """All that the dictionary has under just these letters, however it is read."""
        return list(self._dictionary.lookup(word))


@cache
def tokenizer() -> Tokenizer:
    return Tokenizer()


def kinds_that(are: Callable[[Kind], bool]) -> frozenset[int]:
    """The numbers of all parts of speech that are so; it looks at each, so ask once."""
    return frozenset(number for number, kind in enumerate(tokenizer().kinds) if are(kind))


@cache
def polarities() -> PhraseIndex[float]:
    """Every phrase known to carry a feeling, with its weight; the project's own words win."""
    known: PhraseIndex[float] = PhraseIndex()
    for phrase, weight in [*_tohoku(), *_ours()]:
        for forms in _spellings(phrase):
            for ending in _denials(forms):
                known.add(ending, weight)
    return known


def _tohoku() -> Iterator[tuple[str, float]]:
    for line in _lines("polarity.tsv"):
        phrase, pole, kind = line.split("\t")
        weight = JUDGING_WEIGHT if kind == "yougen" else _weight_of_noun(phrase)
        yield phrase, weight if pole == "p" else -weight


def _ours() -> Iterator[tuple[str, float]]:
    for line in _lines("words.tsv"):
        phrase, weight = line.split("\t")
        yield from ((variant, float(weight)) for variant in _variants(phrase))


def _weight_of_noun(noun: str) -> float:
    kind = tokenizer().words(noun).kind(-1)
    if kind[0] == "形状詞" or kind[2] == "形状詞可能" or noun.endswith("感"):
        return JUDGING_WEIGHT
    return DOING_WEIGHT if "サ変" in kind[2] else NAMING_WEIGHT


def _spellings(phrase: str) -> set[tuple[str, ...]]:
    """The phrase as one string and word by word: the dictionary spaces out 気 に 入る."""
    apart = [form for word in phrase.split() for form in tokenizer().words(word).forms]
    together = tokenizer().words(phrase.replace(" ", "")).forms
    return {tuple(apart), tuple(together)}


def _variants(phrase: str) -> Iterator[str]:
    """質が高い is also 質は高い, 質も高い and 質高い; 届かない is also 届きません."""
    yield phrase
    if "が" in phrase[1:]:
        yield from (phrase.replace("が", particle, 1) for particle in ("は", "も", "の", ""))


def _denials(forms: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """かからない is also かかりません and かからず."""
    yield forms
    if forms[-1] in {"ない", "無い"}:
        yield (*forms[:-1], "ます", "ず")
        yield (*forms[:-1], "ず")


def _lines(name: str) -> list[str]:
    return (DATA / name).read_text(encoding="utf-8").splitlines()
