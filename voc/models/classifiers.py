"""Trained classifiers, one version after the other, and whether each is better than the rules."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from voc.nlp.classifier import RULES_VERSION

LEAST_CONFIRMED = 0.25  # share of the examples that people must have found right
CLASSIFIERS_KEPT = 10  # of a language, with their weights, to go back to


class ClassifierQuerySet(models.QuerySet["Classifier"]):
    def of(self, language: str) -> ClassifierQuerySet:
        return self.filter(language=language)

    def in_use(self) -> ClassifierQuerySet:
        return self.filter(state=Classifier.State.IN_USE)

    def using_embeddings(self) -> ClassifierQuerySet:
        return self.filter(with_embeddings=True)

    def with_current_rules(self) -> ClassifierQuerySet:
        """Classifiers trained beside the rules of today; with other rules, weights mean nothing."""
        return self.filter(rules_version=RULES_VERSION)

    def rolled_back(self) -> ClassifierQuerySet:
        """Classifiers a person went back from. While there is one, none is activated by itself."""
        return self.exclude(rolled_back_at=None)

    def never_rolled_back(self) -> ClassifierQuerySet:
        return self.filter(rolled_back_at=None)

    def usable(self) -> ClassifierQuerySet:
        """Classifiers that are not in use and could be: better than the rules of today."""
        won = [Classifier.State.WAITING, Classifier.State.RETIRED]
        return self.with_current_rules().filter(state__in=won).exclude(weights=b"")

    def older_than(self, version: int) -> ClassifierQuerySet:
        return self.filter(version__lt=version)

    def forget_weights(self) -> None:
        """Drop the weights of all but those in use: the others are only lines in a table then."""
        self.exclude(state=Classifier.State.IN_USE).exclude(weights=b"").update(weights=b"")

    def lock(self) -> None:
        """Lock these rows until the transaction ends."""
        list(self.select_for_update().order_by("pk").values_list("pk"))

    def newest(self) -> Classifier | None:
        return self.order_by("-version").first()

    def without_weights(self) -> ClassifierQuerySet:
        """Leave the weights in the database: they are large, and only analysis needs them."""
        return self.defer("weights")

    def for_display(self) -> ClassifierQuerySet:
        """Classifiers as pages show them, the newest first."""
        return self.without_weights().select_related("rolled_back_by").order_by("-version")


class Classifier(models.Model):
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
    learned_f3 = models.FloatField(_("classifier's"), null=True)
    rules_topics = models.FloatField(_("rules, topics"), null=True)
    learned_topics = models.FloatField(_("classifier's, topics"), null=True)
    # What it is better at than the rules, and so reads; the rest is left to them.
    reads_feelings = models.BooleanField(_("reads feelings"), default=False)
    reads_topics = models.BooleanField(_("reads topics"), default=False)
    # Keys of these topics. Classifiers of before, which no longer read, do not say.
    topics = models.JSONField(_("topics it reads"), default=list)
    with_embeddings = models.BooleanField(_("with embeddings"), default=False)
    # npz, never a pickle; empty when it lost, or is too old to go back to.
    weights = models.BinaryField(_("weights"), default=b"", editable=False)
    # The rules it was trained beside: with others it means nothing.
    rules_version = models.CharField(_("version of the rules"), max_length=40)
    trained_at = models.DateTimeField(_("trained at"), default=timezone.now)
    rolled_back_at = models.DateTimeField(_("rolled back at"), null=True, editable=False)
    rolled_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("rolled back by"),
    )

    objects = ClassifierQuerySet.as_manager()

    class Meta:
        verbose_name = _("classifier")
        verbose_name_plural = _("Classifiers")
        ordering = ["language", "-version"]
        constraints = [
            models.UniqueConstraint(
                "language", "version", name="number_the_classifiers_of_a_language"
            ),
            models.UniqueConstraint(
                "language",
                name="use_one_classifier_per_language",
                condition=Q(state="in_use"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language}-{self.version}"

    @property
    def has_current_rules(self) -> bool:
        return self.rules_version == RULES_VERSION

    @property
    def confirmed(self) -> int:
        return self.examples - self.corrected

    @property
    def is_one_sided(self) -> bool:
        """Too few examples were found right. People look for what was read wrong, and by
        such examples alone the rules look bad."""
        return self.confirmed < LEAST_CONFIRMED * self.examples

    @property
    def wins(self) -> bool:
        """The classifier reads something better than the rules, by examples that tell."""
        return not self.is_one_sided and (self.reads_feelings or self.reads_topics)

    def gains_where(self, other: Classifier) -> bool:
        """Training gains anything, be it luck, in what the other classifier reads."""
        return bool(
            (other.reads_feelings and (self.learned_f3 or 0) > (self.rules_f3 or 0))
            or (other.reads_topics and (self.learned_topics or 0) > (self.rules_topics or 0))
        )
