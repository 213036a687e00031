"""Net Promoter Score arithmetic, and nothing else.

    NPS = % promoters (9-10) - % detractors (0-6), from -100 to +100

No Django in here: hand it counts, get numbers back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import sqrt

LOWEST, PASSIVE_FROM, PROMOTER_FROM, HIGHEST = 0, 7, 9, 10
SCORES = range(LOWEST, HIGHEST + 1)
FEW, TOO_FEW = 30, 10
CERTAINTY_95 = 1.96


def band(score: int) -> str:
    """Name the band a score falls in."""
    if score not in SCORES:
        raise ValueError(f"a score runs from {LOWEST} to {HIGHEST}, so {score} is not one")
    if score >= PROMOTER_FROM:
        return "promoter"
    return "passive" if score >= PASSIVE_FROM else "detractor"


@dataclass(frozen=True)
class Tally:
    """How many people stand in each band. Tallies are pooled by adding; an NPS is never averaged."""

    promoters: int = 0
    passives: int = 0
    detractors: int = 0

    @classmethod
    def of(cls, scores: Iterable[int]) -> Tally:
        counts = Counter(map(band, scores))
        return cls(counts["promoter"], counts["passive"], counts["detractor"])

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.promoters + other.promoters,
            self.passives + other.passives,
            self.detractors + other.detractors,
        )

    @property
    def total(self) -> int:
        return self.promoters + self.passives + self.detractors

    @property
    def nps(self) -> int | None:
        """Rounded once, halves away from zero. None when nobody answered: silence is not a zero."""
        if not self.total:
            return None
        exact = Decimal(100 * (self.promoters - self.detractors)) / self.total
        return int(exact.quantize(Decimal(1), ROUND_HALF_UP))

    @property
    def shown(self) -> str:
        """The NPS as people read it: +20, 0, −12 (a true minus), or an en dash for nobody."""
        if self.nps is None:
            return "–"
        return f"{self.nps:+d}".replace("-", "−") if self.nps else "0"

    def interval(self, z: float = CERTAINTY_95) -> tuple[float, float] | None:
        """Where the NPS of all customers lies, 95 times in 100, within -100 to +100.

        Adjusted Wald (Rocks 2016, The American Statistician): three pseudo-answers are added; without
        them three promoters in a row would claim to be certain.
        """
        if not self.total:
            return None
        n = self.total + 3
        up, down = (self.promoters + 0.75) / n, (self.detractors + 0.75) / n
        middle, half = 100 * (up - down), 100 * z * sqrt((up + down - (up - down) ** 2) / n)
        return max(-100.0, middle - half), min(100.0, middle + half)

    @property
    def margin(self) -> int | None:
        """Half the width of the 95 % interval, in points."""
        ends = self.interval()
        return round((ends[1] - ends[0]) / 2) if ends else None

    @property
    def is_few(self) -> bool:
        return self.total < FEW

    @property
    def is_too_few(self) -> bool:
        """A segment this small is hidden: it is noise, and it points at persons."""
        return self.total < TOO_FEW


def change(before: Tally, after: Tally, z: float = CERTAINTY_95) -> Change | None:
    """Whether the NPS moved by more than luck explains; None when either side is empty."""
    if not before.total or not after.total:
        return None
    spread = sqrt(_variance(before) + _variance(after))
    points = (after.nps or 0) - (before.nps or 0)
    exact = _exact(after) - _exact(before)
    return Change(points=points, is_real=abs(exact) > z * spread)


@dataclass(frozen=True)
class Change:
    points: int
    is_real: bool


def _exact(tally: Tally) -> float:
    return 100 * (tally.promoters - tally.detractors) / tally.total


def _variance(tally: Tally) -> float:
    """Of the NPS, in points squared, with the adjusted Wald's three pseudo-answers."""
    n = tally.total + 3
    up, down = (tally.promoters + 0.75) / n, (tally.detractors + 0.75) / n
    return 10_000 * (up + down - (up - down) ** 2) / n
