"""Suggested phrases: words of feedback that people gave a topic, and that do not find it yet."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from voc.models.topics import Topic


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def to_look_at(self) -> SuggestionQuerySet:
        return self.filter(declined=False)


class Suggestion(models.Model):
    """A phrase for a topic: in `n` items that people gave it, and in `n_elsewhere` others."""

    topic = models.ForeignKey(
        Topic, models.CASCADE, related_name="suggestions", verbose_name=_("topic")
    )
    language = models.CharField(_("language"), max_length=10)
    phrase = models.CharField(_("phrase"), max_length=60)
    n = models.PositiveIntegerField(_("items"))
    n_elsewhere = models.PositiveIntegerField(_("elsewhere"))
    # How likely so many of them would say it, were all items shuffled.
    p_value = models.FloatField(editable=False)
    # The newest that say it: [[id of feedback, start, end], …], the place in code points.
    examples = models.JSONField(default=list, blank=True, editable=False)
    declined = models.BooleanField(default=False, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggested phrase")
        verbose_name_plural = _("suggested phrases")
        ordering = ["p_value", "-n", "phrase"]
        constraints = [
            models.UniqueConstraint(
                "topic", "language", "phrase", name="suggest_each_phrase_once_per_topic"
            ),
        ]

    def __str__(self) -> str:
        return self.phrase

    def decline(self) -> None:
        Suggestion.objects.filter(pk=self.pk).update(declined=True)
