"""What they answered, and whether it counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from lib import languages
from surveys.models.customers import Customer
from surveys.models.invitations import Invitation
from surveys.models.surveys import Survey
from surveys.models.wordings import Wording
from surveys.questions import nps

PROMOTER = Q(score__gte=nps.PROMOTER_FROM)

PASSIVE = Q(score__gte=nps.PASSIVE_FROM, score__lt=nps.PROMOTER_FROM)

DETRACTOR = Q(score__lt=nps.PASSIVE_FROM)

BANDS = {"promoter": PROMOTER, "passive": PASSIVE, "detractor": DETRACTOR}


class ResponseQuerySet(models.QuerySet["Response"]):
    def counted(self) -> ResponseQuerySet:
        return self.filter(state=Response.State.COUNTED)

    def scored(self) -> ResponseQuerySet:
        return self.counted().exclude(score=None)

    def pressed(self) -> ResponseQuerySet:
        """Not waiting for one more press."""
        return self.exclude(state=Response.State.PROVISIONAL)

    def in_band(self, band: str) -> ResponseQuerySet:
        return self.filter(BANDS[band])

    def about(self, survey: Survey) -> ResponseQuerySet:
        return self.filter(survey=survey)

    def between(self, start: datetime, end: datetime) -> ResponseQuerySet:
        """Answered in the half-open interval."""
        return self.filter(answered_at__gte=start, answered_at__lt=end)

    def tally(self) -> nps.Tally:
        """Everyone in their band, counted in one query."""
        return nps.Tally(**self.scored().aggregate(**bands()))


def bands() -> dict[str, Count]:
    """For `aggregate` or `annotate` on responses: the three counts a Tally is made of."""
    return {
        "promoters": Count("pk", filter=PROMOTER),
        "passives": Count("pk", filter=PASSIVE),
        "detractors": Count("pk", filter=DETRACTOR),
    }


class Response(models.Model):
    """A score and, if we are lucky, the reason for it; or, from a form, words alone."""

    class State(models.TextChoices):
        PROVISIONAL = "provisional", _("waiting for a person's press")
        COUNTED = "counted", _("counted")
        EXCLUDED = "excluded", _("not counted")

    class Why(models.TextChoices):
        SCAN = "scan", _("a mail scanner pressed several scores")
        STAFF = "staff", _("taken out by staff")

    survey = models.ForeignKey(
        Survey, models.PROTECT, related_name="responses", verbose_name=_("survey")
    )
    invitation = models.OneToOneField(
        Invitation, models.PROTECT, null=True, blank=True, verbose_name=_("invitation")
    )
    customer = models.ForeignKey(
        Customer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="responses",
        verbose_name=_("customer"),
    )
    wording = models.ForeignKey(
        Wording, models.PROTECT, null=True, related_name="responses", verbose_name=_("wording")
    )
    language = models.CharField(_("language"), max_length=2, choices=languages.CHOICES)
    score = models.PositiveSmallIntegerField(_("score"), null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.COUNTED)
    why_excluded = models.CharField(_("why not counted"), max_length=10, blank=True, choices=Why)
    answered_at = models.DateTimeField(_("answered at"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)
    history: Any = HistoricalRecords(excluded_fields=["changed_at"])

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        ordering = ["-answered_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__range=(nps.LOWEST, nps.HIGHEST)),
                name="score_from_0_to_10",
            ),
            models.CheckConstraint(
                condition=~Q(score=None, comment=""), name="an_answer_says_something"
            ),
        ]
        indexes = [
            models.Index("survey", "answered_at", name="responses_of_a_survey_in_time"),
        ]

    def __str__(self) -> str:
        return f"{self.score}/10" if self.score is not None else self.comment[:40]

    @property
    def band(self) -> str | None:
        return nps.band(self.score) if self.score is not None else None

    @property
    def has_a_chosen_score(self) -> bool:
        """A person's, as far as we know: scanners press scores too, but they write nothing."""
        pressed = self.state != self.State.PROVISIONAL or bool(self.comment)
        return pressed and self.why_excluded != self.Why.SCAN
