"""voc/taggers/english_phrases.py -- turns of phrase that say more than their words.

"Still waiting for a reply" holds no word that a lexicon of feelings knows, and "it would be great
if it synced" holds one too many. The phrases stand in data/en_*.tsv, a kind and a phrase a line;
where several begin at one word, the first in the file wins:

    work/works      one of these             (really)   perhaps
    disappoint*     any ending               _2         up to two words of any kind
    no_longer       one of several, two words long      $not   a list defined above, by $not

A phrase is tried only where its first three letters stand, so that a thousand cost little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from voc.taggers.english_words import Words

DATA = Path(__file__).parent / "data"

BETWEEN = r"""[\s,"-]{1,3}"""
ENDS = r"(?!\w|'\w)"
KEY = 3  # letters
GAP = re.compile(r"_(\d)")


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase that was found, and what kind it is; places count in the words' text."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class _Shelf:
    """The phrases that begin alike: one pattern with a group for each, and the kinds of those."""

    pattern: re.Pattern[str]
    kinds: tuple[str, ...]


class PhraseBook:
    """All phrases of a file, ready to be found."""

    def __init__(self, lines: Iterable[tuple[str, str]]) -> None:
        lists: dict[str, str] = {}
        shelves: dict[str, list[tuple[str, str]]] = {}
        self.vocabulary: set[str] = set()
        for kind, phrase in lines:
            if kind.startswith("$"):
                lists[kind] = phrase
            else:
                self._shelve(shelves, kind, [lists.get(part, part) for part in phrase.split()])
        self._shelves = {key: _bound(phrases) for key, phrases in shelves.items()}

    def _shelve(
        self, shelves: dict[str, list[tuple[str, str]]], kind: str, parts: list[str]
    ) -> None:
        pattern = _pattern(parts)
        for key in {_words(one)[0][:KEY] for one in _alternatives(parts[0])}:
            shelves.setdefault(key, []).append((kind, pattern))
        for part in parts:
            self.vocabulary.update(w for one in _alternatives(part) for w in _words(one))

    def starting(self, words: Words, place: int) -> Said | None:
        """The phrase that begins with this word, if one does."""
        shelf = self._shelves.get(words.words[place][:KEY])
        match = shelf and shelf.pattern.match(words.lowered, words.starts[place])
        if not shelf or not match or match.lastindex is None:
            return None
        return Said(shelf.kinds[match.lastindex - 1], *match.span())

    def every(self, words: Words) -> Iterator[Said]:
        """Left to right; they do not overlap."""
        told = 0
        for place, start in enumerate(words.starts):
            if start >= told and (said := self.starting(words, place)):
                yield said
                told = said.end


def book(name: str) -> PhraseBook:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return PhraseBook((kind, phrase) for kind, phrase in (line.split("\t") for line in lines))


def _bound(phrases: list[tuple[str, str]]) -> _Shelf:
    pattern = "|".join(f"({pattern})" for _, pattern in phrases)
    return _Shelf(re.compile(pattern), tuple(kind for kind, _ in phrases))


def _pattern(parts: list[str]) -> str:
    """Parts with something between each two; what is optional brings its own."""
    pattern = ""
    for place, part in enumerate(parts):
        last = place == len(parts) - 1
        pattern += _part(part) if last else _part_and_more(part)
    return pattern + ENDS


def _part_and_more(part: str) -> str:
    if gap := GAP.fullmatch(part):
        return rf"(?:[\w']+{BETWEEN}){{0,{gap[1]}}}"
    if part.startswith("("):
        return f"(?:{_part(part)}{BETWEEN})?"
    return _part(part) + BETWEEN


def _part(part: str) -> str:
    one_of = "|".join(map(_letters, _alternatives(part)))
    return f"(?:{one_of})"


def _letters(one: str) -> str:
    escaped = re.escape(one.replace("_", " ")).replace(r"\ ", BETWEEN)
    return escaped.replace(r"\*", r"[\w'-]*") if one.endswith("*") else escaped + ENDS


def _alternatives(part: str) -> list[str]:
    return part.strip("()").split("/")


def _words(one: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:'[^\W_]+)?", one) or [one]
