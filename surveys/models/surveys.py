"""Surveys and waves: what is asked, and in which rounds."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib import languages
from surveys.models.wordings import Wording
from surveys.questions import default_wordings, kinds
from surveys.questions.kinds import SurveyKind


class SurveyQuerySet(models.QuerySet["Survey"]):
    def of_kind(self, kind: SurveyKind) -> SurveyQuerySet:
        return self.filter(kind=kind.key)

    def asked_by_mail(self) -> SurveyQuerySet:
        """Surveys that customers can be invited to."""
        return self.filter(kind__in=kinds.asked_by_mail())

    def with_a_public_page(self) -> SurveyQuerySet:
        """Surveys that whoever comes by may answer, without an invitation."""
        return self.filter(kind__in=kinds.with_a_public_page())

    def open_at(self, now: datetime) -> SurveyQuerySet:
        not_over = Q(closes_at=None) | Q(closes_at__gt=now)
        return self.filter(not_over, state=Survey.State.OPEN)

    def open_form(self, now: datetime) -> Survey | None:
        """The open form by which anybody may write to us; the newest when there are several."""
        newest_first = self.of_kind(kinds.FEEDBACK).order_by("-created_at", "-pk")
        return next((form for form in newest_first if form.is_open(now)), None)


class Survey(models.Model):
    """A survey: what we ask about, again and again, in waves."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    name = models.CharField(
        _("name"), max_length=200, help_text=_("For staff; customers never see it.")
    )
    slug = models.SlugField(_("short name in links"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=kinds.CHOICES, default=kinds.NPS.key)
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
        """The public page, of a survey that has one."""
        return reverse("surveys:form", args=[self.slug])

    @property
    def its_kind(self) -> SurveyKind:
        """The survey's row in the table of kinds."""
        return kinds.kind_called(self.kind)

    @property
    def is_asked_by_mail(self) -> bool:
        return bool(self.its_kind.mail)

    @property
    def has_a_public_page(self) -> bool:
        return bool(self.its_kind.public_page)

    def is_open(self, now: datetime) -> bool:
        return is_open(self.state, self.closes_at, now)

    def is_open_to_the_invited(self, now: datetime) -> bool:
        """True while it takes scores, by the link that came with a mail."""
        return bool(self.its_kind.page) and self.is_open(now)

    def is_open_to_all(self, now: datetime) -> bool:
        """True while it takes words on a public page."""
        return self.has_a_public_page and self.is_open(now)

    def wording(self, language: str) -> Wording:
        """The newest words in this language; else in whichever language there is."""
        return self.saved_wording(language) or self.standard_wording(language)

    def saved_wording(self, language: str) -> Wording | None:
        newest_last = reversed(self.wordings.all())
        by_language = {wording.language: wording for wording in newest_last}
        return languages.in_language(by_language, language) if by_language else None

    def standard_wording(self, language: str) -> Wording:
        """The standard words of its kind, not saved; blank where there are none."""
        return Wording(
            survey=self, language=language, **default_wordings.standard(self.kind, language)
        )

    def current_wave(self) -> Wave:
        """The wave that is being asked now; the first one is begun when there is none."""
        return self.waves.order_by("-number").first() or self.begin_wave()

    def lock(self) -> None:
        """Lock the survey: until the transaction ends nobody else numbers a wave or a wording."""
        Survey.objects.select_for_update().get(pk=self.pk)

    def complete_wordings(self) -> None:
        """Save the standard wording, if any, of each language that has none yet."""
        saved = set(self.wordings.values_list("language", flat=True))
        for language in languages.LANGUAGES.keys() - saved:
            wording = self.standard_wording(language)
            if wording.question:
                wording.save()

    @transaction.atomic
    def begin_wave(self) -> Wave:
        self.lock()
        last = self.waves.aggregate(models.Max("number"))["number__max"] or 0
        return self.waves.create(number=last + 1)


def is_open(state: str, closes_at: datetime | None, now: datetime) -> bool:
    """True for a survey in this state; for whoever has no more of it at hand."""
    return state == Survey.State.OPEN and (closes_at is None or now < closes_at)


class Wave(models.Model):
    """A wave: one round of asking a survey, in which each customer is asked once."""

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
