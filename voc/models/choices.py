"""What a reading can say of somebody's words, and who said it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sentiment(models.TextChoices):
    POSITIVE = "positive", _("positive")
    NEUTRAL = "neutral", _("neutral")
    NEGATIVE = "negative", _("negative")
    MIXED = "mixed", _("mixed")


class Intent(models.TextChoices):
    """What the customer wants of us with these words."""

    REQUEST = "request", _("request")
    QUESTION = "question", _("question")
    COMPLAINT = "complaint", _("complaint")
    PRAISE = "praise", _("praise")


class Urgency(models.TextChoices):
    """What cannot wait, the most pressing first."""

    SECURITY = "security", _("security")
    LEGAL = "legal", _("legal")
    CHURN = "churn", _("is leaving")


class By(models.TextChoices):
    """Who read it that way. What a person said is never read over by the machine."""

    MACHINE = "machine", _("machine")
    PERSON = "person", _("person")


def priority_among(statuses: Sequence[str]) -> models.Case:
    """1, 2, … in the order of Urgency, then all others alike; none in any other status."""
    pressing = (
        models.When(status__in=statuses, urgency=urgency, then=models.Value(priority))
        for priority, urgency in enumerate(Urgency.values, start=1)
    )
    others = models.When(status__in=statuses, then=models.Value(len(Urgency.values) + 1))
    return models.Case(*pressing, others)
