"""The labelled sentences, and how right a reader is about them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from voc.nlp import Reading

HERE = Path(__file__).parent
NONE = "-"


@dataclass(frozen=True)
class About:
    """A topic of a sentence and the feelings that are right; one that need not be found has "?"."""

    topic: str
    feelings: frozenset[str]
    required: bool


@dataclass(frozen=True)
class Sentence:
    """What was typed, and every answer that is honestly right."""

    text: str
    pattern: str
    sentiments: frozenset[str]
    intents: frozenset[str]
    urgencies: frozenset[str]
    topics: tuple[About, ...]
    kept: bool


@dataclass(frozen=True)
class Read:
    """A sentence beside what was read in it."""

    gold: Sentence
    sentiment: str
    intent: str
    urgency: str
    topics: dict[str, str]

    def hits(self) -> set[str]:
        return {a.topic for a in self.gold.topics if a.required} & self.topics.keys()

    def missed(self) -> set[str]:
        return {a.topic for a in self.gold.topics if a.required} - self.topics.keys()

    def invented(self) -> set[str]:
        return self.topics.keys() - {a.topic for a in self.gold.topics}

    def felt(self) -> list[bool]:
        """Of each topic that is there and found, whether its feeling is right."""
        return [
            self.topics[about.topic] in about.feelings
            for about in self.gold.topics
            if about.topic in self.topics
        ]


def load(language: str) -> list[Sentence]:
    with (HERE / f"{language}.tsv").open(encoding="utf-8", newline="") as file:
        return [_sentence(r) for r in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def _sentence(row: dict[str, str]) -> Sentence:
    return Sentence(
        row["text"],
        row["pattern"],
        _either(row["sentiment"]),
        _either(row["intent"]),
        _either(row["urgency"]),
        tuple(map(_about, row["topics"].split("|"))) if row["topics"] != NONE else (),
        row["set"] == "kept",
    )


def _either(cell: str) -> frozenset[str]:
    return frozenset(cell.split("/"))


def _about(cell: str) -> About:
    topic, feelings = cell.split(":")
    return About(topic.rstrip("?"), _either(feelings), required=not topic.endswith("?"))


def read(sentences: Iterable[Sentence], reader: Callable[[str], Reading]) -> list[Read]:
    return [_read(gold, reader(gold.text)) for gold in sentences]


def _read(gold: Sentence, reading: Reading) -> Read:
    return Read(
        gold,
        reading.sentiment or NONE,
        reading.intent or NONE,
        reading.urgency or NONE,
        {mention.topic: mention.sentiment for mention in reading.mentions},
    )


def figures(reads: Sequence[Read]) -> dict[str, float]:
    """Shares of sentences read right; F1 over all topics found; share of their feelings right."""
    return {
        "sentiment": _share(r.sentiment in r.gold.sentiments for r in reads),
        "intent": _share(r.intent in r.gold.intents for r in reads),
        "urgency": _share(r.urgency in r.gold.urgencies for r in reads),
        "topics": _f1(reads),
        "feelings": _share(right for r in reads for right in r.felt()),
    }


def _f1(reads: Sequence[Read]) -> float:
    hits, missed, invented = (
        sum(len(which(r)) for r in reads) for which in (Read.hits, Read.missed, Read.invented)
    )
    return 2 * hits / (2 * hits + missed + invented)


def _share(right: Iterable[bool]) -> float:
    right = list(right)
    return sum(right) / len(right)


def misread(figure: str, reads: Iterable[Read]) -> list[str]:
    """A line for each sentence that is wrong by this figure: what was read, what is right."""
    return [line for r in reads if (line := WRONG[figure](r))]


def _wrong(name: str, right: frozenset[str], said: str, text: str) -> str:
    return "" if said in right else f"{name} {said}, not {'/'.join(sorted(right))}: {text}"


WRONG: dict[str, Callable[[Read], str]] = {
    "sentiment": lambda r: _wrong("sentiment", r.gold.sentiments, r.sentiment, r.gold.text),
    "intent": lambda r: _wrong("intent", r.gold.intents, r.intent, r.gold.text),
    "urgency": lambda r: _wrong("urgency", r.gold.urgencies, r.urgency, r.gold.text),
    "topics": lambda r: _wrong_topics(r),
    "feelings": lambda r: _wrong_feelings(r),
}


def _wrong_topics(read: Read) -> str:
    wrong = [f"−{topic}" for topic in read.missed()] + [f"+{topic}" for topic in read.invented()]
    return f"topics {' '.join(sorted(wrong))}: {read.gold.text}" if wrong else ""


def _wrong_feelings(read: Read) -> str:
    wrong = [
        f"{a.topic} {read.topics[a.topic]}, not {'/'.join(sorted(a.feelings))}"
        for a in read.gold.topics
        if a.topic in read.topics and read.topics[a.topic] not in a.feelings
    ]
    return f"{'; '.join(wrong)}: {read.gold.text}" if wrong else ""
