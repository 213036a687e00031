"""Colleagues: which languages they read, how they want to be told, and when they are away."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lib import languages


class Colleague(models.Model):
    """A person who works here. Who has no row reads all languages, and is told at once."""

    class Alerts(models.TextChoices):
        AT_ONCE = "at_once", _("a mail at once")
        EVERY_MORNING = "morning", _("one mail every morning")
        NONE = "none", _("no mail")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="colleague",
        verbose_name=_("person"),
    )
    reads = models.JSONField(
        _("reads"), default=list, blank=True, help_text=_("Nothing chosen: every language.")
    )
    alerts = models.CharField(_("alerts"), max_length=10, choices=Alerts, default=Alerts.AT_ONCE)
    language = models.CharField(
        _("language of mails"),
        max_length=2,
        choices=languages.CHOICES,
        default=languages.DEFAULT,
    )

    class Meta:
        verbose_name = _("person's settings")
        verbose_name_plural = _("people's settings")
        ordering = ["user__username"]

    def __str__(self) -> str:
        return str(self.user)

    def understands(self, language: str) -> bool:
        return not self.reads or language in self.reads


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> AbsenceQuerySet:
        return self.filter(first_day__lte=day, last_day__gte=day)

    def of(self, person: User) -> AbsenceQuerySet:
        return self.filter(person=person)


class Absence(models.Model):
    """Days on which somebody is away: rules give them no cases then."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="absences",
        verbose_name=_("person"),
    )
    first_day = models.DateField(_("first day away"))
    last_day = models.DateField(_("last day away"))

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["-first_day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="an_absence_ends_after_it_begins",
                violation_error_message=_(
                    "The last day comes before the first. Please correct one."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.first_day:%Y-%m-%d}–{self.last_day:%Y-%m-%d}"
