"""voc/taggers/japanese_turns.py -- turns of phrase that say more than their words.

Each is a list of alternatives, so that one can be added by adding a line. A turn also names its
hints, of which one is in every text where it may be: looking for those first is what makes it fast.
"""

from __future__ import annotations

import re


class Turn:
    """A turn of phrase, and the pieces of text without one of which it cannot be there."""

    def __init__(self, hints: str, *alternatives: str) -> None:
        self.hints = tuple(hints.split())
        self.pattern = re.compile("|".join(alternatives))

    def may_be_in(self, text: str) -> bool:
        for hint in self.hints:  # a plain loop: this is asked of every text, for every turn
            if hint in text:
                return True
        return False


class Glance:
    """A text at a glance: looks for those turns only that may be there."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._there: dict[Turn, bool] = {}

    def first(self, turn: Turn, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first of it between two places."""
        if not self._may_be_there(turn):
            return None
        return turn.pattern.search(self.text, start, len(self.text) if end is None else end)

    def each(self, turn: Turn) -> list[re.Match[str]]:
        return list(turn.pattern.finditer(self.text)) if self._may_be_there(turn) else []

    def _may_be_there(self, turn: Turn) -> bool:
        if turn not in self._there:
            self._there[turn] = turn.may_be_in(self.text)
        return self._there[turn]
