"""How well abuse is told apart from anger: python -m benchmarks --only abuse

recall     of the abusive texts, the share that is found
precision  of what is called abusive, the share that is

As many texts are merely angry as are abusive. Both were written by somebody who knew none of the
rules; those of the half that was seen were improved by, so only the half held out says how well
other texts are told apart.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks import seeds
from benchmarks.tables import share, show
from voc.nlp.reader import Reader

SETS = Path(__file__).parent / "data" / "abuse"
COLUMNS = ("set", "abusive", "angry", "found", "false alarms", "recall", "precision")


def main(_folder: Path) -> None:
    reader = Reader(seeds.load())
    lines = [line for path in sorted(SETS.glob("*.tsv")) for line in _lines(path, reader)]
    show("Abuse and anger", [COLUMNS, *lines])


def _lines(path: Path, reader: Reader) -> Iterator[tuple[str, ...]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for half in ("seen", "held out"):
        called = Counter(
            (row["label"], bool(reader.read(row["text"]).abuse))
            for row in rows
            if row["half"] == half
        )
        found, missed = called["abuse", True], called["abuse", False]
        false, right = called["angry", True], called["angry", False]
        counts = (found + missed, false + right, found, false)
        shares = (found / (found + missed), found / (found + false) if found + false else None)
        yield f"{path.stem}, {half}", *map(str, counts), *map(share, shares)
