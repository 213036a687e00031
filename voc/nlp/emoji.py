"""What faces and signs say: 😡, (´・ω・`), :-(

They are looked for in what was typed, not in the folded text: Unicode's NFKC pulls faces apart.
data/emoji.tsv gives each its weight, from -1 to 1; 0 is for those that only look like another:
m(_ _)m bows, (^^;) is only shy. A face in brackets is known by its middle, whatever its arms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "emoji.tsv"

LONGEST_WITHOUT_WORDS = 1_000  # characters of a text that may be nothing but faces

# One letter for one, so that places stay: ；´Д｀ and ;´Д` are the same face.
SAME = str.maketrans(
    "（）＾＿｀；：･･ﾟ｡＞＜＝＊＃￣‐－／＼ＴＱ〜～＋×χ▼∇⌒'’‘＇ﾉヾｏＯО丿˘",
    "()^_`;:・・゚。><=*#ー--/\\TQ~~+xx▽▽^''''ノヽoooノ^",
)
ALONE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


BRACKETED = re.compile(r"[(（](?![\w\s「『\"]{2})")  # (5.5%増) holds no face
SPELLED = re.compile(r"[oO][rR][zZ]|OT[LZ]|XD|D:")


@dataclass(frozen=True)
class Sign:
    """A face or emoji as typed, and what it says."""

    start: int
    end: int
    weight: float


def signs(typed: str) -> list[Sign]:
    """Each face and emoji that says something, left to right."""
    known, weights, telling = _known()
    if telling.isdisjoint(typed) and not BRACKETED.search(typed) and not SPELLED.search(typed):
        return []  # as most texts; the pattern of all of them is slow
    same = typed.translate(SAME)
    return [
        Sign(*match.span(), weight)
        for match in known.finditer(same)
        if (weight := weights[_name(match)])
    ]


def only(typed: str) -> list[Sign]:
    """The same, of a text without a word beside them: below a foreign word 👍 says little."""
    found = signs(typed[:LONGEST_WITHOUT_WORDS])
    kept = set[int]().union(*(range(sign.start, sign.end) for sign in found))
    words = any(
        c.isalnum() for place, c in enumerate(typed[:LONGEST_WITHOUT_WORDS]) if place not in kept
    )
    return [] if words else found


def _name(match: re.Match[str]) -> str:
    return f"({match['face']})" if match["face"] else match[0]


@cache
def _known() -> tuple[re.Pattern[str], dict[str, float], frozenset[str]]:
    """One pattern, the longest signs first; the weight of each; and letters that tell of one."""
    weights = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        sign, weight = line.split("\t")
        weights[sign.translate(SAME)] = float(weight)
    ordered = sorted(weights, key=len, reverse=True)
    faces = "|".join(re.escape(s[1:-1]) for s in ordered if _is_a_face(s))
    others = "|".join(_bounded(s) for s in ordered if not _is_a_face(s))
    known = re.compile(rf"{others}|\([^()\s\w]{{0,2}}(?P<face>{faces})[^()\s\w]{{0,2}}\)?")
    return known, weights, _telling(weights)


def _telling(known: Iterable[str]) -> frozenset[str]:
    """First letters, of whatever width, but brackets and plain letters."""
    first = {sign[0] for sign in known} - ALONE - {"("}
    return frozenset(first | {chr(code) for code, same in SAME.items() if chr(int(same)) in first})


def _is_a_face(sign: str) -> bool:
    return sign[0] == "(" and sign[-1] == ")" and len(sign) > 2


def _bounded(sign: str) -> str:
    """orz and XD must not stand in a word, nor :/ in an address."""
    before = r"(?<![A-Za-z0-9])" if sign[0] in ALONE else ""
    after = r"(?![A-Za-z0-9/])" if sign[-1] in ALONE or sign in {":/", "=)"} else ""
    return before + re.escape(sign) + after
