"""Net Promoter Score arithmetic, and nothing else.

    NPS = % promoters (9-10) - % detractors (0-6), from -100 to +100

No Django in here: hand it counts, get numbers back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import hypot, sqrt

LOWEST, HIGHEST = 0, 10
SCORES = range(LOWEST, HIGHEST + 1)
PROMOTER, PASSIVE, DETRACTOR = "promoter", "passive", "detractor"
# The one place that says where a band begins and ends; bands.py has the words for them.
BANDS = {PROMOTER: range(9, 11), PASSIVE: range(7, 9), DETRACTOR: range(0, 7)}
FEW_ANSWERS, TOO_FEW_ANSWERS = 30, 10
CERTAINTY_95 = 1.96


def band(score: int) -> str:
    """Name the band a score falls in."""
    if score not in SCORES:
        raise ValueError(f"a score runs from {LOWEST} to {HIGHEST}, so {score} is not one")
    return next(name for name, scores in BANDS.items() if score in scores)


@dataclass(frozen=True)
class Tally:
    """A count of people in each band. Tallies are pooled by adding, never averaged."""

    promoters: int = 0
    passives: int = 0
    detractors: int = 0

    @classmethod
    def of(cls, scores: Iterable[int]) -> Tally:
        return cls.of_times(Counter(scores))

    @classmethod
    def of_times(cls, times: Mapping[int, int]) -> Tally:
        """The tally of scores, given how often each was."""
        bands: Counter[str] = Counter()
        for score, number in times.items():
            bands[band(score)] += number
        return cls(bands[PROMOTER], bands[PASSIVE], bands[DETRACTOR])

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.promoters + other.promoters,
            self.passives + other.passives,
            self.detractors + other.detractors,
        )

    def count(self, band: str) -> int:
        """The number of people in this band."""
        return {PROMOTER: self.promoters, PASSIVE: self.passives, DETRACTOR: self.detractors}[band]

    @property
    def total(self) -> int:
        return self.promoters + self.passives + self.detractors

    @property
    def nps(self) -> int | None:
        """The NPS, rounded once, halves away from zero. None, and not 0, when nobody answered."""
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
        """The 95 % confidence interval of the NPS of all customers, within -100 to +100.

        Adjusted Wald (Rocks 2016, The American Statistician): three pseudo-answers are added;
        without them three promoters in a row would claim to be certain.
        """
        if not self.total:
            return None
        middle, half = self._adjusted_nps, z * self.standard_error
        return max(-100.0, middle - half), min(100.0, middle + half)

    @property
    def standard_error(self) -> float:
        """Standard error in points: √((p + d − (p − d)²) / n), with the three pseudo-answers."""
        n = self.total + 3
        up, down = (self.promoters + 0.75) / n, (self.detractors + 0.75) / n
        return 100 * sqrt((up + down - (up - down) ** 2) / n)

    @property
    def _adjusted_nps(self) -> float:
        return 100 * (self.promoters - self.detractors) / (self.total + 3)

    @property
    def margin(self) -> int | None:
        """Half the width of the 95 % interval, in points."""
        ends = self.interval()
        return round((ends[1] - ends[0]) / 2) if ends else None

    @property
    def is_few(self) -> bool:
        return self.total < FEW_ANSWERS

    @property
    def is_too_few(self) -> bool:
        """True for a segment to hide: so small a one is noise, and points at persons."""
        return self.total < TOO_FEW_ANSWERS


@dataclass(frozen=True)
class Change:
    points: int  # as people read it: the difference of the two numbers shown
    is_real: bool  # more than luck explains, 95 times in 100


def change(before: Tally, after: Tally, z: float = CERTAINTY_95) -> Change | None:
    """The change of NPS from one group of people to another; None when either is empty.

    A two-sample z-test: the difference against sqrt(SE1² + SE2²).
    """
    if before.nps is None or after.nps is None:
        return None
    spread = hypot(before.standard_error, after.standard_error)
    return Change(after.nps - before.nps, is_real=abs(_exact(after) - _exact(before)) > z * spread)


def _exact(tally: Tally) -> float:
    return 100 * (tally.promoters - tally.detractors) / tally.total
