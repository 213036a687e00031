"""Makes embeddings of analyzed feedback, a few at a time, in a queue of its own ("embeddings")."""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b

from django.conf import settings

from voc.analysis import analyze
from voc.models import Classifier, Embedding, Feedback
from voc.nlp import embedder

EMBEDDINGS_PER_BATCH = 20  # a second or two of work
EMBEDDED_FIELDS = ["model", "digest", "values", "made_at", "attempts", "claimed_until"]


def can_embed() -> bool:
    """Embeddings are switched on, installed, and run on this processor."""
    return settings.EMBEDDINGS and embedder.installed() and not embedder.missing()


def embed_batch(now: datetime, *, size: int = EMBEDDINGS_PER_BATCH) -> int:
    """Make up to `size` embeddings; return how many were taken, 0 where they cannot be made."""
    if not can_embed():
        return 0
    Embedding.objects.begin(
        list(Feedback.objects.without_embedding().values_list("pk", flat=True)[:size])
    )
    claimed = Embedding.objects.claim(now, size)
    words = {vector.pk: digest(vector.feedback.own_words) for vector in claimed}
    new = [v for v in claimed if (v.model, v.digest) != (embedder.MODEL, words[v.pk])]
    for vector, values in zip(new, _values(new), strict=True):
        vector.model, vector.digest, vector.values = embedder.MODEL, words[vector.pk], values
    for vector in claimed:
        vector.made_at = now
        vector.release()
    Embedding.objects.bulk_update(claimed, EMBEDDED_FIELDS)
    _analyze_again([vector.feedback for vector in new], now)
    return len(claimed)


def _values(vectors: list[Embedding]) -> list[bytes]:
    return embedder.vectors([vector.feedback.own_words for vector in vectors]) if vectors else []


def _analyze_again(items: list[Feedback], now: datetime) -> None:
    """Analyze again where a classifier in use weighs embeddings: it had to do without so far."""
    languages = set(
        Classifier.objects.in_use().using_embeddings().values_list("language", flat=True)
    )
    affected = [item for item in items if item.language in languages]
    if affected:
        analyze.with_topics_in_use(lambda topics: analyze.analyze_now(affected, topics, now))


def digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()
