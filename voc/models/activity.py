"""Activities and notes: what staff did with a piece of feedback, and told each other of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib.text import cut


class Activity(models.Model):
    """A step of triage or a correction: who did what with a piece of feedback, and when."""

    class What(models.TextChoices):
        TAKE = "take", _("took it on")
        ASSIGN = "assign", _("gave it to")
        DISMISS = "dismiss", _("dismissed it")
        REOPEN = "reopen", _("opened it again")
        PLAN = "plan", _("planned a fix")
        UNPLAN = "unplan", _("withdrew the fix")
        FINISH = "finish", _("shipped the fix")
        SENTIMENT = "sentiment", _("corrected the sentiment")
        TOPICS = "topics", _("corrected the topics")
        SIGNS = "signs", _("corrected what they want")
        ABUSE = "abuse", _("said whether it is abusive")
        CONFIRM = "confirm", _("found the reading right")
        MACHINE = "machine", _("let the machine analyze it again")

    UNDONE = "undone"  # the reason of a step by which a move was taken back

    feedback = models.ForeignKey("voc.Feedback", models.CASCADE, related_name="activities")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("by")
    )
    what = models.CharField(_("what"), max_length=40, choices=What)
    before = models.CharField(_("before"), max_length=200, blank=True)
    after = models.CharField(_("after"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"


class Note(models.Model):
    """A remark of staff to each other about a piece of feedback; customers never see it."""

    feedback = models.ForeignKey("voc.Feedback", models.CASCADE, related_name="notes")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, verbose_name=_("by")
    )
    text = models.TextField(_("note"))
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["at"]

    def __str__(self) -> str:
        return cut(self.text, 60)
