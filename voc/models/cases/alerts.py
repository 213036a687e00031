"""Alerts: what the people here are told about cases, by mail and in their chat, once each."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib import languages
from lib.claims import Work, WorkQuerySet
from lib.mail.outbox import OutboxMail, OutboxQuerySet
from voc.models.cases.case import Case


class AlertMailQuerySet(OutboxQuerySet["AlertMail"]):
    def digests_for(self, person: int, morning: datetime) -> AlertMailQuerySet:
        """The mail of a morning, while it waits: more is added to it."""
        return self.waiting().filter(to=person, is_digest=True, send_after=morning)


class AlertMail(OutboxMail):
    """A mail to somebody who works here, about one thing or all of a day."""

    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person")
    )
    is_digest = models.BooleanField(_("of a whole day"), default=False, editable=False)

    objects = AlertMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("alert by mail")
        verbose_name_plural = _("alerts by mail")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["send_after", "id"],
                name="alert_mails_that_wait",
                condition=Q(outcome=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.to} {self.send_after:%Y-%m-%d %H:%M}"


class CaseAlert(models.Model):
    """One thing that somebody is told of a case."""

    class Kind(models.TextChoices):
        NEW = "new", _("a new case is yours")
        ASSIGNED = "assigned", _("a case was handed over to you")
        OVERDUE = "overdue", _("a case is overdue")
        MENTION = "mention", _("somebody mentions you")

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    mail = models.ForeignKey(AlertMail, models.CASCADE, related_name="alerts")
    words = models.TextField(blank=True)  # a note that mentions them, or what was done so far

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.case}"


class AlertWebhook(models.Model):
    """A channel of a chat that hears of cases. Its address and token are never shown again."""

    class Kind(models.TextChoices):
        SLACK = "slack", "Slack"
        TEAMS = "teams", "Teams"
        CHATWORK = "chatwork", "Chatwork"

    name = models.CharField(_("name"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    url = models.CharField(_("address"), max_length=1_000)
    secret = models.CharField(
        _("token"), max_length=200, blank=True, help_text=_("Chatwork asks for one.")
    )
    language = models.CharField(
        _("language"), max_length=2, choices=languages.CHOICES, default=languages.DEFAULT
    )
    is_on = models.BooleanField(_("switched on"), default=True)

    class Meta:
        verbose_name = _("chat channel")
        verbose_name_plural = _("chat channels")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    def clean(self) -> None:
        if self.kind == self.Kind.CHATWORK and not self.secret:
            raise ValidationError({"secret": _("Please write the API token of Chatwork.")})


class WebhookPostQuerySet(WorkQuerySet["WebhookPost"]):
    def waiting(self, now: datetime) -> WebhookPostQuerySet:
        due = self.filter(outcome=None, handed_at=None, send_after__lte=now)
        return due.order_by("attempts", "pk")

    def claim(self, now: datetime, size: int) -> list[WebhookPost]:
        return self.lease(self.waiting(now), now, size)

    def hand_over(self, pk: int, now: datetime) -> bool:
        """Say that it leaves now. Of several workers at one post, one gets True."""
        return bool(self.filter(pk=pk, handed_at=None, outcome=None).update(handed_at=now))

    def settle_lost(self, now: datetime) -> int:
        """What left and whose worker died: it may have arrived, and is not sent twice."""
        lost = self.filter(outcome=None, claimed_until__lte=now).exclude(handed_at=None)
        outcome, error = WebhookPost.Outcome.UNCERTAIN, WebhookPost.Why.WORKER_STOPPED
        return lost.update(outcome=outcome, error=error)


class WebhookPost(Work):
    """A message to a chat: of one case, sent once."""

    class Outcome(models.TextChoices):
        SENT = "sent", _("sent")
        REFUSED = "refused", _("refused")
        UNCERTAIN = "uncertain", _("uncertain")

    class Why(models.TextChoices):
        NOT_HTTPS = "not https", _("the address does not begin with https://")
        PRIVATE = "private", _("the address leads into a network of our own")
        UNREACHABLE = "unreachable", _("the server cannot be reached")
        NO_ANSWER = "no answer", _("the server took it and did not answer in time")
        WORKER_STOPPED = "worker", _("the worker stopped while handing it over")

    webhook = models.ForeignKey(AlertWebhook, models.CASCADE, related_name="posts")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=CaseAlert.Kind)
    send_after = models.DateTimeField(default=timezone.now)
    handed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, null=True, choices=Outcome)
    error = models.CharField(max_length=300, blank=True)

    objects = WebhookPostQuerySet.as_manager()

    class Meta:
        verbose_name = _("message to a chat")
        verbose_name_plural = _("messages to chats")
        indexes = [
            models.Index(
                fields=["attempts", "id"], name="posts_that_wait", condition=Q(outcome=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.webhook} {self.case}"

    @property
    def why(self) -> str:
        """The error, in the reader's language where it is ours."""
        return str(dict(self.Why.choices).get(self.error, self.error))
