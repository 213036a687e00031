"""What customers have begun to talk about, before anybody made a topic of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from voc.topics import Topic


class ThemeQuerySet(models.QuerySet["Theme"]):
    def to_look_at(self) -> ThemeQuerySet:
        return self.filter(state=Theme.State.NEW)


class Theme(models.Model):
    """A noun phrase said clearly more often in a period than in the one before it.

    `n` of `texts` pieces of feedback say it now, `n_before` of `texts_before` did before.
    """

    class State(models.TextChoices):
        NEW = "new", _("new")
        TOPIC = "topic", _("made a topic")
        DISMISSED = "dismissed", _("dismissed")
        FADED = "faded", _("faded")

    language = models.CharField(_("language"), max_length=10)
    phrase = models.CharField(_("phrase"), max_length=120)
    # Other ways to say it that burst with it.
    variants = models.JSONField(_("also said"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    starts = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("until"))
    n = models.PositiveIntegerField(_("voices"))
    n_before = models.PositiveIntegerField(_("voices before"))
    texts = models.PositiveIntegerField(_("of"))
    texts_before = models.PositiveIntegerField(_("of before"))
    strength = models.FloatField(_("strength"), help_text=_("log-odds, in standard errors"))
    examples = models.JSONField(default=list, blank=True, editable=False)  # ids of feedback
    topic = models.ForeignKey(
        Topic, models.SET_NULL, null=True, blank=True, verbose_name=_("topic")
    )
    noticed_at = models.DateTimeField(_("noticed at"), default=timezone.now)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("emerging theme")
        verbose_name_plural = _("emerging themes")
        ordering = [F("strength").desc(), "phrase"]
        constraints = [
            models.UniqueConstraint("language", "phrase", name="one_theme_per_phrase"),
        ]

    def __str__(self) -> str:
        return self.phrase
