"""How well Todoku reads: python -m benchmarks [DATA] [--only PART ...]

DATA is a folder of labelled sets (see benchmarks/sets.py); without it the project's own two are
read. Each part prints its tables under headings, and can be run alone: --only reading.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from benchmarks import learning, luck, reading, themes, topics
from benchmarks.sets import OWN_SETS

# A part more is a file with main(folder), and a line here.
PARTS: dict[str, Callable[[Path], None]] = {
    "reading": reading.main,
    "topics": topics.main,
    "learning": learning.main,
    "themes": themes.main,
    "luck": luck.main,
}


def main() -> None:
    parser = argparse.ArgumentParser(description="How well, and how fast, Todoku reads")
    parser.add_argument("data", type=Path, nargs="?", default=OWN_SETS, help="a folder of TSV sets")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART")
    asked = parser.parse_args()
    if not any(asked.data.glob("*.tsv")):
        parser.error(f"{asked.data} holds no .tsv file; see benchmarks/sets.py for what one is")
    for name in asked.only:
        PARTS[name](asked.data)


if __name__ == "__main__":
    main()
