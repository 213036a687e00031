"""Who is asked, what, and what they answered. Read from top to bottom it is the story of asking."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Count, Func, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from lib import tokens
from lib.mail.outbox import Letter, LetterQuerySet
from surveys import nps, words
from surveys.customers import Customer as Customer
from surveys.customers import CustomerQuerySet as CustomerQuerySet
from surveys.customers import Language as Language
from surveys.wordings import Wording as Wording

PROMOTER = Q(score__gte=nps.PROMOTER_FROM)
PASSIVE = Q(score__gte=nps.PASSIVE_FROM, score__lt=nps.PROMOTER_FROM)
DETRACTOR = Q(score__lt=nps.PASSIVE_FROM)
BANDS = {"promoter": PROMOTER, "passive": PASSIVE, "detractor": DETRACTOR}


class SurveyQuerySet(models.QuerySet["Survey"]):
    def scored(self) -> SurveyQuerySet:
        return self.filter(kind=Survey.Kind.NPS)

    def open_at(self, now: datetime) -> SurveyQuerySet:
        not_over = Q(closes_at=None) | Q(closes_at__gt=now)
        return self.filter(not_over, state=Survey.State.OPEN)

    def with_counts(self) -> SurveyQuerySet:
        """`asked`: mails that arrived, as far as we know; `answered`: responses that count."""
        asked = Invitation.objects.sent().filter(wave__survey=OuterRef("pk"))
        answered = Response.objects.counted().filter(survey=OuterRef("pk"))
        return self.annotate(asked=_how_many(asked), answered=_how_many(answered))

    def forms(self) -> SurveyQuerySet:
        """Open to whoever comes by, without an invitation."""
        return self.filter(kind=Survey.Kind.FEEDBACK)

    def open_form(self, now: datetime) -> Survey | None:
        """Where anybody may write to us; the newest when there are several."""
        newest_first = self.forms().order_by("-created_at", "-pk")
        return next((form for form in newest_first if form.is_open(now)), None)


def _how_many(rows: models.QuerySet[Any]) -> Subquery:
    return Subquery(rows.order_by().values(n=Func("pk", function="COUNT"))[:1])


class Survey(models.Model):
    """One thing we ask about, again and again."""

    class Kind(models.TextChoices):
        NPS = "nps", _("NPS® survey")
        FEEDBACK = "feedback", _("feedback form")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    name = models.CharField(
        _("name"), max_length=200, help_text=_("For staff; customers never see it.")
    )
    slug = models.SlugField(_("short name in links"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.NPS)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    closes_at = models.DateTimeField(
        _("closes at"), null=True, blank=True, help_text=_("Leave empty to keep it open.")
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public page of a feedback form."""
        return reverse("surveys:form", args=[self.slug])

    def is_open(self, now: datetime) -> bool:
        return self.state == self.State.OPEN and (self.closes_at is None or now < self.closes_at)

    def wording(self, language: str) -> Wording:
        """The newest words in this language; else in whichever language there is."""
        return self.saved_wording(language) or self.standard_wording(language)

    def saved_wording(self, language: str) -> Wording | None:
        there = list(self.wordings.all())  # newest first in each language
        return next((w for w in there if w.language == language), there[0] if there else None)

    def standard_wording(self, language: str) -> Wording:
        """Not saved."""
        return Wording(survey=self, language=language, **words.standard(self.kind, language))

    def current_wave(self) -> Wave:
        """The wave that is being asked now; the first one is begun when there is none."""
        return self.waves.order_by("-number").first() or self.begin_wave()

    def lock(self) -> None:
        """Until the transaction ends, nobody else numbers a wave or a wording."""
        Survey.objects.select_for_update().get(pk=self.pk)

    def complete_wordings(self) -> None:
        """Every language has words; those that nobody wrote get the standard ones."""
        there = set(self.wordings.values_list("language", flat=True))
        for language in set(Language.values) - there:
            self.standard_wording(language).save()

    @transaction.atomic
    def begin_wave(self) -> Wave:
        self.lock()
        last = self.waves.aggregate(models.Max("number"))["number__max"] or 0
        return self.waves.create(number=last + 1)


class Wave(models.Model):
    """One round of asking a survey: each customer is asked once in it."""

    survey = models.ForeignKey(
        Survey, models.CASCADE, related_name="waves", verbose_name=_("survey")
    )
    number = models.PositiveIntegerField(_("number"))
    begun_at = models.DateTimeField(_("begun at"), default=timezone.now)

    class Meta:
        verbose_name = _("wave")
        verbose_name_plural = _("waves")
        ordering = ["survey", "-number"]
        constraints = [models.UniqueConstraint("survey", "number", name="number_waves_once")]

    def __str__(self) -> str:
        return f"{self.survey} #{self.number}"


class InvitationQuerySet(LetterQuerySet["Invitation"]):
    def reaching(self, since: datetime) -> InvitationQuerySet:
        """Sent since then, or still on their way: these customers need not be asked again now."""
        gone = Q(outcome__in=[Letter.Outcome.SENT, Letter.Outcome.UNCERTAIN], handed_at__gt=since)
        return self.filter(gone | Q(outcome=None))

    def about(self, survey: Survey) -> InvitationQuerySet:
        return self.filter(wave__survey=survey)

    def in_wave(self, wave: Wave | None) -> InvitationQuerySet:
        return self.filter(wave=wave) if wave else self.none()

    def to(self, customer_ids: Collection[int]) -> InvitationQuerySet:
        return self.filter(customer__in=customer_ids)

    def when_last_sent(self) -> Subquery:
        """For `annotate` on customers."""
        to_them = self.sent().filter(customer=OuterRef("pk")).order_by("-handed_at")
        return Subquery(to_them.values("handed_at")[:1])

    def with_everything(self) -> InvitationQuerySet:
        return self.select_related("wave__survey", "customer")


class Invitation(Letter):
    """One survey put to one customer, once in a wave."""

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
        ]

    def __str__(self) -> str:
        return f"{self.wave} → {self.customer}"

    @property
    def token(self) -> str:
        return tokens.make("answer", self.pk)

    def get_absolute_url(self) -> str:
        return reverse("surveys:answer", args=[self.token])


class Skip(models.Model):
    """Someone who was not asked in a wave, and why."""

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
        return f"{self.customer}: {self.get_reason_display()}"


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
    language = models.CharField(_("language"), max_length=2, choices=Language)
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


class Knock(models.Model):
    """Somebody posted to a public form. Kept for a day, to slow down whoever posts too much."""

    door = models.CharField(max_length=60)
    who = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index("door", "who", "at", name="knocks_at_a_door")]

    def __str__(self) -> str:
        return f"{self.door} {self.at:%H:%M}"
