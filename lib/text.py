"""Excerpts of customers' text, safe to show on a page: without what hides or turns text.

What is cut is cut between graphemes, what a reader takes for one sign: never inside an emoji made
of several, a flag, or a letter and its marks.
"""

from __future__ import annotations

import re

import regex

# Control characters that are no spaces, and marks that turn the direction of all after them.
INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
SPACES = re.compile(r"\s+")
GRAPHEME = regex.compile(r"\X")
SENTENCE_END = re.compile(r"[。！？!?]+[」』）)”\"']*|\.(?=\s|$)")
SPACE = re.compile(" ")
LONGEST_LINE = 200  # characters; more than one line of a list can show
LONGEST_QUOTE = 300  # characters
LONGEST_GRAPHEME = 100  # characters; what piles up more marks than these is no letter


def visible(text: str) -> str:
    return INVISIBLE.sub("", text)


def cut(text: str, longest: int) -> str:
    """The beginning of the text, so many characters at most."""
    if len(text) <= longest:
        return text
    end = 0
    for grapheme in GRAPHEME.finditer(text[: longest + LONGEST_GRAPHEME]):
        if grapheme.end() > longest:
            break
        end = grapheme.end()
    return text[: end or longest]


def shortened(text: str, longest: int) -> str:
    """The text, or its beginning and an ellipsis, so many characters at most."""
    return text if len(text) <= longest else cut(text, longest - 1).rstrip() + "…"


def one_line(text: str) -> str:
    """The beginning of the text, on one line; an ellipsis where more follows."""
    beginning = cut(text, 2 * LONGEST_LINE)
    line = _flat(beginning).strip()
    if len(line) <= LONGEST_LINE and len(beginning) == len(text):
        return line
    return cut(line, LONGEST_LINE) + "…"


def kindly(words: str, longest: int = LONGEST_QUOTE) -> str:
    """The words on one line; too many of them end after a sentence, else after a word, with …."""
    line = _flat(words).strip()
    if len(line) <= longest:
        return line
    start = cut(line, longest)
    return start[: _best_end(start)].rstrip() + "…"


def _best_end(start: str) -> int:
    """The last sentence's end in the second half; else the last space there; else just there."""
    for breath in (SENTENCE_END, SPACE):
        ends = [found.end() for found in breath.finditer(start)]
        if ends and ends[-1] > len(start) // 2:
            return ends[-1]
    return len(start)


def around(text: str, start: int, end: int, *, beside: int = 90) -> tuple[str, str, str]:
    """An excerpt on one line, in three parts: before text[start:end], itself, and after it.

    The text's beginning alone when it has become shorter since.
    """
    if end > len(text):
        return one_line(text), "", ""
    before, after = _last(text[:start], beside), cut(text[end:], beside)
    cut_before, cut_after = len(before) < start, len(after) < len(text) - end
    pieces = (_flat(before).lstrip(), _flat(text[start:end]), _flat(after).rstrip())
    return "…" * cut_before + pieces[0], pieces[1], pieces[2] + "…" * cut_after


def _last(text: str, longest: int) -> str:
    """The end of the text, so many characters at most."""
    if len(text) <= longest:
        return text
    surplus = min(len(text) - longest, LONGEST_GRAPHEME)
    near = text[-longest - surplus :]
    starts = (grapheme.start() for grapheme in GRAPHEME.finditer(near))
    return near[next((start for start in starts if start >= surplus), surplus) :]


def _flat(text: str) -> str:
    return SPACES.sub(" ", visible(text))
