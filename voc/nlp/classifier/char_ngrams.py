"""Character n-grams: texts as hashed snippets of one to four characters.

Each snippet falls into one of 65,536 buckets by a hash, all of a batch at once. Weights are kept
by bucket, so no word that a customer wrote stands in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

LENGTHS = (1, 2, 3, 4)
BUCKETS = 2**16
NOWHERE = BUCKETS  # where a snippet falls that would reach into the next text
MOST_CHARACTERS = 4_000  # characters; what is said later changes little

HASH_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # 2**64 / golden ratio: neighbours fall far apart
HASH_SHIFT = np.uint64(29)
BUCKET_SHIFT = np.uint64(48)  # the upper 16 bits are the best mixed


@dataclass(frozen=True)
class Grams:
    """A row for each character of each text, with the bucket of every snippet that begins there.

    Text i begins at row `starts[i]`, and has `counts[i]` snippets; never none.
    """

    buckets: NDArray[np.int32]
    starts: NDArray[np.int64]
    counts: NDArray[np.float32]


def cut(texts: Sequence[str]) -> Grams:
    """The snippets of each text; an empty text has those of two spaces."""
    characters = [_characters(text) for text in texts]
    lengths = np.array([len(each) for each in characters], dtype=np.int64)
    starts = np.cumsum(lengths) - lengths
    joined = np.concatenate([*characters, np.zeros(max(LENGTHS), dtype=np.uint32)])
    buckets = np.stack([_buckets(joined, n) for n in LENGTHS], axis=1)
    counts = (buckets != NOWHERE).sum(axis=1)
    return Grams(buckets, starts, np.add.reduceat(counts, starts).astype(np.float32))


def _characters(text: str) -> NDArray[np.uint32]:
    """Code points between spaces; a zero at the end keeps texts apart."""
    words = normalize("NFKC", text[:MOST_CHARACTERS]).lower().split()
    padded = f" {' '.join(words)} \0".encode("utf-32-le", "surrogatepass")
    return np.frombuffer(padded, dtype="<u4").astype(np.uint32)


def _buckets(characters: NDArray[np.uint32], length: int) -> NDArray[np.int32]:
    """The bucket of the snippet of this length that begins at each character; else NOWHERE."""
    places = len(characters) - max(LENGTHS)
    mixed = np.full(places, length, dtype=np.uint64)
    whole = np.ones(places, dtype=bool)
    for offset in range(length):
        here = characters[offset : offset + places]
        mixed = (mixed ^ here) * HASH_FACTOR
        mixed ^= mixed >> HASH_SHIFT
        whole &= here != 0
    return np.where(whole, (mixed * HASH_FACTOR) >> BUCKET_SHIFT, NOWHERE).astype(np.int32)
