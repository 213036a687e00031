"""Considerations: answers of which the rules have yet to say whether they open a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from lib.claims import Work, WorkQuerySet
from surveys.models import Response
from voc.models.feedback import Feedback


class ConsiderationQuerySet(WorkQuerySet["Consideration"]):
    def claim(self, now: datetime, size: int) -> list[Consideration]:
        """Lease up to `size` answers, the oldest first; what is new before what failed."""
        return self.lease(self.worth_trying().order_by("attempts", "pk"), now, size)

    def set_aside(self) -> ConsiderationQuerySet:
        return self.tried_too_often()

    def add_words(self, feedback: Iterable[int]) -> None:
        """Have the rules consider these words."""
        self.bulk_create(Consideration(feedback_id=pk) for pk in feedback)


class Consideration(Work):
    """An answer to be considered: a score without words, or words that have been analyzed.

    An answer that changes stands here once more; what was considered is deleted.
    """

    response = models.ForeignKey(
        Response, models.CASCADE, null=True, db_index=False, related_name="+"
    )
    feedback = models.ForeignKey(
        Feedback, models.CASCADE, null=True, db_index=False, related_name="+"
    )

    objects = ConsiderationQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to be considered")
        verbose_name_plural = _("answers to be considered")

    def __str__(self) -> str:
        return f"response {self.response_id}, feedback {self.feedback_id}"
