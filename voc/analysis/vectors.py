"""Loads the embeddings of feedback as a matrix, for classifiers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from voc.models import Embedding
from voc.nlp import embedder
from voc.nlp.classifier.weights import Floats


def matrix(ids: Sequence[int]) -> Floats:
    """A float32 matrix with a row for each id, of zeros where there is no embedding (yet)."""
    made = Embedding.objects.made_by(embedder.MODEL).filter(pk__in=ids)
    values = dict(made.values_list("pk", "values"))
    nothing = bytes(2 * embedder.NUMBERS)
    rows = [np.frombuffer(values.get(pk, nothing), dtype="<f2") for pk in ids]
    return np.array(rows, dtype=np.float32).reshape(len(ids), embedder.NUMBERS)
