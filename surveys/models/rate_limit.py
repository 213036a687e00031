"""Who posts to public forms, for as long as it takes to slow them down."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Knock(models.Model):
    """Somebody posted to a public form. Kept for a day, to slow down whoever posts too much."""

    door = models.CharField(max_length=60)
    who = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index("door", "who", "at", name="knocks_at_a_door")]

    def __str__(self) -> str:
        return f"{self.door} {self.at:%H:%M}"
