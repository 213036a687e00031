"""How fast Todoku is, and how well it reads: python -m benchmarks [DATA] [--only PART ...]

DATA is a folder of labelled sets (see benchmarks/sets.py); without it the project's own two are
read. Each part prints its tables under headings, and can be run alone: --only capture.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from benchmarks import abuse, learning, luck, reading, themes, topics
from benchmarks.sets import OWN_SETS
from benchmarks.speed.measure import ROWS, measure

# A part more is a file with main(folder), and a line here.
PARTS: dict[str, Callable[[Path], None]] = {
    "reading": reading.main,
    "abuse": abuse.main,
    "topics": topics.main,
    "learning": learning.main,
    "themes": themes.main,
    "luck": luck.main,
}
NAMES = list(dict.fromkeys([*ROWS, *PARTS]))


def main() -> None:
    asked = _asked()
    for name in asked.only:
        if name in ROWS:
            measure(name, before=asked.before, keep=asked.keep)
        if name in PARTS and not asked.before:
            PARTS[name](asked.data)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How fast Todoku is, and how well it reads")
    add = parser.add_argument
    add("data", type=Path, nargs="?", default=OWN_SETS, help="a folder of TSV sets")
    add("--only", nargs="+", choices=NAMES, default=NAMES, metavar="PART")
    add("--before", type=_folder, help="an earlier checkout, whose speed is measured beside")
    add("--keep", type=Path, help="a TSV file that the figures of speed are added to")
    asked = parser.parse_args()
    if not any(asked.data.glob("*.tsv")):
        parser.error(f"{asked.data} holds no .tsv file; see benchmarks/sets.py for what one is")
    return asked


def _folder(name: str) -> Path:
    folder = Path(name).resolve()
    if not (folder / "manage.py").exists():
        raise argparse.ArgumentTypeError(f"{name} is no checkout of Todoku")
    return folder


if __name__ == "__main__":
    main()
