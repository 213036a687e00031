"""What an embedding makes of the words: kept, because making it takes long."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 3


class VectorQuerySet(models.QuerySet["Vector"]):
    def made_by(self, model: str) -> VectorQuerySet:
        return self.filter(model=model).exclude(values=b"")

    def stale(self) -> VectorQuerySet:
        """Never made, or their words were read again since: they may have changed."""
        return self.filter(Q(made_at=None) | Q(made_at__lt=F("feedback__tagged_at")))

    def to_make(self, now: datetime) -> VectorQuerySet:
        free = Q(claimed_until=None) | Q(claimed_until__lte=now)
        return self.stale().filter(free, attempts__lt=MOST_ATTEMPTS, feedback__tagged_at__lte=now)

    @transaction.atomic
    def claim(self, now: datetime, size: int) -> list[Vector]:
        """Take up to `size` for a minute, the newest first, and count the attempt before the work.

        What failed before is taken alone: the engine is not ours, and may end the process.
        """
        rows = self.to_make(now).select_for_update(skip_locked=True, of=("self",))
        taken = list(rows.order_by("attempts", "-pk").values_list("pk", "attempts")[:size])
        ids = [pk for pk, tried in taken if not tried] or [pk for pk, _tried in taken[:1]]
        self.filter(pk__in=ids).update(attempts=F("attempts") + 1, claimed_until=now + LEASE)
        return list(self.filter(pk__in=ids).select_related("feedback"))

    def begin(self, feedback: Collection[int]) -> None:
        """A row for each; one that is there stays as it is."""
        self.bulk_create([Vector(feedback_id=pk) for pk in feedback], ignore_conflicts=True)


class Vector(models.Model):
    """The meaning of a piece of feedback as numbers: float16, little-endian, of length one."""

    feedback = models.OneToOneField(
        "voc.Feedback", models.CASCADE, primary_key=True, verbose_name=_("feedback")
    )
    model = models.CharField(_("model"), max_length=40, blank=True)
    # Of the words it was made from: when they are read again and are the same, so is this.
    digest = models.CharField(max_length=32, blank=True, editable=False)
    values = models.BinaryField(default=b"")
    made_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)

    objects = VectorQuerySet.as_manager()

    class Meta:
        verbose_name = _("vector")
        verbose_name_plural = _("vectors")

    def __str__(self) -> str:
        return f"{self.feedback_id} {self.model}"


def without_vector() -> models.Q:
    """For filtering feedback by it."""
    return ~models.Q(Exists(Vector.objects.filter(feedback=OuterRef("pk"))))
