"""Which words of a text made us think what: spans, cut into pieces that follow one another.

Spans may overlap, stand twice or reach beyond the text; whatever they do, the pieces put together
are the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Span:
    """Half-open, in code points. A span without a topic shows a feeling only."""

    start: int
    end: int
    sentiment: str | None
    topic: str | None = None


@dataclass(frozen=True)
class Piece:
    """Some of the text. The spans that end with it are named beside it."""

    text: str
    sentiment: str | None = None
    names_topic: bool = False
    ending: tuple[Span, ...] = ()


def pieces(text: str, spans: Iterable[Span]) -> list[Piece]:
    inside = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    cuts = {0, len(text)} | {cut for span in inside for cut in (span.start, span.end)}
    return [_piece(text, start, end, inside) for start, end in pairwise(sorted(cuts))]


def _piece(text: str, start: int, end: int, spans: list[Span]) -> Piece:
    covering = [span for span in spans if span.start < end and start < span.end]
    # The feeling of the narrowest span says most about these very words.
    covering.sort(key=lambda span: span.end - span.start)
    return Piece(
        text=text[start:end],
        sentiment=next((span.sentiment for span in covering if span.sentiment), None),
        names_topic=any(span.topic for span in covering),
        ending=tuple(span for span in covering if span.topic and span.end == end),
    )
