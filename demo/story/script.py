"""The script of the story: what its people say and do, read from demo/story."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

STORY = Path(__file__).parent
NOTICED_AFTER = 5  # days until customers speak of a fix


@dataclass(frozen=True)
class Fix:
    """An improvement; `shipped` is so many days ago, None while it is planned."""

    key: str
    topics: list[str]
    you_said_ja: str
    you_said_en: str
    we_did_ja: str
    we_did_en: str
    shipped: int | None = None


@dataclass(frozen=True)
class Words:
    """What somebody adds to a score."""

    language: str
    score: int
    text: str
    asks: str = ""  # the key of the fix it asks for
    said_between: range = field(default=range(1_000))  # days ago


@dataclass(frozen=True)
class Check:
    """What somebody at the desk says of a voice, whatever the machine has read."""

    feeling: str
    topics: frozenset[str]


@dataclass(frozen=True)
class Change:
    """A topic of the company's own, and what somebody would have its phrases be."""

    topic: dict[str, Any]
    phrases: dict[str, list[str]]


@dataclass(frozen=True)
class Voice:
    """What reached the company in another way than as an answer."""

    days_ago: int
    channel: str
    language: str
    is_known: bool
    text: str
    asks: str = ""
    note: str = ""  # what staff tell each other about it
    check: Check | None = None


def fixes() -> list[Fix]:
    with (STORY / "fixes.toml").open("rb") as file:
        return [Fix(key=key, **fix) for key, fix in tomllib.load(file).items()]


def taste() -> Change:
    with (STORY / "taste.toml").open("rb") as file:
        return Change(**tomllib.load(file))


def voices() -> list[Voice]:
    return [_voice(row) for row in _rows("feedback.tsv")]


def reviews() -> list[Voice]:
    return [_voice(row) for row in _rows("reviews.tsv")]


def _voice(row: dict[str, str]) -> Voice:
    return Voice(
        days_ago=int(row["days_ago"]),
        channel=row["channel"],
        language=row["language"],
        is_known=row["known"] == "yes",
        text=row["text"],
        asks=row.get("asks", ""),
        note=row.get("note", ""),
        check=_check(row.get("checked", "")),
    )


def _check(words: str) -> Check | None:
    feeling, *topics = words.split() or [""]
    return Check(feeling, frozenset(topics)) if feeling else None


def answers() -> list[Words]:
    shipped = {fix.key: fix.shipped or 0 for fix in fixes()}
    return [
        Words(
            language=row["language"],
            score=int(row["score"]),
            text=row["text"],
            asks="" if ":" in row["asks"] else row["asks"],
            said_between=_when(row["asks"], shipped),
        )
        for row in _rows("answers.tsv")
    ]


class Sayings:
    """Each sentence is said once, by somebody who speaks its language, while it is true."""

    def __init__(self, words: Iterable[Words], chance: Random) -> None:
        self._left = sorted(words, key=lambda each: each.text)
        chance.shuffle(self._left)

    def take(self, language: str, days_ago: int) -> Words | None:
        for words in self._left:
            if words.language == language and days_ago in words.said_between:
                self._left.remove(words)
                return words
        return None


def _when(asks: str, shipped: dict[str, int]) -> range:
    """Before it shipped one asks for it; some days afterwards one is glad of it."""
    moment, _colon, key = asks.rpartition(":")
    if not key:
        return range(1_000)
    if moment == "after":
        return range(shipped[key] - NOTICED_AFTER)
    return range(shipped[key] + 1, 1_000)


def _rows(name: str) -> list[dict[str, str]]:
    with (STORY / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
