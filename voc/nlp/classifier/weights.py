"""The weights of a classifier, stored as an npz file.

A column of weights for each sentiment and each topic. Nothing in the file is code: it is read with
allow_pickle=False. Nor is anything in it a text: snippets are known by their bucket, and carriers
by a hash.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from voc.nlp.classifier import FORMAT
from voc.nlp.classifier.carriers import Carriers
from voc.nlp.classifier.char_ngrams import BUCKETS

Floats = NDArray[np.float32]


class NotUnderstood(Exception):
    """The file holds no weights, or weights of another format."""


@dataclass(frozen=True)
class Weights:
    """The weights for a row of features, a vector and the snippets of a text.

    `feelings` and `topics` name the columns; `mentioned` names the topics among the features,
    which begin with `numbers` numbers. A sentiment among `kept` stays as the rules read it.
    """

    feelings: tuple[str, ...]
    kept: tuple[str, ...]
    topics: tuple[str, ...]
    mentioned: tuple[str, ...]
    numbers: int
    centre: Floats  # of each column of the table
    spread: Floats
    table: Floats
    middle: Floats  # of all vectors; empty where vectors were not weighed
    vector: Floats
    grams: Floats  # a row for each bucket, and one of zeros for nowhere
    biases: Floats
    carriers: tuple[Carriers, ...]  # of each topic, the words without which it is not given


def to_npz(weights: Weights) -> bytes:
    known = np.flatnonzero(weights.grams.any(axis=1))
    file = BytesIO()
    np.savez_compressed(
        file,
        allow_pickle=False,
        format=np.array(FORMAT),
        **{name: np.array(getattr(weights, name), dtype=np.str_) for name in NAME_FIELDS},
        **{name: getattr(weights, name) for name in ARRAY_FIELDS},
        numbers=np.array(weights.numbers),
        carriers=np.concatenate([*weights.carriers, np.zeros(0, dtype=np.uint64)]),
        carriers_per_topic=np.array([len(each) for each in weights.carriers], dtype=np.int64),
        buckets=known.astype(np.uint16),
        grams=weights.grams[known].astype(np.float16),
    )
    return file.getvalue()


NAME_FIELDS = ("feelings", "kept", "topics", "mentioned")
ARRAY_FIELDS = ("centre", "spread", "table", "middle", "vector", "biases")


def from_npz(content: bytes) -> Weights:
    """Raises NotUnderstood, whatever is wrong with the file."""
    try:
        with np.load(BytesIO(content), allow_pickle=False) as file:
            return _weights(file)
    except (BadZipFile, OSError, ValueError, KeyError, EOFError) as error:
        raise NotUnderstood(f"these are no weights that can be read: {error}") from error


def _weights(file: Any) -> Weights:
    if int(file["format"]) != FORMAT:
        raise NotUnderstood(f"weights of format {file['format']}, and only {FORMAT} is understood")
    grams = np.zeros((BUCKETS + 1, len(file["biases"])), dtype=np.float32)
    grams[file["buckets"]] = file["grams"]
    names: dict[str, Any] = {name: tuple(map(str, file[name])) for name in NAME_FIELDS}
    arrays: dict[str, Any] = {name: file[name].astype(np.float32) for name in ARRAY_FIELDS}
    ends = np.cumsum(file["carriers_per_topic"])[:-1]
    carriers = tuple(np.split(file["carriers"], ends)) if names["topics"] else ()
    return Weights(**names, **arrays, numbers=int(file["numbers"]), grams=grams, carriers=carriers)
