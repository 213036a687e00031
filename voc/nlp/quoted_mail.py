"""Quoted mail: what a reply repeats of another mail is not what its writer says.

Replies quote by a > before each line, or by a heading below which the whole earlier mail stands
(“On … wrote:”, 「元のメッセージ」, Outlook's From, Sent, Subject).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

# >5000 and >= are said of amounts; a mark of quoting stands before words.
MARKED = re.compile(r"\s*[>＞](?![\s]*[\d=＝])")
FORWARDED = re.compile(
    r"\s*[-‐―_=*]{2,}\s*"
    r"(?:original message|original mail|reply message|forwarded message|forwarded by.{0,80}|"
    r"元のメッセージ|元のメール|返信元メッセージ|転送メッセージ|転送されたメッセージ)"
    r"\s*[-‐―_=*]{2,}\s*|\s*begin forwarded message\s*:?\s*",
    re.IGNORECASE,
)
WROTE = re.compile(
    r"\s*(?:on\b.{5,300}\bwrote\s*|"
    r".{0,80}\d{4}\s*[年/.-]\s*\d{1,2}\s*[月/.-]\s*\d{1,2}.{0,200})[:：]\s*",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"[^\s<>@]{1,64}@[^\s<>@]{1,255}")
FIELD = re.compile(
    r"\s*\*?(from|sent|date|to|cc|subject|差出人|送信者|送信日時|送信日|日時|日付|宛先|件名)\*?\s*[:：]",
    re.IGNORECASE,
)
FIRST_FIELDS = {"from", "差出人", "送信者"}
FIELDS_OF_A_HEADING = 3  # a heading has three fields at least, each on a line of its own
LINES_OF_A_HEADING = 6
LONGEST_HEADING = 400  # characters; what is longer is somebody's sentence
RULE = re.compile(r"\s*[_-]{5,}\s*")
# In lower case, and without the letters that have another upper case somewhere (i, k, s).
SIGNS = (">", "＞", "@", "from", "orwarded", "nal m", "reply m")
JAPANESE_SIGNS = ("差出人", "送信者", "元の", "返信元", "転送")
LETTER = re.compile(r"[^\W\d_]")


def without_quotes(text: str) -> str:
    """The text with quoted mail blanked: as long as before, so that every place stays.

    A text of which nothing would be left says what it quotes, and comes back as it is.
    """
    if not _may_quote(text):
        return text
    lines = text.splitlines(keepends=True)
    end = _heading(lines)
    quoted = {*_marked(lines[:end]), *range(end, len(lines))}
    own = [_blank(line) if n in quoted else line for n, line in enumerate(lines)]
    return "".join(own) if any(map(LETTER.search, own)) else text


def _may_quote(text: str) -> bool:
    """A quick look, as most texts quote nothing: without one of these none is found."""
    lowered = text.lower()
    return any(map(lowered.__contains__, (*SIGNS, *JAPANESE_SIGNS)))


def _marked(lines: Sequence[str]) -> Iterator[int]:
    """Places of the lines with a mark before them, and of the line that says who wrote them."""
    for place, line in enumerate(lines):
        if MARKED.match(line) or _introduces(lines, place):
            yield place


def _introduces(lines: Sequence[str], place: int) -> bool:
    below = next((line for line in lines[place + 1 :] if line.strip()), "")
    return bool(MARKED.match(below) and _is_written_by(lines[place]))


def _heading(lines: Sequence[str]) -> int:
    """The place of the line where an earlier mail begins that stands whole; else the end."""
    for place, line in enumerate(lines):
        if FORWARDED.fullmatch(line) or _is_header(lines, place):
            return place - 1 if place and RULE.fullmatch(lines[place - 1]) else place
        if ADDRESS.search(line[:LONGEST_HEADING]) and _is_written_by(line):
            return _unless_marked(lines, place)
    return len(lines)


def _is_written_by(line: str) -> bool:
    return len(line) <= LONGEST_HEADING and bool(WROTE.fullmatch(line))


def _unless_marked(lines: Sequence[str], place: int) -> int:
    """The place, unless marks say for themselves which of the lines below are quoted."""
    return len(lines) if any(map(MARKED.match, lines[place + 1 :])) else place


def _is_header(lines: Sequence[str], place: int) -> bool:
    """Tell whether the fields of a mail begin here: From or 差出人, then two others at least."""
    first = FIELD.match(lines[place][:LONGEST_HEADING])
    if not first or first[1].lower() not in FIRST_FIELDS:
        return False
    block = lines[place : place + LINES_OF_A_HEADING]
    return sum(bool(FIELD.match(line[:LONGEST_HEADING])) for line in block) >= FIELDS_OF_A_HEADING


def _blank(line: str) -> str:
    return "\n" * len(line)
