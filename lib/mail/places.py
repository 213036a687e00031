"""Texts with places: rendered once for many readers, and filled in for each.

A template is rendered with a mark where a reader's own words will stand. Nobody can write a mark,
it is drawn anew in every process; so whatever else was rendered is never taken for one.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping

_OURS = f"place{secrets.token_hex(16)}"
_MARK = re.compile(f"{_OURS}-([a-z_]+)-")


def mark(name: str) -> str:
    """What to render in the place of this name."""
    return f"{_OURS}-{name}-"


class Text:
    """A rendered text, cut at its marks."""

    def __init__(self, rendered: str) -> None:
        self._pieces = _MARK.split(rendered)
        self._names = self._pieces[1::2]

    @property
    def has_places(self) -> bool:
        return bool(self._names)

    def filled(self, values: Mapping[str, str]) -> str:
        pieces = self._pieces.copy()
        pieces[1::2] = [values[name] for name in self._names]
        return "".join(pieces)
