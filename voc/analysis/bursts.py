"""Detects bursts: phrases said clearly more often now than before. Arithmetic, nothing else.

Everything is counted in customers, each with the phrases they used in a period; a phrase counts
once for each.

Which phrases burst: Fisher's exact test, one-sided. Were the customers shuffled, those of them who
say a phrase would be drawn from both periods alike (hypergeometric), so the chance to see so many
now is exact. Of many phrases some rise by luck, so `MOST_FALSE_THEMES` is shared out among all that
could show at all (Bonferroni, with Tarone's correction of 1990: a phrase too rare to be ever clear
takes no share): a shuffle then yields at most so many false themes on average.

How strongly: the log-odds ratio with an informative Dirichlet prior, in standard errors (Monroe,
Colaresi and Quinn 2008, "Fightin' Words"). The prior holds rare phrases near nothing, so that
the list begins with what is both new and often said.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import exp, lgamma, log, sqrt

MOST_FALSE_THEMES = 0.1  # of a run on shuffled customers, on average
FEWEST_CUSTOMERS = 5  # who say it now
LEAST_SHARE = 0.002  # of all customers, now
TIMES_AS_OFTEN = 2.0  # as often as before, at least
PRIOR_CUSTOMERS = 100.0  # the prior weighs as much as so many
SAME_THEME_SHARE = 0.6  # of those who say the rarer phrase say the other too: one theme
LONGER_PHRASE_SHARE = 0.7  # of those who say a phrase say the longer one too: that one leads

PhrasesByCustomer = Sequence[Collection[str]]


@dataclass(frozen=True)
class Count:
    """A phrase's counts: `n` of `size` say it now, `n_before` of `size_before` did before."""

    n: int
    size: int
    n_before: int
    size_before: int

    @property
    def total(self) -> int:
        return self.n + self.n_before

    @property
    def is_often_enough(self) -> bool:
        often = self.n >= max(FEWEST_CUSTOMERS, LEAST_SHARE * self.size)
        # n/size against n_before/size_before, without dividing by nothing.
        return often and self.n * self.size_before >= TIMES_AS_OFTEN * self.n_before * self.size

    @property
    def p_value(self) -> float:
        """The chance that as many or more say it now, were all of them shuffled."""
        return hypergeometric_p_value(self.n, self.total, self.size, self.size_before)

    @property
    def least_p_value(self) -> float:
        """The smallest p-value it could have: everyone who says it says it now."""
        return hypergeometric_p_value(
            min(self.total, self.size), self.total, self.size, self.size_before
        )

    @property
    def strength(self) -> float:
        prior = PRIOR_CUSTOMERS * self.total / (self.size + self.size_before)
        now = _log_odds(self.n, self.size, prior)
        before = _log_odds(self.n_before, self.size_before, prior)
        return (now - before) / sqrt(1 / (self.n + prior) + 1 / (self.n_before + prior))


@dataclass(frozen=True)
class Burst:
    """A theme: the phrase that leads, its variants, and who says it now."""

    phrase: str
    count: Count
    said_by: frozenset[int]  # indexes into `now`
    variants: tuple[str, ...] = ()
    # Indexes of those who say any of them.
    meant_by: frozenset[int] = frozenset()

    @property
    def phrases(self) -> tuple[str, ...]:
        return self.phrase, *self.variants


AreSimilar = Callable[[str, str], bool]


def never_similar(one: str, other: str) -> bool:
    return False


def find_bursts(
    now: PhrasesByCustomer, before: PhrasesByCustomer, *, are_similar: AreSimilar = never_similar
) -> list[Burst]:
    """Find themes, the strongest first. `are_similar` may know of phrases that mean the same."""
    counted = list(_counted(now, before))
    threshold = MOST_FALSE_THEMES / tarone_divisor(
        [burst.count.least_p_value for burst in counted], MOST_FALSE_THEMES
    )
    clear = [b for b in counted if b.count.is_often_enough and b.count.p_value <= threshold]
    return _gathered(sorted(clear, key=_strongest_first), are_similar)


