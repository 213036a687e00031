"""Emerging themes: what customers have begun to talk about, before anybody made it a topic."""

from __future__ import annotations

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from voc.models.topics import Topic


class ThemeQuerySet(models.QuerySet["Theme"]):
    def to_look_at(self) -> ThemeQuerySet:
        return self.in_state(Theme.State.NEW)

    def in_state(self, state: str) -> ThemeQuerySet:
        return self.filter(state=state)

    def in_language(self, language: str) -> ThemeQuerySet:
        return self.filter(language=language)

    def locked(self) -> ThemeQuerySet:
        """Lock the rows until the transaction ends."""
        return self.select_for_update(of=("self",)).order_by("pk")

    def dismiss(self) -> int:
        """Put away themes that are not interesting, until they are said twice as often."""
        open_ones = self.filter(state__in=[Theme.State.NEW, Theme.State.FADED])
        return open_ones.update(state=Theme.State.DISMISSED)

    def restore(self) -> int:
        return self.in_state(Theme.State.DISMISSED).update(state=Theme.State.NEW)


class Theme(models.Model):
    """A noun phrase said clearly more often in a period than in the one before it.

    `n` of `texts` customers say it now, `n_before` of `texts_before` did before; a customer counts
    once, however much they write. See voc/analysis/bursts.py for when that is clear.
    """

    class State(models.TextChoices):
        NEW = "new", _("new")
        TOPIC = "topic", _("made a topic")
        DISMISSED = "dismissed", pgettext_lazy("an emerging theme", "dismissed")
        FADED = "faded", _("faded")

    language = models.CharField(_("language"), max_length=10)
    phrase = models.CharField(_("phrase"), max_length=120)
    # Other ways to say it that burst with it.
    variants = models.JSONField(_("also said"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    starts = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("until"))
    n = models.PositiveIntegerField(_("customers"))
    n_before = models.PositiveIntegerField(_("customers before"))
    texts = models.PositiveIntegerField(_("all customers"))
    texts_before = models.PositiveIntegerField(_("all customers before"))
    strength = models.FloatField(_("strength"), help_text=_("log-odds, in standard errors"))
    # The newest that say it: [[id of feedback, start, end], …], the place in code points.
    examples = models.JSONField(default=list, blank=True, editable=False)
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

    @property
    def phrases(self) -> list[str]:
        return [self.phrase, *self.variants]

    @property
    def share(self) -> float:
        return self.n / self.texts

    def become(self, topic: Topic) -> bool:
        """Let the topic made of it follow it from now on; False where another one does."""
        mine = Theme.objects.filter(pk=self.pk).exclude(state=self.State.TOPIC)
        return bool(mine.update(state=self.State.TOPIC, topic=topic))
