"""Invitations and skips: who is asked in a wave, who is not, and why."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib import tokens
from lib.mail.outbox import OutboxMail, OutboxQuerySet
from surveys.models.customers import Customer
from surveys.models.surveys import Survey, Wave
from surveys.questions import kinds
from surveys.questions.kinds import SurveyKind


class InvitationQuerySet(OutboxQuerySet["Invitation"]):
    def reaching(self, since: datetime) -> InvitationQuerySet:
        """Invitations sent since then or still on their way: too recent to ask again."""
        arrived = Q(
            outcome__in=[OutboxMail.Outcome.SENT, OutboxMail.Outcome.UNCERTAIN], handed_at__gt=since
        )
        return self.filter(arrived | Q(outcome=None))

    def about(self, survey: Survey) -> InvitationQuerySet:
        return self.filter(wave__survey=survey)

    def of_kind(self, kind: SurveyKind) -> InvitationQuerySet:
        return self.filter(wave__survey__kind=kind.key)

    def with_a_mail(self) -> InvitationQuerySet:
        """Invitations we can compose; others wait for the version of Todoku that can."""
        return self.filter(wave__survey__kind__in=kinds.asked_by_mail())

    def in_wave(self, wave: Wave | None) -> InvitationQuerySet:
        return self.filter(wave=wave) if wave else self.none()

    def to(self, customer_ids: Collection[int]) -> InvitationQuerySet:
        return self.filter(customer__in=customer_ids)

    def when_last_sent(self) -> Subquery:
        """The moment of the last one sent to each customer, to `annotate` customers with."""
        to_customer = self.sent().filter(customer=OuterRef("pk")).order_by("-handed_at")
        return Subquery(to_customer.values("handed_at")[:1])

    def with_everything(self) -> InvitationQuerySet:
        return self.select_related("wave__survey", "customer")


class Invitation(OutboxMail):
    """An invitation: the mail that puts a survey to a customer, once in a wave."""

    wave = models.ForeignKey(
        Wave, models.CASCADE, related_name="invitations", verbose_name=_("wave")
    )
    customer = models.ForeignKey(
        Customer, models.CASCADE, related_name="invitations", verbose_name=_("customer")
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint("wave", "customer", name="ask_each_customer_once_per_wave"),
        ]
        indexes = [
            # Small however many were sent: what waits and what was lost is looked for all day.
            models.Index("send_after", name="invitations_waiting", condition=Q(outcome=None)),
            # What staff look for: few, beside the many that were sent.
            models.Index(
                fields=["outcome", "-id"],
                name="invitations_not_sent",
                condition=Q(outcome__in=["refused", "skipped", "uncertain"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wave} · {self.pk}"

    @property
    def token(self) -> str:
        return tokens.make("answer", self.pk)

    def get_absolute_url(self) -> str:
        return reverse("surveys:answer", args=[self.token])


class Skip(models.Model):
    """A skip: a customer who was not asked in a wave, and why."""

    class Reason(models.TextChoices):
        UNSUBSCRIBED = "unsubscribed", _("does not want mail from us")
        ASKED_RECENTLY = "asked_recently", _("was asked recently")
        IN_THIS_WAVE = "in_this_wave", _("is asked in this wave already")

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="skips", verbose_name=_("wave"))
    customer = models.ForeignKey(
        Customer, models.CASCADE, related_name="skips", verbose_name=_("customer")
    )
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("skip")
        verbose_name_plural = _("skips")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.wave}: {self.get_reason_display()}"
