"""Phrase books: English turns of phrase that say more than their words.

"Still waiting for a reply" holds no word that a lexicon of feelings knows, and "it would be great
if it synced" holds one too many. The phrases stand in data/*.tsv, a kind and a phrase a line;
where several begin at one word, the first in the file wins:

    work/works      one of these             (really)   perhaps
    disappoint*     any ending               _2         up to two words of any kind
    no_longer       one of several, two words long      $not   a list defined above, by $not

A phrase is tried only where its first word stands, so that a thousand cost little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from voc.nlp.en.words import Words

DATA = Path(__file__).parent / "data"

BETWEEN = r"""[\s,"-]{1,3}"""
ENDS = r"(?!\w|'\w)"
STUMP_LENGTH = 3  # letters, of a first word that may end in any way
GAP = re.compile(r"_(\d)")


@dataclass(frozen=True, slots=True)
class FoundPhrase:
    """A phrase that was found, and what kind it is; places count in the words' text."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class _Phrase:
    """Its kind, what finds it, and its possible first words; those cut short, apart."""

    kind: str
    pattern: str
    heads: frozenset[str]
    stumps: tuple[str, ...]

    @classmethod
    def of(cls, kind: str, parts: list[str]) -> _Phrase:
        heads = [(_words(one)[0], one.endswith("*")) for one in _alternatives(parts[0])]
        return cls(
            kind,
            _pattern(parts),
            frozenset(word for word, cut in heads if not cut),
            tuple(word for word, cut in heads if cut),
        )

    def begins(self, word: str) -> bool:
        return word in self.heads or word.startswith(self.stumps)


@dataclass(frozen=True)
class Shelf:
    """The phrases that begin alike: one pattern with a group for each, and the kinds of those."""

    pattern: re.Pattern[str]
    kinds: tuple[str, ...]

    @classmethod
    def of(cls, phrases: Iterable[_Phrase]) -> Shelf:
        phrases = tuple(phrases)
        pattern = re.compile("|".join(f"({phrase.pattern})" for phrase in phrases))
        return cls(pattern, tuple(phrase.kind for phrase in phrases))

    def find(self, words: Words, place: int) -> FoundPhrase | None:
        match = self.pattern.match(words.lowered, words.starts[place])
        if not match or match.lastindex is None:
            return None
        return FoundPhrase(self.kinds[match.lastindex - 1], *match.span())


class PhraseBook:
    """All phrases of a file, ready to be found."""

    def __init__(self, lines: Iterable[tuple[str, str]]) -> None:
        lists: dict[str, str] = {}
        phrases: list[_Phrase] = []
        self.vocabulary: set[str] = set()
        for kind, phrase in lines:
            if kind.startswith("$"):
                lists[kind] = phrase
            else:
                parts = [lists.get(part, part) for part in phrase.split()]
                phrases.append(_Phrase.of(kind, parts))
                self.vocabulary.update(
                    w for p in parts for o in _alternatives(p) for w in _words(o)
                )
        self._shelves = _shelves(phrases)
        self._stumps = _shelves_of_stumps(phrases)

    def shelves(self, words: Words) -> dict[int, Shelf]:
        """The shelf to look in at each place where a phrase may begin."""
        whole, cut = self._shelves, self._stumps
        return {
            place: shelf
            for place, word in enumerate(words.words)
            if (shelf := whole.get(word) or cut.get(word[:STUMP_LENGTH]))
        }

    def every(self, words: Words) -> Iterator[FoundPhrase]:
        """The phrases, left to right; they do not overlap."""
        phrase_end = 0
        for place, shelf in self.shelves(words).items():
            if words.starts[place] >= phrase_end and (phrase := shelf.find(words, place)):
                yield phrase
                phrase_end = phrase.end


def book(name: str) -> PhraseBook:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return PhraseBook((kind, phrase) for kind, phrase in (line.split("\t") for line in lines))


def _shelves(phrases: list[_Phrase]) -> dict[str, Shelf]:
    """A shelf for each first word that stands whole."""
    heads = {head for phrase in phrases for head in phrase.heads}
    return {head: Shelf.of(p for p in phrases if p.begins(head)) for head in heads}


def _shelves_of_stumps(phrases: list[_Phrase]) -> dict[str, Shelf]:
    """A shelf for each beginning of a first word of any ending."""
    cut = {stump[:STUMP_LENGTH] for phrase in phrases for stump in phrase.stumps}
    return {
        key: Shelf.of(p for p in phrases if any(s[:STUMP_LENGTH] == key for s in p.stumps))
        for key in cut
    }


def _pattern(parts: list[str]) -> str:
    """Parts with something between each two; what is optional brings its own."""
    last = max(place for place, part in enumerate(parts) if not _optional(part))
    before = "".join(map(_part_and_more, parts[:last]))
    after = "".join(map(_more_and_part, parts[last + 1 :]))
    return before + _part(parts[last]) + after + ENDS


def _optional(part: str) -> bool:
    return part.startswith("(") or GAP.fullmatch(part) is not None


def _part_and_more(part: str) -> str:
    if gap := GAP.fullmatch(part):
        return rf"(?:[\w']+{BETWEEN}){{0,{gap[1]}}}"
    return f"(?:{_part(part)}{BETWEEN})?" if _optional(part) else _part(part) + BETWEEN


def _more_and_part(part: str) -> str:
    """The pattern of a part after the last one that must be there."""
    if gap := GAP.fullmatch(part):
        return rf"(?:{BETWEEN}[\w']+){{0,{gap[1]}}}"
    return f"(?:{BETWEEN}{_part(part)})?"


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
