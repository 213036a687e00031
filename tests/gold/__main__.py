"""How well the gold sentences are read: python -m tests.gold ja [--misread sentiment]

Misread sentences are shown of the tuned half only: whoever mends rules must not see the other.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence

from benchmarks.tables import table
from tests.gold.sentences import WRONG, Read, figures, load, misread, read
from tests.voc.nlp import topics
from voc.nlp.reader import Reader


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("language", choices=["ja", "en"])
    parser.add_argument("--misread", choices=list(WRONG), help="list what is wrong in this")
    chosen = parser.parse_args()
    reads = read(load(chosen.language), Reader(topics.default()).read)
    tuned = [r for r in reads if not r.gold.kept]
    if chosen.misread:
        print("\n".join(misread(chosen.misread, tuned)))
    else:
        kept = [r for r in reads if r.gold.kept]
        print(table([("", "n", *WRONG), *_halves(reads, tuned, kept), *_patterns(reads)]))


def _halves(*groups: Sequence[Read]) -> list[tuple[str, ...]]:
    names = ("all", "tuned", "kept")
    return [
        (name, str(len(reads)), *(f"{figure:.3f}" for figure in figures(reads).values()))
        for name, reads in zip(names, groups, strict=True)
    ]


def _patterns(reads: Sequence[Read]) -> list[tuple[str, ...]]:
    """Sentences per pattern, and how many of them are read right."""
    by_pattern: dict[str, list[Read]] = defaultdict(list)
    for each in reads:
        by_pattern[each.gold.pattern].append(each)
    return [
        (pattern, str(len(group)), *(_right(figure, group) for figure in WRONG))
        for pattern, group in by_pattern.items()
    ]


def _right(figure: str, reads: Sequence[Read]) -> str:
    return str(len(reads) - len(misread(figure, reads)))


if __name__ == "__main__":
    main()
