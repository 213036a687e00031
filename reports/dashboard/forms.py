"""The form of the reports page: the survey and the period to report on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reports.metrics.periods import FIRST_DAY, LAST_DAY, Period, day_of
from reports.metrics.scope import Scope, SurveyChoice, usual_survey

TOGETHER = "*"  # no survey can have it for a short name
ALL_TIME = "all"
PERIODS = [
    ("1", _("this month")),
    ("3", _("3 months")),
    ("6", _("6 months")),
    ("12", _("12 months")),
    (ALL_TIME, _("all")),
]
USUAL_PERIOD = "6"


def _day(label: Any) -> forms.DateField:
    known = _("Please choose a day from 2000 to 2099.")
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput({"type": "date", "class": "field"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(FIRST_DAY, known), MaxValueValidator(LAST_DAY, known)],
        error_messages={"invalid": _("This is not a day. Please write it like 2026-04-01.")},
    )


def _named(surveys: Sequence[SurveyChoice]) -> list[tuple[str, str]]:
    return [(each.survey.slug, each.survey.name) for each in surveys]


class ReportForm(forms.Form):
    """Every choice stands in the address, so that a report can be shared.

    `surveys` are those of `surveys_to_choose`. An address without a survey asks for the usual one.
    """

    survey = forms.ChoiceField(
        label=_("Survey"),
        required=False,
        widget=forms.Select({"class": "field"}),
        error_messages={
            "invalid_choice": _("There is no such survey. Please choose one of the list.")
        },
    )
    period = forms.ChoiceField(
        label=_("period"),
        choices=PERIODS,
        required=False,
        error_messages={
            "invalid_choice": _("There is no such period. Please choose one of those above.")
        },
    )
    since = _day(_("From"))
    until = _day(_("to"))

    def __init__(
        self,
        given: Any,
        *,
        surveys: Sequence[SurveyChoice],
        now: datetime,
        zone: tzinfo,
        **more: Any,
    ) -> None:
        super().__init__(given, **more)
        self.surveys, self.zone, self.today = surveys, zone, day_of(now, zone)
        self.usual = usual_survey(surveys, now)
        field: Any = self.fields["survey"]
        field.choices = [("", self._usual_choice()), *_named(surveys)]
        if len(surveys) > 1:
            field.choices += [(TOGETHER, _("all NPS® surveys, added up"))]

    def _usual_choice(self) -> str:
        if self.usual is None:
            return gettext("no survey was answered yet")
        return gettext("%(survey)s (usual)") % {"survey": self.usual}

    def clean_since(self) -> date | None:
        since: date | None = self.cleaned_data["since"]
        if since and since > self.today:
            raise ValidationError(_("This day has not come yet. Please choose an earlier one."))
        return since

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or {}
        since, until = chosen.get("since"), chosen.get("until")
        if until and not since and "since" not in self.errors:
            self.add_error("since", _("Please say from which day, too."))
        if since and until and until < since:
            self.add_error("until", _("The last day comes before the first. Please swap them."))
        return chosen

    @property
    def is_of_all(self) -> bool:
        return bool(self.cleaned_data["survey"] == TOGETHER)

    @property
    def is_compared(self) -> bool:
        """False where nothing lies before, and where a change may be one of the mixture alone."""
        begins_first = not self.cleaned_data["since"] and self.preset() == ALL_TIME
        return not (self.is_of_all or begins_first)

    def surveys_added_up(self) -> int:
        return sum(bool(each.began) for each in self.surveys) if self.is_of_all else 1

    def scope(self) -> Scope:
        """The scope that was chosen."""
        slug = self.cleaned_data["survey"]
        if self.is_of_all:
            return Scope(self.zone, every_channel=True)
        if not slug:
            return Scope(self.zone, survey=self.usual, every_channel=True)
        return Scope(
            self.zone, survey=next(s.survey for s in self.surveys if s.survey.slug == slug)
        )

    def began(self) -> date | None:
        """The day of the first answer in that scope."""
        survey = self.scope().survey
        moments = [
            each.began
            for each in self.surveys
            if each.began and (self.is_of_all or each.survey == survey)
        ]
        return day_of(min(moments), self.zone) if moments else None

    def days(self) -> Period | None:
        """The period of the days that were chosen one by one, both included."""
        since = self.cleaned_data["since"]
        return Period.of_days(since, self.cleaned_data["until"] or self.today) if since else None

    def preset(self) -> str:
        return self.cleaned_data["period"] or USUAL_PERIOD
