"""How each notice went."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from reports.models import Notice, NoticeQuerySet
from surveys.admin.invitations import LetterAdmin, StateFilter


@admin.register(Notice)
class NoticeAdmin(LetterAdmin):
    list_display = ["customer", "fix", "what_state", "why", "attempts", "send_after", "settled_at"]
    list_filter = [StateFilter, "fix"]
    search_fields = ["customer__email", "customer__name"]
    fields = ["customer", "fix", "feedback", "what_state", "why", "attempts", "send_after",
              "handed_at", "settled_at"]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> NoticeQuerySet:
        return Notice.objects.with_everything()
