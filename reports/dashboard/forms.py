"""The form of the reports page: the survey and the period to report on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from reports.metrics.periods import FIRST_DAY, LAST_DAY, Period
from surveys.models import Survey
from surveys.questions import kinds

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


class ReportForm(forms.Form):
    """Every choice stands in the address, so that a report can be shared."""

    survey = forms.ModelChoiceField(
        Survey.objects.of_kind(kinds.NPS),
        label=_("Survey"),
        to_field_name="slug",
        required=False,
        empty_label=_("all NPS® surveys"),
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

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or {}
        since, until = chosen.get("since"), chosen.get("until")
        if until and not since and "since" not in self.errors:
            self.add_error("since", _("Please say from which day, too."))
        if since and until and until < since:
            self.add_error("until", _("The last day comes before the first. Please swap them."))
        return chosen

    def days(self, today: date) -> Period | None:
        """The period of the days that were chosen one by one, both included."""
        since = self.cleaned_data["since"]
        if not since:
            return None
        until = self.cleaned_data["until"] or max(since, today)
        return Period.of_days(since, until)

    def preset(self) -> str:
        return self.cleaned_data["period"] or USUAL_PERIOD
