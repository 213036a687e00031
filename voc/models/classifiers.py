"""What was learned from people's corrections, and whether it is better than the rules."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from voc.nlp.classifier import BESIDE

CONFIRMED = 0.25  # of them, the share that people must have found right
KEPT = 10  # lessons of a language whose weights are kept, to go back to


class LessonQuerySet(models.QuerySet["Lesson"]):
    def of(self, language: str) -> LessonQuerySet:
        return self.filter(language=language)

    def in_use(self) -> LessonQuerySet:
        return self.filter(state=Lesson.State.IN_USE)

    def weighing_vectors(self) -> LessonQuerySet:
        return self.filter(with_vectors=True)

    def understood(self) -> LessonQuerySet:
        """Learned beside the rules of today; beside others, weights mean nothing."""
        return self.filter(reader=BESIDE)

    def taken_back(self) -> LessonQuerySet:
        """A person went back from these. While there is one, none comes into use by itself."""
        return self.exclude(taken_back_at=None)

    def never_taken_back(self) -> LessonQuerySet:
        return self.filter(taken_back_at=None)

    def usable(self) -> LessonQuerySet:
        """Not in use, and could be: better than the rules of today."""
        won = [Lesson.State.WAITING, Lesson.State.RETIRED]
        return self.understood().filter(state__in=won).exclude(weights=b"")

    def older_than(self, version: int) -> LessonQuerySet:
        return self.filter(version__lt=version)

    def forget_weights(self) -> None:
        """All but those in use: what is too old to go back to is only a line in a table."""
        self.exclude(state=Lesson.State.IN_USE).exclude(weights=b"").update(weights=b"")

    def hold(self) -> None:
        """Keep these rows from everyone else until the transaction ends."""
        list(self.select_for_update().order_by("pk").values_list("pk"))

    def newest(self) -> Lesson | None:
        return self.order_by("-version").first()

    def without_weights(self) -> LessonQuerySet:
        """Weights are large, and only a reader needs them."""
        return self.defer("weights")

    def told(self) -> LessonQuerySet:
        """For people to read, the newest first."""
        return self.without_weights().select_related("taken_back_by").order_by("-version")


class Lesson(models.Model):
    """A model trained on one language's checked readings, with what cross-validation said of it.

    Figures are macro-F1 over the feelings that occur (`f3`) and micro-F1 over topics, each from
    examples that the model in question had not seen; None where there were too few to tell.
    """

    class State(models.TextChoices):
        NOT_BETTER = "not_better", _("not better than the rules")
        ONE_SIDED = "one_sided", _("too few found right to tell")
        WAITING = "waiting", _("better than the rules, not in use")
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
    # What it is better at than the rules, and so reads; the other is left to them.
    reads_feelings = models.BooleanField(_("reads feelings"), default=False)
    reads_topics = models.BooleanField(_("reads topics"), default=False)
    with_vectors = models.BooleanField(_("with embeddings"), default=False)
    # npz, never a pickle; empty when it lost, or is too old to go back to.
    weights = models.BinaryField(_("weights"), default=b"", editable=False)
    # The rules it was learned beside: with others it means nothing.
    reader = models.CharField(_("reader version"), max_length=40)
    learned_at = models.DateTimeField(_("learned at"), default=timezone.now)
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, editable=False)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("taken back by"),
    )

    objects = LessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("Learning")
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

    @property
    def is_understood(self) -> bool:
        return self.reader == BESIDE

    @property
    def confirmed(self) -> int:
        return self.examples - self.corrected

    @property
    def is_one_sided(self) -> bool:
        """People look for what was read wrong; by such examples alone the rules look bad."""
        return self.confirmed < CONFIRMED * self.examples

    @property
    def wins(self) -> bool:
        """Whether it reads anything better than the rules, by examples that tell."""
        return not self.is_one_sided and (self.reads_feelings or self.reads_topics)

    def gains_where(self, other: Lesson) -> bool:
        """Whether learning gains anything, be it luck, in what the other lesson reads."""
        return bool(
            (other.reads_feelings and (self.learned_f3 or 0) > (self.rules_f3 or 0))
            or (other.reads_topics and (self.learned_topics or 0) > (self.rules_topics or 0))
        )
