"""Net Promoter Score arithmetic, and nothing else.

    NPS = % promoters (9-10) - % detractors (0-6), from -100 to +100

No Django in here: hand it counts, get numbers back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import hypot, sqrt

from lib.rounding import to_whole

LOWEST, HIGHEST = 0, 10
SCORES = range(LOWEST, HIGHEST + 1)
PROMOTER, PASSIVE, DETRACTOR = "promoter", "passive", "detractor"
# The one place that says where a band begins and ends; bands.py has the words for them.
BANDS = {PROMOTER: range(9, 11), PASSIVE: range(7, 9), DETRACTOR: range(0, 7)}
FEW_ANSWERS, TOO_FEW_ANSWERS = 30, 10
CERTAINTY_95 = 1.96
NOBODY = "–"


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
    def exact(self) -> Fraction:
        """The NPS before it is rounded; asked of a tally that has answers."""
        return Fraction(100 * (self.promoters - self.detractors), self.total)

    @property
    def nps(self) -> int | None:
        """The NPS, rounded once, halves away from zero. None, and not 0, when nobody answered."""
        return to_whole(self.exact) if self.total else None

    @property
    def shown(self) -> str:
        """The NPS as people read it: +20, 0, −12, or an en dash for nobody."""
        return NOBODY if self.nps is None else signed(self.nps)

    def interval(self, z: float = CERTAINTY_95) -> tuple[float, float] | None:
        """The 95 % confidence interval of the NPS of all customers, within -100 to +100.

        Adjusted Wald (Rocks 2016, The American Statistician): three pseudo-answers are added;
        without them three promoters in a row would claim to be certain. They draw a single answer
        so far to the middle that it would lie outside; the interval always holds the NPS itself.
        """
        if not self.total:
            return None
        middle, half = self.adjusted, z * self.standard_error
        low, high = min(middle - half, float(self.exact)), max(middle + half, float(self.exact))
        return max(-100.0, low), min(100.0, high)

    @property
    def adjusted(self) -> float:
        """The NPS with the three pseudo-answers: ¾ promoter, ¾ detractor, 1½ passives."""
        return 100 * (self.promoters - self.detractors) / self._adjusted_total

    @property
    def standard_error(self) -> float:
        """The standard error of the adjusted NPS in points: √((p + d − (p − d)²) / n)."""
        n = self._adjusted_total
        up, down = (self.promoters + 0.75) / n, (self.detractors + 0.75) / n
        return 100 * sqrt((up + down - (up - down) ** 2) / n)

    @property
    def half_a_person(self) -> float:
        """Half of what one person moves the adjusted NPS by: a continuity correction."""
        return 50 / self._adjusted_total

    @property
    def _adjusted_total(self) -> int:
        return self.total + 3

    @property
    def is_few(self) -> bool:
        return self.total < FEW_ANSWERS

    @property
    def is_too_few(self) -> bool:
        """True for a segment to hide: so small a one is noise, and points at persons."""
        return self.total < TOO_FEW_ANSWERS


def signed(number: float) -> str:
    """+20, 0, −12: a sign on every NPS, and a true minus."""
    whole = to_whole(number)
    return f"{whole:+d}".replace("-", "−") if whole else "0"


@dataclass(frozen=True)
class Change:
    points: int  # as people read it: the difference of the two numbers shown
    is_real: bool  # more than luck explains, 95 times in 100
    is_too_few: bool  # on one side: nothing can be said


def change(before: Tally, after: Tally, z: float = CERTAINTY_95) -> Change | None:
    """The change of NPS from one group of people to another; None when either is empty.

    A two-sample z-test whose difference and error are of the same adjusted proportions (Lewis and
    Sauro 2021, measuringu.com/nps-significance-test): raw proportions of few people are extreme,
    adjusted errors are not, and one answer would seem to move the world. From 10 answers on each
    side it calls luck a change 5 times in 100 at most, however scores are distributed: for that,
    half a person on each side is taken off the difference (without it: up to 7 in 100, where there
    are no passives), and the numbers themselves must have moved the same way. The table is in
    docs/decisions/reports.md; `make bench` prints it (--only luck).
    """
    was, now = before.nps, after.nps
    if was is None or now is None:
        return None
    moved = after.adjusted - before.adjusted
    beyond_steps = abs(moved) - before.half_a_person - after.half_a_person
    beyond_luck = beyond_steps > z * hypot(before.standard_error, after.standard_error)
    too_few = before.is_too_few or after.is_too_few
    is_real = beyond_luck and not too_few and (after.exact - before.exact) * moved > 0
    return Change(now - was, is_real, too_few)