@cache
def hypergeometric_p_value(n: int, total: int, now: int, before: int) -> float:
    """The p-value P(X ≥ n), when `total` fall at random on `now` and `before` places."""
    if not total or n <= max(0, total - before):
        return 1.0
    every = _log_choose(now + before, total)
    ways = (
        exp(_log_choose(now, k) + _log_choose(before, total - k) - every)
        for k in range(n, min(total, now) + 1)
    )
    return min(1.0, sum(ways))


def tarone_divisor(least: Sequence[float], p_value: float) -> int:
    """The number of phrases that share the p-value out (Tarone): the least k with at most k phrases
    whose `least` p-value could pass p_value / k."""
    least = sorted(least)
    numbers = range(1, len(least) + 1)
    return next((k for k in numbers if bisect_right(least, p_value / k) <= k), 1)


def _counted(now: PhrasesByCustomer, before: PhrasesByCustomer) -> Iterable[Burst]:
    """Phrases said often enough to be looked at; those of just the same customers as one."""
    together: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for phrase, customers in _said_by([*now, *before]).items():
        if len(customers) >= FEWEST_CUSTOMERS:
            together[tuple(customers)].append(phrase)
    for said_by, phrases in together.items():
        first, *others = sorted(phrases, key=_longest_first)
        those = frozenset(customer for customer in said_by if customer < len(now))
        count = Count(len(those), len(now), len(said_by) - len(those), len(before))
        yield Burst(first, count, those, tuple(others))


def _said_by(customers: PhrasesByCustomer) -> dict[str, list[int]]:
    said_by: dict[str, list[int]] = defaultdict(list)
    for index, phrases in enumerate(customers):
        for phrase in set(phrases):
            said_by[phrase].append(index)
    return said_by


def _gathered(bursts: Iterable[Burst], are_similar: AreSimilar) -> list[Burst]:
    """Group phrases into themes, each under the phrase that leads."""
    themes: list[list[Burst]] = []
    for burst in bursts:
        home = next((theme for theme in themes if _belong(burst, theme[0], are_similar)), None)
        if home:
            home.append(burst)
        else:
            themes.append([burst])
    return [_led(theme) for theme in themes]


def _belong(one: Burst, other: Burst, are_similar: AreSimilar) -> bool:
    shared = len(one.said_by & other.said_by)
    return (
        is_part(one.phrase, other.phrase)
        or is_part(other.phrase, one.phrase)
        or shared >= SAME_THEME_SHARE * min(one.count.n, other.count.n)
        or are_similar(one.phrase, other.phrase)
    )


def _led(theme: list[Burst]) -> Burst:
    strongest = theme[0]
    longer = [
        burst
        for burst in theme
        if is_part(strongest.phrase, burst.phrase)
        and burst.count.n >= LONGER_PHRASE_SHARE * strongest.count.n
    ]
    lead = min([strongest, *longer], key=lambda burst: _longest_first(burst.phrase))
    every = [phrase for burst in theme for phrase in burst.phrases]
    variants = tuple(phrase for phrase in every if phrase != lead.phrase)
    meant_by = frozenset().union(*(burst.said_by for burst in theme))
    return replace(lead, variants=variants, meant_by=meant_by)


def is_part(short: str, long: str) -> bool:
    """The short phrase is in the long one, by whole words: "app" in "app crash", not in "happy"."""
    return f" {short} " in f" {long} "


def _strongest_first(burst: Burst) -> tuple[float, str]:
    return -burst.count.strength, burst.phrase


def _longest_first(phrase: str) -> tuple[int, str]:
    return -len(phrase.split()), phrase


def _log_odds(n: int, size: int, prior: float) -> float:
    return log((n + prior) / (size + PRIOR_CUSTOMERS - n - prior))


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
