"""Rules: which answers open a case by themselves, who gets it, and when it is due."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lib import languages
from surveys.models import Survey
from surveys.questions import kinds
from voc.models.choices import Sentiment, Urgency


class CaseRuleQuerySet(models.QuerySet["CaseRule"]):
    def switched_on(self) -> CaseRuleQuerySet:
        """Rules in use, in the order in which they are asked: the first that fits wins."""
        return self.exclude(on_since=None).order_by("position", "pk")


class CaseRule(models.Model):
    """A rule by which cases open: all its conditions hold. A condition left empty asks nothing."""

    class Gives(models.TextChoices):
        NOBODY = "nobody", _("to nobody: somebody takes it")
        ACCOUNT_OWNER = "attribute", _("to the owner of the customer's account")
        IN_TURN = "in_turn", _("to the people chosen, in turn")
        BY_LOAD = "by_load", _("to whoever of the people chosen has the fewest open cases")

    class AnyUrgency(models.TextChoices):
        ANY = "any", _("any: it cannot wait")

    name = models.CharField(_("name"), max_length=100, unique=True)
    position = models.PositiveSmallIntegerField(
        _("order"),
        default=100,
        help_text=_("Rules are asked from the lowest number up; the first that fits wins."),
    )
    on_since = models.DateTimeField(_("switched on"), null=True, editable=False)

    survey = models.ForeignKey(
        Survey,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("survey"),
        help_text=_("Nothing chosen: any; with a score, any NPS survey."),
    )
    score_at_most = models.PositiveSmallIntegerField(_("score at most"), null=True, blank=True)
    topic = models.ForeignKey(
        "voc.Topic",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("topic"),
    )
    sentiment = models.CharField(
        _("sentiment"), max_length=10, blank=True, choices=Sentiment.choices
    )
    urgency = models.CharField(
        _("urgency"),
        max_length=10,
        blank=True,
        choices=[*AnyUrgency.choices, *Urgency.choices],
    )
    attribute = models.CharField(
        _("attribute of the customer"),
        max_length=100,
        blank=True,
        help_text=_("Such as the tier of their account."),
    )
    attribute_value = models.CharField(_("is"), max_length=200, blank=True)
    words = models.TextField(
        _("words"),
        max_length=2_000,
        blank=True,
        help_text=_("One or more on a line: all of one line must stand in what they said."),
    )
    language = models.CharField(_("language"), max_length=10, blank=True, choices=languages.CHOICES)

    gives = models.CharField(_("who gets it"), max_length=10, choices=Gives, default=Gives.NOBODY)
    people: Any = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="+",
        verbose_name=_("people"),
        help_text=_("With one person chosen, they get every case."),
    )
    owner_attribute = models.CharField(
        _("attribute with the account's owner"),
        max_length=100,
        blank=True,
        help_text=_("It holds the user name or the mail address of somebody who works here."),
    )
    only_readers = models.BooleanField(
        _("only people who read the customer's language"), default=False
    )
    last_given = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    due_in_hours = models.PositiveSmallIntegerField(
        _("due in business hours"),
        null=True,
        blank=True,
        default=16,
        help_text=_("Empty: it has no due time."),
    )
    escalate_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("when overdue, tell"),
    )

    objects = CaseRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule for cases")
        verbose_name_plural = _("rules for cases")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(attribute="", attribute_value="")
                | ~Q(attribute="") & ~Q(attribute_value=""),
                name="an_attribute_has_a_value_to_be",
                violation_error_message=_(
                    "An attribute and its value belong together. Please write both, or neither."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(gives="attribute") | ~Q(owner_attribute=""),
                name="whose_account_it_is_stands_in_an_attribute",
                violation_error_message=_(
                    "Please write which attribute of the customer holds the account's owner."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_on(self) -> bool:
        return self.on_since is not None

    @property
    def asks_for_words(self) -> bool:
        """No answer without words can fit it."""
        return bool(self.topic_id or self.sentiment or self.urgency or self.lines_of_words)

    @property
    def lines_of_words(self) -> list[str]:
        return [line.strip() for line in self.words.splitlines() if line.strip()]

    @property
    def is_without_conditions(self) -> bool:
        others = (self.survey_id, self.attribute, self.language)
        return self.score_at_most is None and not self.asks_for_words and not any(others)

    def clean(self) -> None:
        """Refuse a score that its survey's scale does not have."""
        kind = self.survey.its_kind if self.survey else kinds.NPS
        if self.score_at_most is None:
            return
        if kind.scale is None:
            message = _("This survey asks for no score. Please leave the score empty.")
            raise ValidationError({"score_at_most": message})
        if self.score_at_most not in kind.scale:
            message = _("Scores go from %(lowest)d to %(highest)d here. Please write one of them.")
            params = {"lowest": kind.scale[0], "highest": kind.scale[-1]}
            raise ValidationError({"score_at_most": ValidationError(message, params=params)})
