"""Excerpts of customers' text, safe to show on a page: without what hides or turns text."""

from __future__ import annotations

import re

# Control characters, and marks that turn the direction of everything after them.
INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
SPACES = re.compile(r"\s+")
LONGEST_LINE = 200  # characters; more than one line of a list can show


def visible(text: str) -> str:
    return INVISIBLE.sub("", text)


def one_line(text: str) -> str:
    """The beginning of the text, on one line; an ellipsis where more follows."""
    line = " ".join(visible(text[: 2 * LONGEST_LINE]).split())
    return (
        line
        if len(line) <= LONGEST_LINE and len(text) <= 2 * LONGEST_LINE
        else line[:LONGEST_LINE] + "…"
    )


def around(text: str, start: int, end: int, *, beside: int = 90) -> tuple[str, str, str]:
    """An excerpt on one line, in three parts: before text[start:end], itself, and after it.

    The text's beginning alone when it has become shorter since.
    """
    if end > len(text):
        return one_line(text), "", ""
    before, after = text[max(0, start - beside) : start], text[end : end + beside]
    cut_before, cut_after = start > beside, len(text) > end + beside
    pieces = (_flat(before).lstrip(), _flat(text[start:end]), _flat(after).rstrip())
    return "…" * cut_before + pieces[0], pieces[1], pieces[2] + "…" * cut_after


def _flat(text: str) -> str:
    return SPACES.sub(" ", visible(text))
