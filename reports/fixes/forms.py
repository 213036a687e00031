"""Forms in which staff write about a fix."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lib.languages import fields
from reports.models import Fix
from voc.models import FeedbackQuerySet, Topic
from voc.privacy import labels

FIELD_PAIRS = [fields("you_said"), fields("we_did")]
PUBLIC_FIELDS = [field for pair in FIELD_PAIRS for field in pair]


class PublicWordsForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that warns of personal data before words go public by mistake.

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
            for field in PUBLIC_FIELDS
            if (found := labels.found_in(self.cleaned_data.get(field, "")))
        ]


class FixForm(PublicWordsForm):
    """A new fix, both languages side by side; one of each pair is enough."""

    topics = forms.ModelMultipleChoiceField(
        Topic.objects.in_use(),
        label=_("Topics"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Fix
        fields = [*PUBLIC_FIELDS, "topics", "public"]
        widgets = {field: forms.Textarea({"rows": 3}) for field in PUBLIC_FIELDS}

    @classmethod
    def about(cls, items: FeedbackQuerySet) -> dict[str, Any]:
        """Initial data: the topics of this feedback."""
        return {"topics": Topic.objects.in_use().filter(tags__feedback__in=items).distinct()}

    @property
    def is_warned(self) -> bool:
        """True if personal data was found, and maybe is to be saved all the same."""
        return bool(self["anyway"].errors or self["anyway"].value())

    @property
    def pairs(self) -> list[list[forms.BoundField]]:
        return [[self[field] for field in pair] for pair in FIELD_PAIRS]


class AddToFixForm(forms.Form):
    fix = forms.ModelChoiceField(
        Fix.objects.order_by("state", "-recorded_at"),
        label=_("Fix"),
        empty_label=_("Choose a fix"),
        error_messages={"required": _("Please choose a fix, or record a new one.")},
    )
