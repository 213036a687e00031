"""Who posts to public forms, for as long as it takes to slow them down."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class RateLimitHit(models.Model):
    """Somebody posted to a public form. Kept for a day, to slow down whoever posts too much."""

    form = models.CharField(max_length=60)
    client = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index("form", "client", "at", name="rate_limit_hits_of_a_client")]

    def __str__(self) -> str:
        return f"{self.form} {self.at:%H:%M}"
