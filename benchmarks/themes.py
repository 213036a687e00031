"""Emerging themes: how often they are luck, and how often they are found: --only themes

False alarms: the texts of a set (of a thousand or more) are shuffled and cut into now (a quarter)
and before. Nothing has changed between them, so whatever is found is luck.

texts      in the set; each one counts as a customer
phrases    said by at least five of them
runs       shuffles
a run      themes found in a run, on average
any        share of the runs that found any
a year     themes that come up in a year of nights, each counted once: the set is shuffled over a
           year and the 16 weeks before it, and 365 nights compare four weeks with twelve

Plants: texts of one kind (an intent, a reason, or all that say one noun) are mixed into those of
now. Of three times as many before, none is of that kind ("new"), or as many as in the whole set
("usual"). Each kind that has enough texts, and that is at least doubled, is planted once.

now        texts
planted    their share of the texts now
kinds      planted, one at a time
found      share of the kinds for which a theme comes up that is said mostly by those planted
others     themes of anything else, a planting: luck, or what is said along with the kind
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.scores import mean
from benchmarks.sets import Row, load
from benchmarks.tables import share, show
from voc.analysis import bursts
from voc.nlp.en import nouns as english_nouns
from voc.nlp.ja import nouns as japanese_nouns

Customer = frozenset[str]  # the phrases that one says
Kinds = dict[str, list[int]]  # places in a set, by kind

FINDERS = {"ja": japanese_nouns.find, "en": english_nouns.find}
FEWEST_TEXTS = 1_000  # texts of a set; smaller ones are left out
RUNS = 200
YEARS = 3
NIGHTS, DAYS_NOW, DAYS_BEFORE = 365, 28, 84  # as in voc/analysis/detect_themes.py
MOST_TEXTS_NOW = 500  # texts with plants among them, or an eighth of a smaller set
TIMES_BEFORE = 3  # as many as now
SHARES = [0.03, 0.07, 0.10]
SEED = 20261122


@dataclass(frozen=True)
class Set:
    name: str
    rows: list[Row]
    customers: list[Customer]

    @property
    def now(self) -> int:
        return min(MOST_TEXTS_NOW, len(self.rows) // 8)

    @property
    def before(self) -> int:
        return TIMES_BEFORE * self.now


def main(folder: Path) -> None:
    read = (_set(path) for path in sorted(folder.glob("*.tsv")))
    sets = [each for each in read if len(each.rows) >= FEWEST_TEXTS]
    if not sets:
        print("\nEmerging themes: no set has the thousand texts that measuring them takes.")
        return
    false_alarm_lines = [
        ["set", "texts", "phrases", "runs", "a run", "any", "a year"],
        *map(false_alarms, sets),
    ]
    show("Emerging themes: false alarms", false_alarm_lines)
    columns = ["set", "now", "before", "planted", "kinds", "found", "others"]
    plants = [line for each in sets for line in planted(each)]
    show("Emerging themes: plants found", [columns, *plants])


def _set(path: Path) -> Set:
    rows, find = load(path), FINDERS[path.name[:2]]
    return Set(path.stem, rows, [frozenset(noun.key for noun in find(r.text)) for r in rows])


def false_alarms(of: Set) -> list[str]:
    dice = random.Random(SEED)
    found = [len(_shuffled(of.customers, dice)) for _run in range(RUNS)]
    said = Counter(phrase for customer in of.customers for phrase in customer)
    phrases = sum(n >= bursts.FEWEST_CUSTOMERS for n in said.values())
    counts = [f"{len(of.customers):,}", f"{phrases:,}", str(RUNS)]
    years = mean(len(_a_year(of.customers, dice)) for _year in range(YEARS))
    rates = [share(mean(found)), share(mean(n > 0 for n in found)), f"{years:.1f}"]
    return [of.name, *counts, *rates]


def _shuffled(customers: list[Customer], dice: random.Random) -> list[bursts.Burst]:
    shuffled = dice.sample(customers, k=len(customers))
    cut = len(customers) // 4
    return bursts.find_bursts(shuffled[:cut], shuffled[cut:])


def _a_year(customers: list[Customer], dice: random.Random) -> set[str]:
    """Every theme of 365 nights. One night is much like the one before it."""
    shuffled = dice.sample(customers, k=len(customers))
    a_day = len(customers) / (NIGHTS + DAYS_NOW + DAYS_BEFORE)
    found = set[str]()
    for night in range(NIGHTS):
        days = (night, night + DAYS_BEFORE, night + DAYS_BEFORE + DAYS_NOW)
        start, cut, end = (round(a_day * day) for day in days)
        found |= {
            burst.phrase for burst in bursts.find_bursts(shuffled[cut:end], shuffled[start:cut])
        }
    return found


# What can be planted, by set.
KINDS: dict[str, Callable[[Set], Kinds]] = {
    "en_banking77": lambda of: _by_topic(of),
    "en_airline": lambda of: _by_topic(of),
    "ja_jrte_pn": lambda of: _by_noun(of),
}


def _by_topic(of: Set) -> Kinds:
    kinds: Kinds = defaultdict(list)
    for place, row in enumerate(of.rows):
        for topic in row.topics:
            kinds[topic].append(place)
    return kinds


def _by_noun(of: Set) -> Kinds:
    """Single nouns: a compound would be planted again as its parts."""
    kinds: Kinds = defaultdict(list)
    for place, customer in enumerate(of.customers):
        for phrase in customer:
            if " " not in phrase:
                kinds[phrase].append(place)
    return kinds


def planted(of: Set) -> Iterator[list[str]]:
    kinds = KINDS[of.name](of) if of.name in KINDS else {}
    for is_new in (True, False) if kinds else ():
        for planted_share in SHARES:
            plantings = list(_plantings(of, kinds, planted_share, is_new=is_new))
            found = mean(hit for hit, _others in plantings)
            others = mean(others for _hit, others in plantings)
            columns = ["new" if is_new else "usual", f"{planted_share:.0%}", str(len(plantings))]
            yield [of.name, str(of.now), *columns, share(found), share(others)]


def _plantings(
    of: Set, kinds: Kinds, planted_share: float, *, is_new: bool
) -> Iterator[tuple[bool, int]]:
    """For each kind whether it was found, and how many other themes were."""
    dice = random.Random(SEED)
    n = round(planted_share * of.now)
    for kind in sorted(kinds):
        own = kinds[kind]
        usual = 0 if is_new else round(of.before * len(own) / len(of.rows))
        if (
            n + usual <= len(own)
            and len(own) / len(of.rows) <= planted_share / bursts.TIMES_AS_OFTEN
        ):
            yield _plant(of, own, n, usual, dice)


def _plant(of: Set, own: list[int], n: int, usual: int, dice: random.Random) -> tuple[bool, int]:
    ours = [of.customers[place] for place in dice.sample(own, k=n + usual)]
    planted_places = set(own)
    rest = [customer for place, customer in enumerate(of.customers) if place not in planted_places]
    others = dice.sample(rest, k=of.now + of.before - n - usual)
    cut = of.now - n
    found = bursts.find_bursts(ours[:n] + others[:cut], ours[n:] + others[cut:])
    hits = [sum(place < n for place in b.said_by) >= len(b.said_by) / 2 for b in found]
    return any(hits), hits.count(False)
