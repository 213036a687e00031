"""The admin of replies: mails that answer customers, how each went, and where one is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lib.access.shown import shows
from lib.admin_base import one_line_cell
from lib.desk.history import UNKNOWN, Event
from lib.mail.admin import OutboxAdmin, StateFilter
from voc.admin.replies import page
from voc.admin.replies.panel import About
from voc.models import Case, Feedback, Reply, ReplyQuerySet


@admin.register(Reply)
class ReplyAdmin(OutboxAdmin):
    list_display = ["who", "what", "by", "what_state", "why", "when"]
    list_filter = [StateFilter]
    sortable_by = []
    search_fields = ["case__customer__search_text"]
    fields = ["case", "who", "by", "language", "subject", "body", "what_state", "why", "attempts",
              "written_at", "send_after", "handed_at", "settled_at"]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> ReplyQuerySet:
        return Reply.objects.select_related("case__customer", "by")

    @shows("surveys.customer")
    @admin.display(description=_("customer"), empty_value="–")
    def who(self, reply: Reply) -> str | None:
        return str(reply.case.customer) if reply.case.customer else None

    @admin.display(description=_("subject"))
    def what(self, reply: Reply) -> SafeString:
        return one_line_cell(reply.subject)

    def what_happened(self, request: HttpRequest, mail: Any) -> Iterator[Event]:
        yield Event(mail.written_at, _("written"), mail.by or UNKNOWN)
        yield from super().what_happened(request, mail)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("case/<int:case>/", view(self.about_case), name="voc_reply_case"),
            path("feedback/<int:feedback>/", view(self.about_feedback), name="voc_reply_feedback"),
            path("<int:pk>/undo/", view(self.undo), name="voc_reply_undo"),
        ]
        return [*own, *super().get_urls()]

    def about_case(self, request: HttpRequest, case: int) -> HttpResponse:
        found = Case.objects.select_related("customer").filter(pk=case).first()
        return page.reply_page(self, request, About(found)) if found else self._gone(request)

    def about_feedback(self, request: HttpRequest, feedback: int) -> HttpResponse:
        """The page of what somebody said; once it belongs to a case, that one's."""
        item = Feedback.objects.with_everything().filter(pk=feedback).first()
        if item is None:
            return self._gone(request)
        return page.reply_page(self, request, About(item.case, item))

    def undo(self, request: HttpRequest, pk: int) -> HttpResponse:
        reply = Reply.objects.select_related("case").filter(pk=pk).first()
        return page.undo(self, request, reply) if reply else self._gone(request)

    def _gone(self, request: HttpRequest) -> HttpResponse:
        message = gettext("There is nothing to answer there (any more).")
        self.message_user(request, message, messages.WARNING)
        return redirect("admin:voc_reply_changelist")
