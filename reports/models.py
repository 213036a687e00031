"""Fixes: what was done because customers spoke; and notices: who has been told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib import languages
from lib.mail.outbox import OutboxMail, OutboxQuerySet
from surveys.models import Customer
from voc.models import Feedback, Topic
from voc.privacy.masking import IN_PUBLIC, masked


class FixQuerySet(models.QuerySet["Fix"]):
    def planned(self) -> FixQuerySet:
        return self.filter(state=Fix.State.PLANNED)

    def shipped(self) -> FixQuerySet:
        return self.filter(state=Fix.State.SHIPPED)

    def shipped_between(self, start: datetime, end: datetime) -> FixQuerySet:
        return self.filter(shipped_at__gte=start, shipped_at__lt=end).order_by("shipped_at")

    def public(self) -> FixQuerySet:
        """The fixes that everyone may read, newest first."""
        return self.shipped().filter(public=True).order_by("-shipped_at", "-pk")

    def on(self, topic: Topic) -> FixQuerySet:
        return self.filter(topics=topic)

    def with_customers(self) -> FixQuerySet:
        """`customers`: how many asked for it. Words without a name are a customer each."""
        named = Count("feedback__customer", distinct=True)
        nameless = Count("feedback", distinct=True, filter=Q(feedback__customer=None))
        return self.annotate(customers=named + nameless)

    def with_notices(self) -> FixQuerySet:
        """Counts of notices: `to_tell`, and of them `told`, `refused` and `uncertain`."""
        outcomes, all_of_them = OutboxMail.Outcome, Notice.objects.all()
        return self.annotate(
            to_tell=_number_of(all_of_them),
            told=_number_of(all_of_them.filter(outcome=outcomes.SENT)),
            refused=_number_of(all_of_them.filter(outcome=outcomes.REFUSED)),
            uncertain=_number_of(all_of_them.filter(outcome=outcomes.UNCERTAIN)),
        )


def _number_of(notices: NoticeQuerySet) -> Coalesce:
    """A query of its own for each count: joined together, customers and notices would multiply."""
    mine = notices.filter(fix=OuterRef("pk")).order_by().values("fix")
    return Coalesce(Subquery(mine.annotate(n=Count("pk")).values("n")), Value(0))


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

    def clean(self) -> None:
        """Each side is written in one language at least; the other then shows that one."""
        for field in ("you_said", "we_did"):
            if not any(text.strip() for text in languages.written(self, field).values()):
                wanted = _("Please write this in Japanese, in English, or better in both.")
                raise ValidationError({languages.fields(field)[0]: wanted})

    def you_said(self, language: str | None = None) -> str:
        return self._in_language("you_said", language)

    def we_did(self, language: str | None = None) -> str:
        return self._in_language("we_did", language)

    def you_said_to_all(self) -> str:
        """The words for those who are not staff: without personal data, and leading nowhere."""
        return masked(self.you_said(), IN_PUBLIC)

    def we_did_to_all(self, language: str | None = None) -> str:
        return masked(self.we_did(language))

    def you_said_language(self) -> str:
        return languages.language_of(languages.written(self, "you_said"))

    def we_did_language(self) -> str:
        return languages.language_of(languages.written(self, "we_did"))

    def _in_language(self, field: str, language: str | None) -> str:
        return str(languages.in_language(languages.written(self, field), language))

    def newest_words(self, language: str) -> Feedback | None:
        """The last feedback on it by a customer of this language; else by anyone."""
        newest = self.feedback.order_by("-received_at", "-pk")
        theirs: Feedback | None = newest.filter(customer__language=language).first()
        return theirs or newest.first()

    def untold(self) -> dict[int, int]:
        """Customers without a notice who asked for it: by id, the id of their newest feedback."""
        known = set(self.notices.values_list("customer", flat=True))
        asked = self.feedback.exclude(customer=None).order_by("received_at", "pk")
        return {who: item for who, item in asked.values_list("customer", "pk") if who not in known}


class NoticeQuerySet(OutboxQuerySet["Notice"]):
    def with_everything(self) -> NoticeQuerySet:
        return self.select_related("fix", "customer", "feedback")


class Notice(OutboxMail):
    """The mail that tells one customer what came of their words. One per fix and customer."""

    fix = models.ForeignKey(Fix, models.PROTECT, related_name="notices", verbose_name=_("fix"))
    customer = models.ForeignKey(
        Customer, models.CASCADE, related_name="notices", verbose_name=_("customer")
    )
    feedback = models.ForeignKey(
        Feedback, models.PROTECT, related_name="notices", verbose_name=_("feedback")
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint("fix", "customer", name="tell_each_customer_once_per_fix"),
        ]
        indexes = [
            models.Index("send_after", name="notices_waiting", condition=Q(outcome=None)),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
