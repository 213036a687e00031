"""Reading: waiting feedback is claimed in batches of 500, read, and its readings written.

No text stands twice: each is a few sentences of `benchmarks/data`, put together at random.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from time import perf_counter

from benchmarks.sets import load
from benchmarks.speed.contender import Done, Rounds
from benchmarks.speed.rows import Contender, Row, todoku_on
from benchmarks.speed.workloads import site
from benchmarks.speed.workloads.processes import cpu_of_the_database

DATA = Path(__file__).parents[2] / "data"
PER_BATCH = 500
LONG = 8  # a long text counts for so many: a round takes about as long
Texts = Callable[[int], list[str]]

ROW = Row(
    "Reading: claimed, read and written in batches of 500; no text twice",
    "texts",
    2_000,
    (
        todoku_on("postgresql", label="Todoku, Japanese and English, 20 to 100 letters"),
        todoku_on("postgresql", "two", "the same, two workers"),
        todoku_on("postgresql", "japanese", "Japanese of 100 to 200 letters"),
        todoku_on("postgresql", "long", "Japanese of 500 to 2,000 letters"),
        Contender("tokenizer", "limit: Sudachi alone, Japanese and English", stands_aside=True),
        Contender("tokenizer_japanese", "limit: Sudachi alone, 100 to 200", stands_aside=True),
        Contender("tokenizer_long", "limit: Sudachi alone, 500 to 2,000", stands_aside=True),
        todoku_on("sqlite"),
    ),
    notes=("MB is of the worker, with both languages' dictionaries.",),
)


@cache
def _sentences(language: str) -> list[str]:
    return [row.text for row in load(DATA / f"{language}_own.tsv")]


def _texts(language: str, letters: range, n: int, chance: random.Random) -> list[str]:
    """So many texts of these lengths, all different."""
    made: dict[str, None] = {}
    while len(made) < n:
        made.setdefault(_text(_sentences(language), chance.choice(letters), chance))
    return list(made)


def _text(sentences: list[str], letters: int, chance: random.Random) -> str:
    text = chance.choice(sentences)
    while len(text) < letters:
        text += chance.choice(("", "\n")) + chance.choice(sentences)
    return text


def _both(n: int) -> list[str]:
    chance = random.Random(1)
    japanese = _texts("ja", range(20, 100), n // 2, chance)
    texts = [*japanese, *_texts("en", range(40, 200), n - len(japanese), chance)]
    chance.shuffle(texts)
    return texts


def _japanese(n: int) -> list[str]:
    return _texts("ja", range(100, 200), n, random.Random(2))


def _long(n: int) -> list[str]:
    return _texts("ja", range(500, 2_000), n // LONG, random.Random(3))


def _todoku(texts: Texts, size: int) -> Rounds:
    from django.db import connection
    from django.utils import timezone

    site.migrated()
    from voc.analysis import analyze
    from voc.models import Feedback

    _take_in(texts(size))
    analyze.analyze_batch(timezone.now(), size=20)
    yield None
    while True:
        Feedback.objects.queue_for_analysis()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        yield _done(_analyze_all)


def _two(size: int) -> Rounds:
    from django.db import connections

    site.migrated()
    from voc.models import Feedback

    _take_in(_both(_whole_batches(size)))
    connections.close_all()
    with ProcessPoolExecutor(2) as workers:
        list(workers.map(_load, range(2)))
        yield None
        while True:
            Feedback.objects.queue_for_analysis()
            connections.close_all()
            begun, database = perf_counter(), cpu_of_the_database()
            counts = list(workers.map(_worker, range(2)))
            wall, database = perf_counter() - begun, cpu_of_the_database() - database
            read, cpu = sum(n for n, _cpu in counts), sum(cpu for _n, cpu in counts)
            busy = 100 * (cpu + database) / (2 * wall)
            yield Done(read, cpu=cpu, wall=wall, database=database, more={"% of two cores": busy})


def _whole_batches(size: int) -> int:
    """As many or a few more, so that both have as much to do: of 600, one would have 500."""
    of_both = 2 * PER_BATCH
    return -(-size // of_both) * of_both


def _load(_number: int) -> None:
    from voc.analysis import analyze
    from voc.models import Topic

    analyze.readings_of([], {topic.key: topic for topic in Topic.objects.in_use()})


def _worker(_number: int) -> tuple[int, float]:
    done = _done(_analyze_all)
    assert done.cpu is not None
    return done.units, done.cpu


def _done(work: Callable[[], int]) -> Done:
    from time import process_time

    database, cpu, begun = cpu_of_the_database(), process_time(), perf_counter()
    units = work()
    cpu, wall = process_time() - cpu, perf_counter() - begun
    return Done(units, cpu=cpu, wall=wall, database=cpu_of_the_database() - database)


def _analyze_all() -> int:
    from django.utils import timezone

    from voc.analysis import analyze

    done = 0
    while more := analyze.analyze_batch(timezone.now(), size=PER_BATCH):
        done += more
    return done


def _take_in(texts: list[str]) -> None:
    from django.utils import timezone

    from voc.models import Feedback

    now = timezone.now()
    rows = [Feedback(text=text, channel="review", received_at=now) for text in texts]
    Feedback.objects.bulk_create(rows, batch_size=500)


def _tokenizer(texts: Texts, size: int) -> Rounds:
    from voc.nlp.ja.words import tokenizer

    every, sudachi = texts(size), tokenizer()._sudachi
    yield None
    while True:
        yield _done(lambda: sum(len(sudachi.tokenize(text)) > 0 for text in every))


CONTENDERS: dict[str, Callable[[int], Rounds]] = {
    "todoku": partial(_todoku, _both),
    "two": _two,
    "japanese": partial(_todoku, _japanese),
    "long": partial(_todoku, _long),
    "tokenizer": partial(_tokenizer, _both),
    "tokenizer_japanese": partial(_tokenizer, _japanese),
    "tokenizer_long": partial(_tokenizer, _long),
}
