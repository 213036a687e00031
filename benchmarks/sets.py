"""Labelled sets: TSV with the columns text, label and topic.

Nothing is quoted; a backslash escapes. The file's prefix, ja_ or en_, is its language. A label is
neg, neu, pos, mixed or empty; topics are joined by "|".
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

OWN_SETS = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Row:
    text: str
    label: str
    topics: frozenset[str]


def load(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE, escapechar="\\")
        return [_row(row) for row in rows]


def _row(row: dict[str, str]) -> Row:
    topics = frozenset(t for t in (row["topic"] or "").split("|") if t)
    return Row(row["text"], row["label"] or "", topics)
