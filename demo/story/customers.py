"""The made-up company's customers: the same names in the same order every time."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random

NAMES = tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))
JAPANESE_SHARE = 0.7


@dataclass(frozen=True)
class Person:
    name: str
    email: str
    language: str
    since: int  # days ago


def crowd(chance: Random, *sizes: tuple[int, range]) -> list[Person]:
    """Make people in groups: so many, since one of these days ago; no two share a name."""
    days = [chance.choice(since) for size, since in sizes for _ in range(size)]
    languages = ["ja" if n < len(days) * JAPANESE_SHARE else "en" for n in range(len(days))]
    chance.shuffle(languages)
    names = {"ja": _japanese(chance), "en": _english(chance)}
    return [
        Person(*names[language].pop(), language, day)
        for language, day in zip(languages, sorted(days, reverse=True), strict=True)
    ]


def _japanese(chance: Random) -> list[tuple[str, str]]:
    pairs = [
        (f"{family} {name}", f"{name_read}.{family_read}@example.jp")
        for (family, family_read), (name, name_read) in product(*NAMES["ja"].values())
    ]
    return chance.sample(pairs, len(pairs))


def _english(chance: Random) -> list[tuple[str, str]]:
    pairs = [
        (f"{name} {family}", f"{name}.{family}@example.com".lower().replace("'", ""))
        for family, name in product(*NAMES["en"].values())
    ]
    return chance.sample(pairs, len(pairs))
