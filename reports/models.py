"""What was done because customers spoke, and who has been told."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from surveys.letters import Letter, LetterQuerySet
from surveys.models import Customer
from voc.models import Feedback, Topic


class FixQuerySet(models.QuerySet["Fix"]):
    def shipped(self) -> FixQuerySet:
        return self.filter(state=Fix.State.SHIPPED)

    def public(self) -> FixQuerySet:
        """What everyone may read, newest first."""
        return self.shipped().filter(public=True).order_by("-shipped_at")


class Fix(models.Model):
    """You said, we did: an improvement, and the feedback it answers."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        SHIPPED = "shipped", _("shipped")

    you_said_ja = models.TextField(_("you said (Japanese)"), blank=True)
    you_said_en = models.TextField(_("you said (English)"), blank=True)
    we_did_ja = models.TextField(_("we did (Japanese)"), blank=True)
    we_did_en = models.TextField(_("we did (English)"), blank=True)
    topics: Any = models.ManyToManyField(
        Topic, blank=True, related_name="fixes", verbose_name=_("topics")
    )
    feedback: Any = models.ManyToManyField(
        Feedback, blank=True, related_name="fixes", verbose_name=_("feedback it answers")
    )
    public = models.BooleanField(_("shown on the public page"), default=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.PLANNED, editable=False
    )
    shipped_at = models.DateTimeField(_("shipped at"), null=True, editable=False)
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        verbose_name=_("recorded by"),
    )

    objects = FixQuerySet.as_manager()

    class Meta:
        verbose_name = _("fix")
        verbose_name_plural = _("fixes")
        ordering = ["-recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="planned", shipped_at=None)
                | Q(state="shipped", shipped_at__isnull=False),
                name="a_shipped_fix_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return self.we_did() or self.you_said() or f"#{self.pk}"

    def you_said(self, language: str | None = None) -> str:
        return self._in("you_said", language)

    def we_did(self, language: str | None = None) -> str:
        return self._in("we_did", language)

    def _in(self, field: str, language: str | None) -> str:
        """In this language; what is not written in it yet, in the other."""
        first = (language or get_language() or "ja")[:2]
        second = "en" if first == "ja" else "ja"
        return getattr(self, f"{field}_{first}") or getattr(self, f"{field}_{second}")


class NoticeQuerySet(LetterQuerySet["Notice"]):
    def with_everything(self) -> NoticeQuerySet:
        return self.select_related("fix", "customer", "feedback")


class Notice(Letter):
    """The mail that tells one customer what came of their words. One per fix and customer."""

    fix = models.ForeignKey(Fix, models.PROTECT, related_name="notices")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="notices")
    feedback = models.ForeignKey(Feedback, models.PROTECT, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint("fix", "customer", name="tell_each_customer_once_per_fix"),
        ]
        indexes = [
            models.Index(
                "send_after", name="notices_waiting", condition=Q(handed_at=None, outcome=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fix} → {self.customer}"
