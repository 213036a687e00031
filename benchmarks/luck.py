"""How often luck is called a change of NPS: --only luck

Two groups of answers come from the same customers, over and over, and are compared by the
arithmetic of the report. Nothing has changed between them, so whatever is called a change is luck.

shares     of promoters, passives and detractors among all customers
n          answers of the smaller group; the larger has as many or more, up to 500
figures    the share of the pairs called a change, for the worst size of the larger group
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.tables import share, show
from surveys.questions.nps import Tally, change

Shares = tuple[float, float, float]

CUSTOMERS: list[Shares] = [
    (0.4, 0.4, 0.2),
    (0.7, 0.2, 0.1),
    (0.1, 0.8, 0.1),
    (0.5, 0.0, 0.5),
    (0.2, 0.3, 0.5),
    (0.02, 0.08, 0.9),
    (0.9, 0.08, 0.02),
    (0.95, 0.0, 0.05),
    (0.98, 0.01, 0.01),
]
SIZES = [10, 20, 30, 50, 100, 200, 500]
PAIRS = 4_000
SEED = 20161101


def main(folder: Path) -> None:
    """Needs no labelled set."""
    chance = np.random.default_rng(SEED)
    lines = [["shares", *(f"n {n}" for n in SIZES)]]
    for shares in CUSTOMERS:
        worst = (_worst(chance, shares, place) for place in range(len(SIZES)))
        lines.append([" / ".join(f"{100 * each:g}" for each in shares), *map(share, worst)])
    error = 1.96 * (0.05 * 0.95 / PAIRS) ** 0.5
    show("Luck called a change", lines, f"5 in 100 are promised; {PAIRS:,} pairs, ±{error:.3f}")


def _worst(chance: np.random.Generator, shares: Shares, smaller: int) -> float:
    return max(_called(chance, shares, SIZES[smaller], larger) for larger in SIZES[smaller:])


def _called(chance: np.random.Generator, shares: Shares, n: int, m: int) -> float:
    """The share of pairs called a change; which of the two came first does not matter."""
    pairs = zip(*(chance.multinomial(size, shares, PAIRS).tolist() for size in (n, m)), strict=True)
    changes = (change(Tally(*before), Tally(*after)) for before, after in pairs)
    return sum(bool(each and each.is_real) for each in changes) / PAIRS
