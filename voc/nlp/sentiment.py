"""The sum of several sentiments."""

from __future__ import annotations

from collections.abc import Iterable

from voc.nlp.reading import MIXED, NEUTRAL


def pool(sentiments: Iterable[str]) -> str:
    """One sentiment for several: neutral ones give way, and those that disagree are mixed."""
    felt = set(sentiments) - {NEUTRAL}
    if len(felt) > 1:
        return MIXED
    return felt.pop() if felt else NEUTRAL


def pool_known(sentiments: Iterable[str | None]) -> str | None:
    """The same, of those that are known; None when none is."""
    known = [sentiment for sentiment in sentiments if sentiment is not None]
    return pool(known) if known else None
