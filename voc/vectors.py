"""What an embedding makes of the words: kept, because making it takes long."""

from __future__ import annotations

from django.db import models


class Vector(models.Model):
    """The meaning of a piece of feedback as numbers: float16, little-endian, of length one."""

    feedback = models.OneToOneField("voc.Feedback", models.CASCADE, primary_key=True)
    model = models.CharField(max_length=40)
    # Of the words it was made from, so that changed words are seen.
    digest = models.CharField(max_length=32)
    values = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.feedback_id} {self.model}"
