"""The admin of reply templates. What is no merge field is told before it is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lib import admin_base
from lib.admin_base import DeskAdmin
from voc.models import ReplyTemplate
from voc.replies.merge_fields import said_of_unknown, unknown_in


class TemplateForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = ReplyTemplate
        fields = ["name", "language", "subject", "body"]
        widgets = {"body": admin_base.textarea(14)}
        help_texts = {
            "body": _(
                "{name}, {company}, {their_words} and {agent} are filled in: the customer's name, "
                "our company, what they said, and who answers."
            )
        }

    def clean(self) -> dict[str, Any]:
        for field in ("subject", "body"):
            if unknown := unknown_in(self.cleaned_data.get(field, "")):
                self.add_error(field, said_of_unknown(unknown))
        return self.cleaned_data


@admin.register(ReplyTemplate)
class ReplyTemplateAdmin(DeskAdmin):
    form = TemplateForm
    list_display = ["name", "language", "subject"]
    list_filter = ["language"]
    sortable_by = ["name"]
