"""Embeddings of feedback, stored because making them takes long, and the list of those to make."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from lib.claims import Work, WorkQuerySet


class EmbeddingQuerySet(WorkQuerySet["Embedding"]):
    def made_by(self, model: str) -> EmbeddingQuerySet:
        return self.filter(model=model).exclude(values=b"")

    def stale(self) -> EmbeddingQuerySet:
        """Embeddings never made, or older than the last analysis: the words may have changed."""
        return self.filter(Q(made_at=None) | Q(made_at__lt=F("feedback__analyzed_at")))

    def to_make(self, now: datetime) -> EmbeddingQuerySet:
        return self.stale().worth_trying().filter(feedback__analyzed_at__lte=now)

    def claim(self, now: datetime, size: int) -> list[Embedding]:
        """Lease up to `size` to make, the newest first; what was never tried before what failed."""
        waiting = self.to_make(now).order_by("attempts", "-pk")
        return self.select_related("feedback").lease(waiting, now, size)

    def begin(self, feedback: Collection[int]) -> None:
        """Add a row to make for each id; one that is there stays as it is."""
        self.bulk_create([Embedding(feedback_id=pk) for pk in feedback], ignore_conflicts=True)


class Embedding(Work):
    """The meaning of a piece of feedback as a vector: float16, little-endian, of length one."""

    MOST_ATTEMPTS = 3  # the engine is not ours, and may end the process

    feedback = models.OneToOneField(
        "voc.Feedback", models.CASCADE, primary_key=True, verbose_name=_("feedback")
    )
    model = models.CharField(_("model"), max_length=40, blank=True)
    # Of the words it was made from: when these are analyzed again and are the same, so is this.
    digest = models.CharField(max_length=32, blank=True, editable=False)
    values = models.BinaryField(default=b"")
    made_at = models.DateTimeField(null=True, editable=False)

    objects = EmbeddingQuerySet.as_manager()

    class Meta:
        verbose_name = _("embedding")
        verbose_name_plural = _("embeddings")

    def __str__(self) -> str:
        return f"{self.feedback_id} {self.model}"


def without_embedding() -> models.Q:
    """The condition on Feedback that it has no row here."""
    return ~models.Q(Exists(Embedding.objects.filter(feedback=OuterRef("pk"))))
