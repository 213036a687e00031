"""Reanalyses: all feedback analyzed again, to preview a change of phrases, or for good."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib.claims import Work, WorkQuerySet


class ReanalysisQuerySet(WorkQuerySet["Reanalysis"]):
    def running(self) -> ReanalysisQuerySet:
        return self.filter(state=Reanalysis.State.RUNNING)

    def done(self) -> ReanalysisQuerySet:
        return self.filter(state=Reanalysis.State.DONE)

    def stopped(self) -> ReanalysisQuerySet:
        return self.filter(state=Reanalysis.State.STOPPED)

    def previews(self) -> ReanalysisQuerySet:
        return self.filter(is_preview=True)

    def for_good(self) -> ReanalysisQuerySet:
        return self.filter(is_preview=False)

    def locked(self) -> ReanalysisQuerySet:
        return self.select_for_update(of=("self",))

    def claim(self, now: datetime) -> Reanalysis | None:
        """Lease a running one, however often it was tried; previews first: people look at them."""
        waiting = self.running().order_by("-is_preview", "pk")
        leased = self.select_related("phrase_change__topic").lease(waiting, now, 1)
        return leased[0] if leased else None


class Reanalysis(Work):
    """A run over all feedback, the newest first: a preview that only counts, or for good."""

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        STOPPED = "stopped", _("stopped")
        DONE = "done", _("done")

    phrase_change = models.ForeignKey(
        "voc.PhraseChange",
        models.CASCADE,
        null=True,
        related_name="reanalyses",
        verbose_name=_("change"),
    )
    is_preview = models.BooleanField(_("preview"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.RUNNING)
    total = models.PositiveIntegerField(_("to analyze"))
    done = models.PositiveIntegerField(_("analyzed"), default=0)
    # Could not be analyzed again, and were left as they were.
    skipped = models.PositiveIntegerField(_("left as they were"), default=0)
    # Ids below this one are still to be analyzed; None before the first batch.
    below = models.BigIntegerField(null=True, editable=False)
    # One by one down to this id: something in there killed a worker.
    careful_down_to = models.BigIntegerField(null=True, editable=False)
    gained = models.PositiveIntegerField(_("gained"), default=0)
    lost = models.PositiveIntegerField(_("lost"), default=0)
    # [[feedback id, "gained" or "lost", [[start, end], …]], …], the first few of each.
    examples = models.JSONField(default=list, blank=True, editable=False)
    # {"ja": {phrase: [items that have it, of them those with no other phrase]}, "en": …}
    counts = models.JSONField(default=dict, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("by")
    )
    started_at = models.DateTimeField(_("started at"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)

    objects = ReanalysisQuerySet.as_manager()

    class Meta:
        verbose_name = _("reanalysis")
        verbose_name_plural = _("reanalyses")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "is_preview",
                name="reanalyze_everything_once_at_a_time",
                condition=Q(state="running", is_preview=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"

    @property
    def is_running(self) -> bool:
        return self.state == Reanalysis.State.RUNNING

    @property
    def is_done(self) -> bool:
        return self.state == Reanalysis.State.DONE

    @property
    def is_stopped(self) -> bool:
        return self.state == Reanalysis.State.STOPPED
