"""Forms of cases: to whom, why closed, due when, into which other case, and notes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lib import dates
from lib.admin_base import moment, textarea
from voc.models import Case, CaseNote

LONGEST_REASON = 300
FOR_COLLEAGUES = _("For your colleagues; the customer never sees it.")


def staff() -> Any:
    """Whoever can be given a case: the people who work here now."""
    return User.objects.filter(is_staff=True, is_active=True).order_by("username")


class AssignCaseForm(forms.Form):
    to = forms.ModelChoiceField(
        label=_("Owner"),
        queryset=User.objects.none(),
        empty_label=_("Choose a person"),
        error_messages={"required": _("Please choose who looks after it.")},
    )
    reason = forms.CharField(
        label=_("What was done so far"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=_("For whoever takes it over."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].queryset = staff()  # type: ignore[attr-defined]


class CloseCaseForm(forms.Form):
    because = forms.ChoiceField(
        label=_("Why"),
        choices=[each for each in Case.Because.choices if each[0] != Case.Because.DUPLICATE],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose why it is closed.")},
    )
    reason = forms.CharField(
        label=_("In your words"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=FOR_COLLEAGUES,
    )


class DueForm(forms.Form):
    due_at = forms.DateTimeField(
        label=_("due at"),
        widget=moment(),
        validators=[dates.near],
        error_messages={"required": _("Please say when it is due.")},
    )


class MergeForm(forms.Form):
    """Asks for the number of another case, which the customer has as well."""

    into = forms.IntegerField(
        label=_("Number of the other case"),
        min_value=1,
        max_value=2**62,
        error_messages={"required": _("Please write the number of the case that stays.")},
    )

    def clean_into(self) -> Case:
        found = Case.objects.filter(pk=self.cleaned_data["into"]).first()
        if found is None:
            raise forms.ValidationError(gettext("There is no case with this number."))
        if found.is_closed:
            raise forms.ValidationError(
                gettext("This case is closed. Please open it again first, or choose another.")
            )
        return found


class CaseNoteForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = CaseNote
        fields = ["text"]
        widgets = {"text": textarea(3)}
        error_messages = {"text": {"required": _("Please write a note first.")}}
