"""How classifiers improve readings by what staff check: python -m benchmarks [DATA] --only learning

From each labelled set so many texts are drawn at random, as examples that somebody checked. Of the
others, 2,000 at most are read with a classifier fitted to them. Five drawings each.

  0 … 400  the figure for texts that were not drawn, mean ± standard deviation; 0: the rules alone
  used     of the first drawings, at how many Todoku would have used the classifier, judged by
           cross-validation on the examples alone (voc/nlp/classifier/); 100 are the fewest

“+ meaning”: 1,600 of the set's texts, learned from with embeddings too, which take long (see
docs/decisions/embeddings.md); the line before says what the same texts give without.

The figure for feelings is f3 (see reading.py), for the reasons of tweets to airlines micro and
macro F1 (see topics.py). Drawn at random, as “Check some readings” on the desk does it: of
examples that staff stumble upon expect less.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import fmean, stdev

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks import seeds, topics
from benchmarks.scores import LABEL_OF, LABELS, f1_of_topics, f3
from benchmarks.sets import Row, load
from benchmarks.tables import show
from voc.nlp import Reading, embedder
from voc.nlp.classifier import FEWEST_EXAMPLES, cross_validation
from voc.nlp.classifier.cross_validation import TopicsVerdict, Verdict
from voc.nlp.classifier.dataset import Dataset
from voc.nlp.classifier.examples import Example
from voc.nlp.classifier.fit import fit_weights
from voc.nlp.classifier.predict import predict
from voc.nlp.classifier.weights import Floats
from voc.nlp.reader import Reader

SETS = ["ja_jrte_pn", "ja_chabsa", "en_airline", "en_products", "en_uci", "en_hutto_amazon"]
SIZES = [0, 50, 100, 200, 400]
DRAWINGS = 5
JUDGED_DRAWINGS = 2  # of the drawings: it takes fifteen times as long
MOST_READ = 2_000
WITH_EMBEDDINGS = ["ja_jrte_pn", "en_airline"]
MOST_EMBEDDED = 1_600
SENTIMENT_OF = {label: sentiment for sentiment, label in LABEL_OF.items() if label}
COLUMNS = ["set", *map(str, SIZES), *(f"used, {size}" for size in SIZES if size >= FEWEST_EXAMPLES)]

Score = Callable[[Sequence[Row], Sequence[Reading]], float]
Judge = Callable[[Sequence[Example]], Verdict | TopicsVerdict | None]


@dataclass(frozen=True)
class Known:
    """A text with its labels, as an example that was checked."""

    row: Row
    example: Example


def main(folder: Path) -> None:
    with threadpool_limits(limits=1):  # as Todoku fits its classifiers
        lines = [*_feelings(folder), *_topics(folder), *_embeddings(folder)]
    if lines:
        show("Learning from what staff check", [COLUMNS, *lines])


def _feelings(folder: Path) -> Iterator[list[str]]:
    reader = Reader(seeds.load())
    for path in (folder / f"{name}.tsv" for name in SETS):
        if path.exists():
            known = _known([row for row in load(path) if row.label], reader, path.name[:2])
            yield [path.stem, *_curve(known, _f3), *_used(known, cross_validation.of_feelings)]


def _topics(folder: Path) -> Iterator[list[str]]:
    if not (folder / topics.SET).exists():
        return
    airline = seeds.load(seeds.AIRLINE)
    keys = {topic.key for topic in airline}
    rows = [row for row in load(folder / topics.SET) if row.topics & keys]
    known = _known(rows, Reader(airline), "en", keys)
    used = list(_used(known, cross_validation.of_topics))
    yield ["airline, micro", *_curve(known, partial(_f1, "micro", keys)), *used]
    yield ["airline, macro", *_curve(known, partial(_f1, "macro", keys)), *_unjudged()]


def _embeddings(folder: Path) -> Iterator[list[str]]:
    """The same texts without vectors and with them, where the processor can make them."""
    paths = [folder / f"{name}.tsv" for name in WITH_EMBEDDINGS]
    for path in paths if embedder.installed() and not embedder.missing() else []:
        if path.exists():
            rows = [row for row in load(path) if row.label in LABELS]
            chosen = np.random.default_rng(0).permutation(len(rows))[:MOST_EMBEDDED]
            known = _known([rows[n] for n in chosen], Reader(seeds.load()), path.name[:2])
            yield [f"{path.stem}, {len(known):,}", *_curve(known, _f3), *_unjudged()]
            yield [f"{path.stem} + meaning", *_curve(_with_vectors(known), _f3), *_unjudged()]


def _unjudged() -> list[str]:
    return ["" for size in SIZES if size >= FEWEST_EXAMPLES]


def _with_vectors(known: Sequence[Known]) -> list[Known]:
    vectors = embedder.vectors([each.row.text for each in known])
    return [
        replace(each, example=replace(each.example, vector=np.frombuffer(v, dtype="<f2")))
        for each, v in zip(known, vectors, strict=True)
    ]


def _known(
    rows: Sequence[Row], reader: Reader, language: str, keys: set[str] | None = None
) -> list[Known]:
    """Texts with their readings: checked for topics where keys are given, else for sentiment."""
    readings = [(row, reader.read(row.text)) for row in rows]
    return [
        Known(
            row,
            Example(row.text, reading, topics=frozenset(row.topics & keys))
            if keys
            else Example(row.text, reading, SENTIMENT_OF[row.label]),
        )
        for row, reading in readings
        if reading.language == language
    ]


def _curve(known: Sequence[Known], score: Score) -> Iterator[str]:
    for size in SIZES:
        scores = [_score_of(*_drawn(known, size, n), score) for n in range(DRAWINGS)]
        yield f"{fmean(scores):.3f} ±{stdev(scores):.3f}".replace("0.", ".")


def _used(known: Sequence[Known], judge: Judge) -> Iterator[str]:
    for size in SIZES:
        if size >= FEWEST_EXAMPLES:
            drawings = (_drawn(known, size, n)[0] for n in range(JUDGED_DRAWINGS))
            verdicts = [judge([each.example for each in drawn]) for drawn in drawings]
            yield f"{sum(v is not None and v.wins for v in verdicts)} of {JUDGED_DRAWINGS}"


def _drawn(known: Sequence[Known], size: int, number: int) -> tuple[list[Known], list[Known]]:
    """The texts that are drawn, and those to be read."""
    order = np.random.default_rng(number).permutation(len(known))
    drawn, others = order[:size], order[size : size + MOST_READ]
    return [known[place] for place in drawn], [known[place] for place in others]


def _score_of(drawn: Sequence[Known], others: Sequence[Known], score: Score) -> float:
    readings = [each.example.reading for each in others]
    if drawn:
        weights = fit_weights(Dataset([each.example for each in drawn]), np.arange(len(drawn)))
        texts = [each.row.text for each in others]
        readings = predict(weights, texts, readings, _vectors(others))
    return score([each.row for each in others], readings)


def _vectors(known: Sequence[Known]) -> Floats | None:
    vectors = [each.example.vector for each in known if each.example.vector is not None]
    return np.array(vectors, dtype=np.float32) if vectors else None


def _f3(rows: Sequence[Row], readings: Sequence[Reading]) -> float:
    return f3(rows, [LABEL_OF[reading.sentiment] for reading in readings]) or 0.0


def _f1(kind: str, keys: set[str], rows: Sequence[Row], readings: Sequence[Reading]) -> float:
    found = [{mention.topic for mention in reading.mentions} for reading in readings]
    score = f1_of_topics([row.topics & keys for row in rows], found, keys)
    return score.micro if kind == "micro" else score.macro
