"""How much a table may be: beyond these a file, or the row that breaks one, is refused."""

from __future__ import annotations

LONGEST_EXCERPT = 60  # characters of a cell that a sentence shows
