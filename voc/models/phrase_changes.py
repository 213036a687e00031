"""Changes of a topic's phrases, previewed before they are applied."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib import languages
from voc.models.reanalysis import Reanalysis
from voc.models.topics import Topic


class PhraseChangeQuerySet(models.QuerySet["PhraseChange"]):
    def open(self) -> PhraseChangeQuerySet:
        return self.filter(applied_at=None, withdrawn_at=None)

    def applied(self) -> PhraseChangeQuerySet:
        return self.exclude(applied_at=None).order_by("-applied_at")


class PhraseChange(models.Model):
    """A draft of a topic's phrases. Nothing changes until it is applied.

    What they were when it was proposed stands beside it, to show the difference later.
    """

    topic = models.ForeignKey(
        Topic, models.CASCADE, related_name="phrase_changes", verbose_name=_("topic")
    )
    phrases_ja = models.JSONField(_("phrases (Japanese)"), default=list, blank=True)
    phrases_en = models.JSONField(_("phrases (English)"), default=list, blank=True)
    before = models.JSONField(default=dict, editable=False)  # by language
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    applied_at = models.DateTimeField(_("applied at"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)

    objects = PhraseChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of phrases")
        verbose_name_plural = _("changes of phrases")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "topic",
                name="one_open_phrase_change_per_topic",
                condition=Q(applied_at=None, withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        return self.applied_at is None and self.withdrawn_at is None

    @property
    def phrases(self) -> dict[str, list[str]]:
        return languages.written(self, "phrases")

    @property
    def preview(self) -> Reanalysis | None:
        return self.reanalyses.filter(is_preview=True).first()
