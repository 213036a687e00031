"""The response: what a customer answered, whether it counts, and what it was before."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from lib import languages, search
from lib.text import cut
from surveys.models.customers import Customer
from surveys.models.invitations import Invitation
from surveys.models.surveys import Survey
from surveys.models.wordings import Wording
from surveys.questions import bands, kinds, nps
from surveys.questions.kinds import SurveyKind


class ResponseQuerySet(models.QuerySet["Response"]):
    def counted(self) -> ResponseQuerySet:
        return self.filter(state=Response.State.COUNTED)

    def of_kind(self, kind: SurveyKind) -> ResponseQuerySet:
        return self.filter(survey__kind=kind.key)

    def with_a_score(self) -> ResponseQuerySet:
        """Responses with a score, of any scale: to be shown one by one, and never added up."""
        return self.exclude(score=None)

    def scored(self, kind: SurveyKind) -> ResponseQuerySet:
        """Responses whose scores make the figure of this kind: they count, and are on its scale."""
        if kind.scale is None:
            return self.none()
        on_its_scale = self.filter(score__range=(kind.scale[0], kind.scale[-1]))
        return on_its_scale.of_kind(kind).counted()

    def pressed(self) -> ResponseQuerySet:
        """Responses that wait for no further press."""
        return self.exclude(state=Response.State.PROVISIONAL)

    def in_band(self, band: str) -> ResponseQuerySet:
        """Responses to NPS surveys in this band."""
        return self.of_kind(kinds.NPS).filter(bands.scored_in(band))

    def about(self, survey: Survey) -> ResponseQuerySet:
        return self.filter(survey=survey)

    def between(self, start: datetime, end: datetime) -> ResponseQuerySet:
        """Responses of the half-open interval, by when they were answered."""
        return self.filter(answered_at__gte=start, answered_at__lt=end)


class Response(models.Model):
    """A response: a score and, if we are lucky, the reason for it; or, from a form, words alone."""

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
    search_text = models.GeneratedField(
        expression=search.Folded("comment"), output_field=models.TextField(), db_persist=True
    )
    # Read by the response it is of, and by nothing else: an index more is written with each answer.
    history: Any = HistoricalRecords(
        excluded_fields=["changed_at", "search_text"],
        no_db_index=["survey", "invitation", "customer", "wording"],
    )

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
            models.Index(fields=["-answered_at", "-id"], name="responses_newest_first"),
            models.Index(fields=["score", "id"], name="responses_by_score"),
            models.Index(
                fields=["-answered_at", "-id"],
                name="responses_not_counted",
                condition=~Q(state="counted"),
            ),
        ]

    def __str__(self) -> str:
        return (
            cut(self.comment, 40)
            if self.score is None
            else self.survey.its_kind.written(self.score)
        )

    @property
    def band(self) -> str | None:
        """The name of the band its score falls in, by the kind of its survey."""
        return self.survey.its_kind.band(self.score)

    @property
    def has_a_chosen_score(self) -> bool:
        """True when a person chose it, as far as we know: scanners press, but write nothing."""
        pressed = self.state != self.State.PROVISIONAL or bool(self.comment)
        return pressed and self.why_excluded != self.Why.SCAN


search.has_index(Response, "search_text")
