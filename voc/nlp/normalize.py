"""Normalize a text (Unicode NFKC), and still point at the words as they were typed.

Customers type ＡＢＣ, ｱﾌﾟﾘ, invisible marks and broken characters. Matching wants one form of
each, which is shorter or longer than what was typed; `Folded` remembers from where each character
came.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

# Sudachi refuses more than 49,149 bytes, and four bytes is the longest character in UTF-8.
LONGEST_TEXT = 12_000

# A letter with the marks that belong to it: ﾊﾟ is two characters typed, one read.
MARK = r"[\u0300-\u036f\u3099\u309a\uff9e\uff9f]"
# Most of a text are letters that NFKC leaves as they are, and that have no marks.
AS_IT_IS = rf"(?:[\n -~\u3001\u3002\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff](?!{MARK}))+"
AS_IT_IS_OR_CLUSTER = re.compile(rf"(?P<as_it_is>{AS_IT_IS})|.{MARK}*", re.DOTALL)
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
BROKEN = re.compile(r"[\ud800-\udfff]")  # half a character: no UTF-8 can carry it
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

# Letters that stay apart under NFKC, so that an unchanged length means an unchanged place each.
PLAIN = re.compile(
    r"[\t\n\r -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e"
    r"\u3000-\u3029\u3030-\u3096\u309b-\u30ff\u4e00-\u9fff\uff01-\uff5e]*"
)


@dataclass(frozen=True)
class Folded:
    """A tidied text; its character i was typed at starts[i] up to ends[i]."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The place of text[start:end], which must not be empty, in what was typed."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str, longest: int = LONGEST_TEXT) -> Folded:
    """Normalize the first 12,000 characters; the rest of an essay will not change what it says."""
    text = text[:longest]
    if PLAIN.fullmatch(text) and len(tidy := _tidy(text)) == len(text):
        return Folded(tidy, range(len(text)), range(1, len(text) + 1))
    return _fold_by_cluster(text, longest)


def _fold_by_cluster(text: str, longest: int) -> Folded:
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece in AS_IT_IS_OR_CLUSTER.finditer(text):
        start, end = piece.span()
        if piece["as_it_is"]:
            parts.append(piece[0])
            starts += range(start, end)
            ends += range(start + 1, end + 1)
        else:
            tidy = _tidy_cluster(piece[0])
            parts.append(tidy)
            starts += [start] * len(tidy)
            ends += [end] * len(tidy)
    return Folded("".join(parts)[:longest], starts, ends)


def _tidy(text: str) -> str:
    """NFKC, without what cannot be seen, or has a longer lower case (İ); and one apostrophe."""
    if text.isascii():
        return CONTROL.sub(" ", text)
    text = BROKEN.sub("\ufffd", CONTROL.sub(" ", INVISIBLE.sub("", text)))
    return unicodedata.normalize("NFKC", text).replace("İ", "I").replace("’", "'")


_tidy_cluster = lru_cache(maxsize=10_000)(_tidy)
