"""What was learned from people's corrections, and whether it is better than the rules."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LessonQuerySet(models.QuerySet["Lesson"]):
    def in_use(self) -> LessonQuerySet:
        return self.filter(state=Lesson.State.IN_USE)


class Lesson(models.Model):
    """A model trained on one language's checked readings, with what cross-validation said of it.

    Figures are macro-F1 over the feelings that occur (`f3`) and micro-F1 over topics, each from
    examples that the model in question had not seen; None where there were too few to tell.
    """

    class State(models.TextChoices):
        NOT_BETTER = "not_better", _("not better than the rules")
        IN_USE = "in_use", _("in use")
        RETIRED = "retired", _("no longer in use")

    language = models.CharField(_("language"), max_length=10)
    version = models.PositiveIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=12, choices=State)
    examples = models.PositiveIntegerField(_("examples"))
    # Of these, how many people changed; the others they found right.
    corrected = models.PositiveIntegerField(_("corrected"))
    rules_f3 = models.FloatField(_("rules"), null=True)
    learned_f3 = models.FloatField(_("learned"), null=True)
    rules_topics = models.FloatField(_("rules, topics"), null=True)
    learned_topics = models.FloatField(_("learned, topics"), null=True)
    with_vectors = models.BooleanField(_("with embeddings"), default=False)
    weights = models.BinaryField(_("weights"), editable=False)  # npz, never a pickle
    reader = models.CharField(_("reader version"), max_length=40)
    learned_at = models.DateTimeField(_("learned at"), default=timezone.now)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("retired by")
    )

    objects = LessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["language", "-version"]
        constraints = [
            models.UniqueConstraint("language", "version", name="number_the_lessons_of_a_language"),
            models.UniqueConstraint(
                "language",
                name="use_one_lesson_per_language",
                condition=Q(state="in_use"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language}-{self.version}"
