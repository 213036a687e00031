"""Pooling: the sum of several sentiments."""

from __future__ import annotations

from collections.abc import Iterable

from voc.nlp.reading import MIXED, NEUTRAL


def pool(sentiments: Iterable[str]) -> str:
    """The sentiment of several: neutral ones give way, and those that disagree are mixed."""
    clear = set(sentiments) - {NEUTRAL}
    if len(clear) > 1:
        return MIXED
    return clear.pop() if clear else NEUTRAL


def pool_known(sentiments: Iterable[str | None]) -> str | None:
    """The sentiment of those that are known; None when none is."""
    known = [sentiment for sentiment in sentiments if sentiment is not None]
    return pool(known) if known else None
