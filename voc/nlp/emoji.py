"""Emoji and emoticons, and their sentiment: 😡, (´・ω・`), :-(

They are looked for in what was typed, not in the folded text: Unicode's NFKC pulls faces apart.
data/emoji.tsv gives each its weight, from -1 to 1; 0 is for those that only look like another:
m(_ _)m bows, (^^;) is only shy. A face in brackets is known by its middle, whatever its arms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "emoji.tsv"

LONGEST_WITHOUT_WORDS = 1_000  # characters of a text that may be nothing but faces

# One letter for one, so that places stay: ；´Д｀ and ;´Д` are the same face.
SAME_LETTERS = str.maketrans(
    "（）＾＿｀；：･･ﾟ｡＞＜＝＊＃￣‐－／＼ＴＱ〜～＋×χ▼∇⌒'’‘＇ﾉヾｏＯО丿˘",
    "()^_`;:・・゚。><=*#ー--/\\TQ~~+xx▽▽^''''ノヽoooノ^",
)
WORD_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")

ARM = r"\s?[^()\s\w]{0,2}\s?"  # what a face wears on either side: ( *´▽`)
BRACKETED = re.compile(r"[(（](?!\s?[\d「『\"]|\w{4})")  # (5.5%増) holds no face
UPRIGHT = frozenset(["orz", "otl", "otz", "t_t", "t^t", ";_;", ">_<", "^_^", "^^", "ノд`"])
SPELLED = re.compile(r"[oO][rR][zZ]|OT[LZ]|XD|D:|T[_^]T")
OTHER_BEGINNINGS = "(（oOXDT"  # of what is BRACKETED, or SPELLED
# Stars of five, as they are drawn for who gave stars and wrote nothing.
STARS = re.compile(r"(?=[★☆]{5}\s*\Z)(★{1,5}☆{0,4})\s*\Z")
WEIGHTS_OF_STARS = (-1.0, -1.0, 0.0, 1.0, 1.0)
PICTURES = "\U00010000-\U0010ffff"  # and rare kanji


@dataclass(frozen=True)
class Emoticon:
    """An emoji or emoticon as typed, and its weight, from -1 to 1."""

    start: int
    end: int
    weight: float
    is_upright: bool = False  # as they are drawn in Japan: (T_T), orz; but :-( lies on its side


def stars_alone(typed: str) -> Emoticon | None:
    """The stars that are all somebody gave: ★★☆☆☆; None for anything else."""
    found = STARS.match(typed)
    return Emoticon(0, found.end(1), WEIGHTS_OF_STARS[found[1].count("★") - 1]) if found else None


def emoticons(typed: str) -> list[Emoticon]:
    """The emoji and emoticons that say something, left to right."""
    return [found for found in _all_of_them(typed) if found.weight]


def _all_of_them(typed: str) -> list[Emoticon]:
    known = _known()
    if not known.may_begin.search(typed):
        return []  # as most texts
    if (
        known.first_letters.isdisjoint(typed)
        and not BRACKETED.search(typed)
        and not SPELLED.search(typed)
    ):
        return []
    return [
        Emoticon(*match.span(), known.weights[_name(match)], _is_upright(match[0]))
        for match in known.every(typed.translate(SAME_LETTERS))
    ]


def _is_upright(shown: str) -> bool:
    return shown[0] == "(" or shown.startswith("m(") or shown.lower() in UPRIGHT


def emoticons_alone(typed: str) -> list[Emoticon]:
    """The emoticons of a text without words: below a foreign word 👍 says little.

    With those that say nothing: a bow is no word either.
    """
    if _known().beside_letters.search(typed, 0, LONGEST_WITHOUT_WORDS):
        return []  # as most texts
    found = _all_of_them(typed[:LONGEST_WITHOUT_WORDS])
    kept = set[int]().union(*(range(emoticon.start, emoticon.end) for emoticon in found))
    words = any(
        c.isalnum() for place, c in enumerate(typed[:LONGEST_WITHOUT_WORDS]) if place not in kept
    )
    return [] if words else found


def _name(match: re.Match[str]) -> str:
    face = match.groupdict().get("face")
    return f"({face})" if face else match[0]


@dataclass(frozen=True)
class Known:
    """All emoticons: their weights, and a pattern for those that begin alike, the longest first."""

    weights: dict[str, float]
    first_letters: frozenset[str]  # that tell of one, of whatever width
    may_begin: re.Pattern[str]  # any first letter, and more: a class that is searched fast
    beside_letters: re.Pattern[str]  # a letter or number that stands in none
    beginnings: re.Pattern[str]
    patterns: dict[str, re.Pattern[str]]

    def every(self, unified: str) -> Iterator[re.Match[str]]:
        """Left to right; they do not overlap."""
        free = 0
        for beginning in self.beginnings.finditer(unified):
            place = beginning.start()
            if place >= free and (match := self.patterns[beginning[0]].match(unified, place)):
                yield match
                free = match.end()


@cache
def _known() -> Known:
    weights = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        emoticon, weight = line.split("\t")
        weights[emoticon.translate(SAME_LETTERS)] = float(weight)
    ordered = sorted(weights, key=len, reverse=True)
    by_first: dict[str, list[str]] = {}
    for emoticon in ordered:
        if not _is_a_face(emoticon):
            by_first.setdefault(emoticon[0], []).append(_bounded(emoticon))
    faces = "|".join(re.escape(s[1:-1]) for s in ordered if _is_a_face(s))
    face = rf"\({ARM}(?P<face>{faces}){ARM}(?:\)|(?![A-Za-z0-9]))"
    by_first.setdefault("(", []).append(face)
    first = _typed_as({emoticon[0] for emoticon in weights} - WORD_LETTERS - {"("})
    return Known(
        weights,
        first,
        re.compile(f"[{_in_class(c for c in first if c < PICTURES)}{OTHER_BEGINNINGS}{PICTURES}]"),
        re.compile(rf"[^\W_{_in_class(_typed_as(''.join(weights)))}]"),
        re.compile("[" + re.escape("".join(by_first)) + "]"),
        {first: re.compile("|".join(patterns)) for first, patterns in by_first.items()},
    )


def _typed_as(letters: Iterable[str]) -> frozenset[str]:
    """Letters, and those of another width that are read as one of them."""
    known = frozenset(letters)
    return known | {chr(code) for code, read in SAME_LETTERS.items() if chr(int(read)) in known}


def _in_class(letters: Iterable[str]) -> str:
    return re.escape("".join(sorted(letters)))


def _is_a_face(emoticon: str) -> bool:
    return emoticon[0] == "(" and emoticon[-1] == ")" and len(emoticon) > 2


def _bounded(emoticon: str) -> str:
    """orz and XD must not stand in a word, nor :/ in an address."""
    before = r"(?<![A-Za-z0-9])" if emoticon[0] in WORD_LETTERS else ""
    after = r"(?![A-Za-z0-9/])" if emoticon[-1] in WORD_LETTERS or emoticon in {":/", "=)"} else ""
    return before + re.escape(emoticon) + after
