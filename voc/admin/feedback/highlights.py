"""Highlights: the words that show a reading, or were searched for, as spans cut into pieces that
follow one another.

Spans may overlap, stand twice or reach beyond the text; whatever they do, the pieces put together
are the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

CLAUSE_ENDS = re.compile(r"[。．！？!?\n、，,;；]|\.\s")
MIXED = "mixed"
LONGEST_QUOTE = 60  # characters; what is longer says too little at once


@dataclass(frozen=True)
class Highlight:
    """A half-open span in code points: it shows a feeling, names a topic, is a sign, or was
    searched for."""

    start: int
    end: int
    sentiment: str | None
    topic: str | None = None
    sign: str | None = None
    is_found: bool = False


@dataclass(frozen=True)
class Piece:
    """A piece of the text. The topics and signs that end with it are named beside it."""

    text: str
    sentiment: str | None = None
    names_topic: bool = False
    ending: tuple[Highlight, ...] = ()
    sign: str | None = None
    is_found: bool = False

    @property
    def is_marked(self) -> bool:
        return bool(self.sentiment or self.names_topic or self.sign)

    @property
    def classes(self) -> str:
        """CSS classes: the ink of its feeling, a topic's name, a sign."""
        topic = ["names-topic"] if self.names_topic else []
        sign = ["is-sign", f"is-{self.sign}"] if self.sign else []
        return " ".join(["mark", f"is-{self.sentiment or 'unknown'}", *topic, *sign])


def pieces(text: str, spans: Iterable[Highlight]) -> list[Piece]:
    inside = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    cuts = {0, len(text)} | {cut for span in inside for cut in (span.start, span.end)}
    return [_piece(text, start, end, inside) for start, end in pairwise(sorted(cuts))]


def _piece(text: str, start: int, end: int, spans: list[Highlight]) -> Piece:
    covering = [span for span in spans if span.start < end and start < span.end]
    # The feeling of the narrowest span says most about these very words.
    covering.sort(key=lambda span: span.end - span.start)
    return Piece(
        text=text[start:end],
        sentiment=next((span.sentiment for span in covering if span.sentiment), None),
        names_topic=any(span.topic for span in covering),
        ending=tuple(s for s in covering if (s.topic or s.sign) and s.end == end),
        sign=next((span.sign for span in covering if span.sign), None),
        is_found=any(span.is_found for span in covering),
    )


def quote(text: str, about: Highlight, feelings: Iterable[Highlight]) -> str:
    """The words that name a topic, as far as the nearest that show the same feeling about it.

    Only its own words when none of that feeling stand in the same clause.
    """
    beyond = [f for f in feelings if not about.start <= f.start < f.end <= about.end]
    agreeing = [f for f in beyond if about.sentiment in (f.sentiment, MIXED)]
    stretches = (_stretch(about, f) for f in sorted(agreeing, key=lambda f: _gap(about, f)))
    found = (text[start:end].strip() for start, end in stretches)
    return next((words for words in found if _is_short(words)), text[about.start : about.end])


def _stretch(one: Highlight, other: Highlight) -> tuple[int, int]:
    return min(one.start, other.start), max(one.end, other.end)


def _gap(one: Highlight, other: Highlight) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _is_short(words: str) -> bool:
    return len(words) <= LONGEST_QUOTE and not CLAUSE_ENDS.search(words)
