"""Wordings: the words a survey asks with, in each language and version."""

from __future__ import annotations

from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from lib import languages


class WordingQuerySet(models.QuerySet["Wording"]):
    def newest(self) -> WordingQuerySet:
        """Wordings that are asked with now, one a language."""
        return self.exclude(self._revised())

    def revised(self) -> WordingQuerySet:
        """Earlier wordings; the answers to them keep these words."""
        return self.filter(self._revised())

    def shown_as(self, key: str) -> Wording | None:
        """The wording whose id a page sent back; None for whatever else was sent in its place."""
        return next((wording for wording in self if str(wording.pk) == key), None)

    def _revised(self) -> Exists:
        same = Wording.objects.filter(survey=OuterRef("survey"), language=OuterRef("language"))
        return Exists(same.filter(version__gt=OuterRef("version")))


class Wording(models.Model):
    """A wording: how a survey asks, in one language. An answer keeps the one it was asked with."""

    survey = models.ForeignKey(
        "Survey", models.CASCADE, related_name="wordings", verbose_name=_("survey")
    )
    language = models.CharField(_("language"), max_length=2, choices=languages.CHOICES)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    question = models.CharField(_("question"), max_length=300)
    lowest_label = models.CharField(_("label at 0"), max_length=60, blank=True)
    highest_label = models.CharField(_("label at 10"), max_length=60, blank=True)
    follow_up = models.CharField(_("then ask"), max_length=300, blank=True)
    follow_up_promoters = models.CharField(
        _("then ask promoters (9–10)"), max_length=300, blank=True
    )
    follow_up_passives = models.CharField(_("then ask passives (7–8)"), max_length=300, blank=True)
    follow_up_detractors = models.CharField(
        _("then ask detractors (0–6)"), max_length=300, blank=True
    )
    thanks = models.TextField(_("thanks"), blank=True)
    thanks_promoters = models.TextField(_("thanks to promoters (9–10)"), blank=True)
    thanks_passives = models.TextField(_("thanks to passives (7–8)"), blank=True)
    thanks_detractors = models.TextField(_("thanks to detractors (0–6)"), blank=True)

    objects = WordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        ordering = ["survey", "language", "-version"]
        constraints = [
            models.UniqueConstraint(
                "survey", "language", "version", name="one_wording_per_language_and_version"
            ),
        ]

    def __str__(self) -> str:
        words = {"language": self.get_language_display(), "version": self.version}
        return str(_("%(language)s, version %(version)d") % words)

    @property
    def questions(self) -> list[str]:
        """Every question it may ask."""
        follow_ups = (self.follow_up_promoters, self.follow_up_passives, self.follow_up_detractors)
        return [words for words in (self.question, self.follow_up, *follow_ups) if words]

    @property
    def everything(self) -> tuple[object, ...]:
        """All that its row says: no two wordings have this in common, nor one that was revised."""
        return tuple(getattr(self, each.attname) for each in self._meta.concrete_fields)

    def follow_up_to(self, score: int | None) -> str:
        """The question for whoever gave this score."""
        return self._by_band("follow_up", score)

    def thanks_for(self, score: int | None) -> str:
        return self._by_band("thanks", score)

    def _by_band(self, field: str, score: int | None) -> str:
        band, general = self.survey.its_kind.band(score), str(getattr(self, field))
        return str(getattr(self, f"{field}_{band}s")) or general if band else general

    @transaction.atomic
    def revise(self, **changes: str) -> Wording:
        """Save the changes; a wording that was answered stays, and they become its next version."""
        self.survey.lock()
        for field, value in changes.items():
            setattr(self, field, value)
        if self.responses.exists():
            self.pk, self._state.adding = None, True
            newest = self.survey.wordings.filter(language=self.language).latest("version")
            self.version = newest.version + 1
        self.save()
        return self
