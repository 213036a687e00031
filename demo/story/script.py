"""The script of the story, read from its tables: answers, inbound feedback, fixes, checks."""

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
class Answer:
    """An answer to a survey: a score, and the words that somebody adds to it."""

    language: str
    score: int
    text: str
    asks: str = ""  # the key of the fix it asks for
    said_between: range = field(default=range(1_000))  # days ago


@dataclass(frozen=True)
class Check:
    """A person's reading of an item, whatever the machine has read."""

    feeling: str
    topics: frozenset[str]


@dataclass(frozen=True)
class PhraseChange:
    """A topic of the company's own, and the phrases that somebody would give it."""

    topic: dict[str, Any]
    phrases: dict[str, list[str]]


@dataclass(frozen=True)
class InboundItem:
    """Feedback that reached the company in another way than as an answer."""

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


def taste() -> PhraseChange:
    with (STORY / "taste.toml").open("rb") as file:
        return PhraseChange(**tomllib.load(file))


def inbound_items() -> list[InboundItem]:
    return [_item(row) for row in _rows("feedback.tsv")]


def reviews() -> list[InboundItem]:
    return [_item(row) for row in _rows("reviews.tsv")]


def _item(row: dict[str, str]) -> InboundItem:
    return InboundItem(
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


def answers() -> list[Answer]:
    shipped = {fix.key: fix.shipped or 0 for fix in fixes()}
    return [
        Answer(
            language=row["language"],
            score=int(row["score"]),
            text=row["text"],
            asks="" if ":" in row["asks"] else row["asks"],
            said_between=_when(row["asks"], shipped),
        )
        for row in _rows("answers.tsv")
    ]


class AnswerPool:
    """A pool of answers: each is given once, in its language, and while it is true."""

    def __init__(self, answers: Iterable[Answer], chance: Random) -> None:
        self._left = sorted(answers, key=lambda answer: answer.text)
        chance.shuffle(self._left)

    def take(self, language: str, days_ago: int) -> Answer | None:
        for answer in self._left:
            if answer.language == language and days_ago in answer.said_between:
                self._left.remove(answer)
                return answer
        return None


def _when(asks: str, shipped: dict[str, int]) -> range:
    """The days on which it may be said: asking for a fix before it shipped, or glad of it after."""
    moment, _colon, key = asks.rpartition(":")
    if not key:
        return range(1_000)
    if moment == "after":
        return range(shipped[key] - NOTICED_AFTER)
    return range(shipped[key] + 1, 1_000)


def _rows(name: str) -> list[dict[str, str]]:
    with (STORY / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
