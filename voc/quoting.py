"""Customers' words as they may safely stand on a page: without what hides or turns text."""

from __future__ import annotations

import re

# Control characters, and marks that turn the direction of everything after them.
INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
ENOUGH = 200  # characters; more than one line of a list can show


def visible(text: str) -> str:
    return INVISIBLE.sub("", text)


def one_line(text: str) -> str:
    """The beginning, on one line."""
    line = " ".join(visible(text[: 2 * ENOUGH]).split())
    return line if len(line) <= ENOUGH and len(text) <= 2 * ENOUGH else line[:ENOUGH] + "…"
