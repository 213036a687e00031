"""Detects bursts: phrases said clearly more often now than before. Arithmetic, nothing else.

A voice is one customer, with every phrase they used in a period; it counts once for each.

Which phrases burst: Fisher's exact test, one-sided. Were the voices shuffled, those of them who say
a phrase would be drawn from both periods alike (hypergeometric), so the chance to see so many now
is exact. Of many phrases some rise by luck, so `LUCK` is shared out among all that could show at
all (Bonferroni, with Tarone's correction of 1990: a phrase too rare to be ever clear takes no
share): a shuffle then yields at most `LUCK` false themes on average.

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

SIGNIFICANT = 0.1  # false themes a run on shuffled voices, at most
FEWEST_VOICES = 5  # voices, now
LEAST_SHARE = 0.002  # of all voices, now
TIMES = 2.0  # as often as before, at least
PRIOR = 100.0  # voices that the prior weighs as much as
SAME = 0.6  # of the rarer phrase's voices say the other too: one theme
NEARLY_ALL = 0.7  # of a phrase's voices use the longer one too: the longer one tells more

Voices = Sequence[Collection[str]]


@dataclass(frozen=True)
class Count:
    """`n` of `voices` say it now, `n_before` of `voices_before` did before."""

    n: int
    voices: int
    n_before: int
    voices_before: int

    @property
    def total(self) -> int:
        return self.n + self.n_before

    @property
    def is_often_enough(self) -> bool:
        often = self.n >= max(FEWEST_VOICES, LEAST_SHARE * self.voices)
        # n/voices against n_before/voices_before, without dividing by nothing.
        return often and self.n * self.voices_before >= TIMES * self.n_before * self.voices

    @property
    def p_value(self) -> float:
        """How likely it is that as many or more say it now, were all voices shuffled."""
        return chance(self.n, self.total, self.voices, self.voices_before)

    @property
    def least_p_value(self) -> float:
        """The same, had everyone who says it said it now: never clearer than that."""
        return chance(min(self.total, self.voices), self.total, self.voices, self.voices_before)

    @property
    def strength(self) -> float:
        prior = PRIOR * self.total / (self.voices + self.voices_before)
        now = _log_odds(self.n, self.voices, prior)
        before = _log_odds(self.n_before, self.voices_before, prior)
        return (now - before) / sqrt(1 / (self.n + prior) + 1 / (self.n_before + prior))


@dataclass(frozen=True)
class Burst:
    """A theme: the phrase that tells most, those that go with it, and who says it now."""

    phrase: str
    count: Count
    said_by: frozenset[int]  # places in `now`
    variants: tuple[str, ...] = ()
    # Places of those who say any of them.
    meant_by: frozenset[int] = frozenset()

    @property
    def phrases(self) -> tuple[str, ...]:
        return self.phrase, *self.variants


Akin = Callable[[str, str], bool]


def never(one: str, other: str) -> bool:
    return False


def find(now: Voices, before: Voices, *, akin: Akin = never) -> list[Burst]:
    """Themes, the strongest first. `akin` may know of phrases that mean the same."""
    counted = list(_counted(now, before))
    enough = SIGNIFICANT / family([burst.count.least_p_value for burst in counted], SIGNIFICANT)
    clear = [b for b in counted if b.count.is_often_enough and b.count.p_value <= enough]
    return _gathered(sorted(clear, key=_strongest_first), akin)


@cache
def chance(n: int, said: int, now: int, before: int) -> float:
    """P(X ≥ n), when `said` voices fall at random on `now` and `before` places."""
    if not said or n <= max(0, said - before):
        return 1.0
    every = _log_choose(now + before, said)
    ways = (
        exp(_log_choose(now, k) + _log_choose(before, said - k) - every)
        for k in range(n, min(said, now) + 1)
    )
    return min(1.0, sum(ways))


def family(least: Sequence[float], p_value: float) -> int:
    """Among how many phrases luck is shared out: the smallest number that counts itself."""
    least = sorted(least)
    numbers = range(1, len(least) + 1)
    return next((k for k in numbers if bisect_right(least, p_value / k) <= k), 1)


def _counted(now: Voices, before: Voices) -> Iterable[Burst]:
    """Every phrase said often enough to be looked at; those of just the same voices as one."""
    together: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for phrase, voices in _said_by([*now, *before]).items():
        if len(voices) >= FEWEST_VOICES:
            together[tuple(voices)].append(phrase)
    for said_by, phrases in together.items():
        first, *others = sorted(phrases, key=_longest_first)
        those = frozenset(voice for voice in said_by if voice < len(now))
        count = Count(len(those), len(now), len(said_by) - len(those), len(before))
        yield Burst(first, count, those, tuple(others))


def _said_by(voices: Voices) -> dict[str, list[int]]:
    said_by: dict[str, list[int]] = defaultdict(list)
    for place, phrases in enumerate(voices):
        for phrase in set(phrases):
            said_by[phrase].append(place)
    return said_by


def _gathered(bursts: Iterable[Burst], akin: Akin) -> list[Burst]:
    """Phrases of one theme under the one that tells most."""
    themes: list[list[Burst]] = []
    for burst in bursts:
        home = next((theme for theme in themes if _belong(burst, theme[0], akin)), None)
        if home:
            home.append(burst)
        else:
            themes.append([burst])
    return [_led(theme) for theme in themes]


def _belong(one: Burst, other: Burst, akin: Akin) -> bool:
    shared = len(one.said_by & other.said_by)
    return (
        is_part(one.phrase, other.phrase)
        or is_part(other.phrase, one.phrase)
        or shared >= SAME * min(one.count.n, other.count.n)
        or akin(one.phrase, other.phrase)
    )


def _led(theme: list[Burst]) -> Burst:
    strongest = theme[0]
    longer = [
        burst
        for burst in theme
        if is_part(strongest.phrase, burst.phrase)
        and burst.count.n >= NEARLY_ALL * strongest.count.n
    ]
    lead = min([strongest, *longer], key=lambda burst: _longest_first(burst.phrase))
    every = [phrase for burst in theme for phrase in burst.phrases]
    variants = tuple(phrase for phrase in every if phrase != lead.phrase)
    meant_by = frozenset().union(*(burst.said_by for burst in theme))
    return replace(lead, variants=variants, meant_by=meant_by)


def is_part(short: str, long: str) -> bool:
    """By whole words: "app" is part of "app crash", and not of "happy"."""
    return f" {short} " in f" {long} "


def _strongest_first(burst: Burst) -> tuple[float, str]:
    return -burst.count.strength, burst.phrase


def _longest_first(phrase: str) -> tuple[int, str]:
    return -len(phrase.split()), phrase


def _log_odds(n: int, voices: int, prior: float) -> float:
    return log((n + prior) / (voices + PRIOR - n - prior))


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
