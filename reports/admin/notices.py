"""The admin of notices: the mails about fixes, and how each went."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from lib import admin_base
from lib.access.shown import shows
from lib.mail.admin import OutboxAdmin, StateFilter
from lib.text import shortened
from reports.models import Notice, NoticeQuerySet

LONGEST_NAME = 24  # characters of a fix, so that a notice stays one line


@admin.register(Notice)
class NoticeAdmin(OutboxAdmin):
    list_display = ["customer", "about", "what_state", "why", "when"]
    list_filter = [StateFilter, "fix"]
    sortable_by = ["customer"]
    search_fields = ["customer__search_text"]
    fields = ["customer", "fix", "feedback", "what_state", "why", "attempts", "send_after",
              "handed_at", "settled_at"]  # fmt: skip

    @shows("reports.fix")
    @admin.display(description=_("fix"), ordering="fix")
    def about(self, notice: Notice) -> SafeString:
        return admin_base.one_line_cell(shortened(str(notice.fix), LONGEST_NAME))

    def get_queryset(self, request: HttpRequest) -> NoticeQuerySet:
        return Notice.objects.with_everything()
