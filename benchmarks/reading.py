"""How well, and how fast, text is read: python -m benchmarks.reading [DATA]

DATA is a folder of labelled sets (see benchmarks/sets.py); without it the project's own two are
read. The columns:

  language   share of texts whose language is found
  f3         macro-F1 over negative, neutral and positive. Rows labelled mixed or not at all are
             left out; a text that we call mixed (or cannot read) is a miss for its label.
  TextBlob   f3 of TextBlob alone on the same rows: above 0 positive, below 0 negative
  docs/s     documents per CPU-second on one core, in batches of 500 after a warm-up of one
  topics     share of texts in which one of the ten default topics is found
  hits       of the topics that the set names by our keys, the share that is found
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from textblob import TextBlob

from benchmarks.sets import Row, load
from voc.taggers import Reading, Seeds
from voc.taggers.reader import Reader

ROOT = Path(__file__).parents[1]
OWN_SETS = ROOT / "benchmarks" / "data"
TOPICS = ROOT / "voc" / "default_topics.json"

LABELS = ("neg", "neu", "pos")
LABEL_OF = {"negative": "neg", "neutral": "neu", "positive": "pos", "mixed": "mixed", None: ""}
COLUMNS = ("set", "n", "language", "f3", "TextBlob", "docs/s", "topics", "hits")
BATCH = 500


@dataclass(frozen=True)
class Score:
    """One line of the table; None where a set has nothing to say."""

    name: str
    n: int
    language: float
    f3: float | None
    textblob: float | None
    speed: float
    topics: float
    hits: float | None

    def cells(self) -> tuple[str, ...]:
        shares = (self.language, self.f3, self.textblob)
        speed = f"{self.speed:,.0f}"
        topics = map(_share, (self.topics, self.hits))
        return self.name, f"{self.n:,}", *map(_share, shares), speed, *topics


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path, nargs="?", default=OWN_SETS, help="a folder of TSV sets")
    folder = parser.parse_args().data
    reader = Reader(default_topics())
    scores = [score(path, reader) for path in sorted(folder.glob("*.tsv"))]
    print(f"python -m benchmarks.reading {folder if folder != OWN_SETS else ''}".rstrip())
    print(table([COLUMNS, *(s.cells() for s in scores)]))


def default_topics() -> list[Seeds]:
    return [
        Seeds(topic["key"], tuple(topic["phrases_ja"]), tuple(topic["phrases_en"]))
        for topic in json.loads(TOPICS.read_text(encoding="utf-8"))
    ]


def score(path: Path, reader: Reader) -> Score:
    rows = load(path)
    readings, speed = timed(reader, [row.text for row in rows])
    language = path.name[:2]
    return Score(
        name=path.stem,
        n=len(rows),
        language=_mean(reading.language == language for reading in readings) or 0.0,
        f3=f3(rows, [LABEL_OF[reading.sentiment] for reading in readings]),
        textblob=f3(rows, [by_textblob(row.text) for row in rows]),
        speed=speed,
        topics=_mean(bool(reading.mentions) for reading in readings) or 0.0,
        hits=hits(rows, readings),
    )


def timed(reader: Reader, texts: Sequence[str]) -> tuple[list[Reading], float]:
    """Read them all, and say how many a CPU-second took: a busy machine counts for less so."""
    for text in texts[:BATCH]:
        reader.read(text)
    begun = time.process_time()
    readings = [reader.read(text) for text in texts]
    return readings, len(texts) / (time.process_time() - begun)


def f3(rows: Sequence[Row], guesses: Sequence[str]) -> float | None:
    """Macro-F1 over three labels; None for a set without them."""
    pairs = [(r.label, g) for r, g in zip(rows, guesses, strict=True) if r.label in LABELS]
    return _mean(_f1(label, pairs) for label in LABELS) if pairs else None


def _f1(label: str, pairs: Iterable[tuple[str, str]]) -> float:
    """2·hits / (times it was there + times it was guessed)."""
    about = [(truth == label, guess == label) for truth, guess in pairs]
    hits = sum(truth and guess for truth, guess in about)
    return 2 * hits / (sum(truth + guess for truth, guess in about) or 1)


def by_textblob(text: str) -> str:
    polarity = TextBlob(text).sentiment.polarity
    return "neu" if polarity == 0 else "pos" if polarity > 0 else "neg"


def hits(rows: Sequence[Row], readings: Sequence[Reading]) -> float | None:
    """Of the topics named in the set by our keys, the share found; None when it has others."""
    keys = {topic.key for topic in default_topics()}
    return _mean(
        topic in {mention.topic for mention in reading.mentions}
        for row, reading in zip(rows, readings, strict=True)
        for topic in row.topics & keys
    )


def table(lines: Sequence[Sequence[str]]) -> str:
    """Aligned: names to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])])
        for line in lines
    )


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _mean(values: Iterable[float]) -> float | None:
    values = list(values)
    return sum(values) / len(values) if values else None


if __name__ == "__main__":
    main()
