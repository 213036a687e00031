"""Hits of the rate limit: posts to public forms, kept for a day."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class RateLimitHit(models.Model):
    """A post to a public form, kept for a day to slow down whoever posts too much."""

    form = models.CharField(max_length=60)
    client = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index("form", "client", "at", name="rate_limit_hits_of_a_client")]

    def __str__(self) -> str:
        return f"{self.form} {self.at:%H:%M}"
