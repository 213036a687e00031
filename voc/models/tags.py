"""Tags: the topics a piece of feedback is about, and the words that show it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from surveys.models import Survey
from voc.models.choices import By, Sentiment
from voc.models.topics import Topic


class TagQuerySet(models.QuerySet["Tag"]):
    def counting_for(self, key: str) -> TagQuerySet:
        """Tags that count for a topic: its own, and those of topics below it."""
        return self.filter(Q(topic__key=key) | Q(topic__parent__key=key))

    def by_people(self) -> TagQuerySet:
        return self.filter(by=By.PERSON)

    def in_use(self) -> TagQuerySet:
        """Tags of topics that are looked for."""
        return self.filter(topic__archived=False)

    def count_by_topic(self) -> dict[int, int]:
        """Count feedback by topic id; that of topics below counts for the one above too, once."""
        each = self.order_by().values_list("topic").annotate(n=Count("pk"))
        above = Topic.objects.above().values_list("pk", flat=True)
        home = Coalesce("topic__parent", "topic")
        homes = self.of_topics(above).order_by().values_list(home)
        return {**dict(each), **dict(homes.annotate(n=Count("feedback", distinct=True)))}

    def of_topics(self, topics: Collection[int]) -> TagQuerySet:
        """Tags of these topics, and of topics below them."""
        return self.filter(Q(topic__in=topics) | Q(topic__parent__in=topics))

    def received_between(self, start: datetime, end: datetime) -> TagQuerySet:
        return self.filter(feedback__received_at__gte=start, feedback__received_at__lt=end)

    def in_answers_to(self, survey: Survey) -> TagQuerySet:
        return self.filter(feedback__response__survey=survey)


class Tag(models.Model):
    """A topic found in a piece of feedback, the feeling about it, and the words that show it."""

    feedback = models.ForeignKey("voc.Feedback", models.CASCADE, related_name="tags")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="tags", verbose_name=_("topic"))
    sentiment = models.CharField(
        _("sentiment"), max_length=10, null=True, blank=True, choices=Sentiment
    )
    # The evidence, half-open, in code points.
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    by = models.CharField(max_length=10, choices=By, default=By.MACHINE, editable=False)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [
            models.UniqueConstraint("feedback", "topic", name="one_tag_per_feedback_and_topic"),
        ]

    def __str__(self) -> str:
        return str(self.topic)
