"""The choices of a reading: sentiment, intent, urgency, and who said so."""

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
    """The aim of a customer's words: what they want of us."""

    REQUEST = "request", _("request")
    QUESTION = "question", _("question")
    COMPLAINT = "complaint", _("complaint")
    PRAISE = "praise", _("praise")


class Urgency(models.TextChoices):
    """A reason why feedback cannot wait, the most pressing first."""

    SECURITY = "security", _("security")
    LEGAL = "legal", _("legal")
    CHURN = "churn", _("is leaving")


class Abuse(models.TextChoices):
    """A kind of words that nobody at work has to bear, the gravest first."""

    THREAT = "threat", _("threat")
    SEXUAL = "sexual", _("sexual words")
    DISCRIMINATION = "discrimination", _("discrimination")
    INSULT = "insult", _("insult")
    DEGRADING = "degrading", _("degrading demand")
    EXTORTION = "extortion", _("extortion")
    EXPOSURE = "exposure", _("threat to publish")
    PERSISTENCE = "persistence", _("threat not to leave off")


class By(models.TextChoices):
    """The source of a value: no later analysis changes what a person said."""

    MACHINE = "machine", _("machine")
    PERSON = "person", _("person")


def priority_among(statuses: Sequence[str]) -> models.Case:
    """Give feedback in these statuses a priority, as SQL: 1, 2, … in the order of Urgency, then one
    for all others; feedback in any other status has none (NULL)."""
    pressing = (
        models.When(status__in=statuses, urgency=urgency, then=models.Value(priority))
        for priority, urgency in enumerate(Urgency.values, start=1)
    )
    others = models.When(status__in=statuses, then=models.Value(len(Urgency.values) + 1))
    return models.Case(*pressing, others)
