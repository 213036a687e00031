"""What staff write about a fix, and what a reader of the reports may choose."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reports.models import Fix
from reports.periods import FIRST_DAY, LAST_DAY, Period
from surveys.models import Survey
from voc import privacy
from voc.models import FeedbackQuerySet, Topic

ALL = "all"
PERIODS = [
    ("1", _("this month")),
    ("3", _("3 months")),
    ("6", _("6 months")),
    ("12", _("12 months")),
    (ALL, _("all")),
]
USUAL = "6"
WORDS = ["you_said_ja", "you_said_en", "we_did_ja", "we_did_en"]


def _day(label: Any) -> forms.DateField:
    known = _("Please choose a day from 2000 to 2099.")
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput({"type": "date", "class": "field"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(FIRST_DAY, known), MaxValueValidator(LAST_DAY, known)],
        error_messages={"invalid": _("This is not a day. Please write it like 2026-04-01.")},
    )


class PublicWordsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Nobody's phone number goes public by mistake: what is found is told before it is saved.

    Who saves it all the same is believed that it is no mistake; public pages mask it anyway.
    """

    anyway = forms.BooleanField(
        label=_("Save it all the same; public pages show a neutral word in its place"),
        required=False,
    )

    def clean_anyway(self) -> bool:
        """The last field: what was written stands in cleaned_data, and stays there."""
        anyway = bool(self.cleaned_data["anyway"])
        warnings = [] if anyway else self._warnings()
        if warnings:
            raise ValidationError(warnings)
        return anyway

    def _warnings(self) -> list[str]:
        return [
            gettext(
                "“%(field)s” has personal data in it: %(found)s. Everyone may read this: please "
                "take it out."
            )
            % {"field": self[field].label, "found": found}
            for field in WORDS
            if (found := privacy.told(self.cleaned_data.get(field, "")))
        ]


class FixForm(PublicWordsForm):
    """Both languages side by side; one of each pair is enough."""

    topics = forms.ModelMultipleChoiceField(
        Topic.objects.in_use(),
        label=_("Topics"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Fix
        fields = ["you_said_ja", "you_said_en", "we_did_ja", "we_did_en", "topics", "public"]
        widgets = {field: forms.Textarea({"rows": 3}) for field in WORDS}

    @classmethod
    def about(cls, items: FeedbackQuerySet) -> dict[str, Any]:
        """To begin with: the topics of what was said."""
        return {"topics": Topic.objects.in_use().filter(tags__feedback__in=items).distinct()}

    @property
    def pairs(self) -> list[list[forms.BoundField]]:
        return [[self[WORDS[0]], self[WORDS[1]]], [self[WORDS[2]], self[WORDS[3]]]]


class AddToFixForm(forms.Form):
    fix = forms.ModelChoiceField(
        Fix.objects.order_by("state", "-recorded_at"),
        label=_("Fix"),
        empty_label=_("Choose a fix"),
        error_messages={"required": _("Please choose a fix, or record a new one.")},
    )


class ReportForm(forms.Form):
    """Every choice stands in the address, so that a report can be shared."""

    survey = forms.ModelChoiceField(
        Survey.objects.scored(),
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
        """The days that were chosen one by one, both included."""
        since = self.cleaned_data["since"]
        if not since:
            return None
        until = self.cleaned_data["until"] or max(since, today)
        return Period.of_days(since, until)

    def preset(self) -> str:
        return self.cleaned_data["period"] or USUAL
