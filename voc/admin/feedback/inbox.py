"""The inbox: the list of feedback, to read, filter, search, and act on many at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lib.access.shown import may_see
from lib.admin_base import DeskAdmin, page_button, person_at
from lib.desk.history import Event
from lib.desk.pages import KeysetChangeList
from surveys.admin.imports.upload import upload_page
from surveys.models import Customer
from voc import undo
from voc.admin.feedback import actions, columns, filters
from voc.admin.feedback.ask_first import opened_item
from voc.admin.feedback.item import item_page
from voc.admin.feedback.record import record_page
from voc.admin.feedback.timeline import history_of
from voc.admin.undo import undo_page
from voc.intake.import_kind import FEEDBACK
from voc.models import Feedback, FeedbackQuerySet


class Inbox(KeysetChangeList):
    """The list, which shows in each line what was searched for, as the page of each item does."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if not may_see(person_at(request), Customer):
            self.search_help_text = _("Search in what they said")
        for item in self.result_list:
            item.looked_for = self.query

    def url_for_result(self, result: Feedback) -> str:
        address: str = super().url_for_result(result)
        return f"{address}?{urlencode({SEARCH_VAR: self.query})}" if self.query else address


@admin.register(Feedback)
class FeedbackAdmin(DeskAdmin):
    """The admin of feedback: one line an item, what cannot wait first; status changes by verbs."""

    list_display = [
        "said",
        "score_and_feeling",
        "what_topics",
        "intent_and_status",
        "received",
    ]
    list_filter = [
        filters.Pile,
        filters.UrgencyChip,
        filters.AbuseChip,
        filters.IntentChip,
        filters.FeelingChip,
        filters.TopicChip,
        filters.BandChip,
        filters.DoubtChip,
        filters.ChannelChip,
        filters.LanguageChip,
        filters.OwnerChip,
        filters.ReceivedChip,
        filters.SurveyChip,
    ]
    search_fields = ["search_text", "search_words", "customer__search_text"]
    search_help_text = _("Search in what they said, or by the customer")
    ordering = ["-received_at", "-pk"]
    list_fullwidth = True
    never_null_in_lists = ("priority",)
    labels_on_phones = False
    plain_cells = ("score_and_feeling", "what_topics", "intent_and_status")
    preserve_filters = False  # an item's page has a way back of its own
    change_list_template = "admin/voc/feedback/list.html"
    actions_list = ["import_feedback"]

    def get_urls(self) -> list[URLPattern]:
        undo_it = self.admin_site.admin_view(require_POST(self.undo))
        record = self.admin_site.admin_view(partial(record_page, self))
        mine = [
            path("undo/", undo_it, name="voc_feedback_undo"),
            path("<path:object_id>/record/", record, name="voc_feedback_record"),
        ]
        return [*mine, *super().get_urls()]

    def undo(self, request: HttpRequest) -> HttpResponse:
        return undo_page(self, request, undo.FEEDBACK)

    def get_queryset(self, request: HttpRequest) -> FeedbackQuerySet:
        return Feedback.objects.with_everything()

    def as_listed(self, rows: Any) -> FeedbackQuerySet:
        items: FeedbackQuerySet = rows
        return items.as_listed()

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        return Inbox

    def get_ordering(self, request: HttpRequest) -> Any:
        return Feedback.MOST_PRESSING_FIRST if filters.Pile.is_open(request) else self.ordering

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Words come in by voc/intake/capture.py; nobody makes them up here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_import_permission(self, request: HttpRequest) -> bool:
        return FEEDBACK.may_be_imported_by(request.user)

    @page_button(
        description=_("Import feedback"),
        url_path="import",
        icon="upload",
        permissions=["import"],
    )
    def import_feedback(self, request: HttpRequest) -> HttpResponse:
        return upload_page(self, request, FEEDBACK)

    @admin.display(description=_("what they said"))
    def said(self, item: Feedback) -> SafeString:
        return columns.said(item)

    @admin.display(description=_("score, sentiment"), ordering="response__score")
    def score_and_feeling(self, item: Feedback) -> SafeString:
        return columns.pair(columns.score(item), columns.feeling(item))

    @admin.display(description=_("topics"))
    def what_topics(self, item: Feedback) -> SafeString:
        return columns.topics(item)

    @admin.display(description=_("intent, status"))
    def intent_and_status(self, item: Feedback) -> SafeString:
        return columns.pair(columns.intent(item), columns.status(item))

    @admin.display(description=_("received, owner"), ordering="received_at")
    def received(self, item: Feedback) -> SafeString:
        return columns.pair(columns.received(item, timezone.now()), columns.owner(item))

    def what_happened(self, request: HttpRequest, item: Feedback) -> Iterator[Event]:
        return history_of(item)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """The registered actions that this person may do."""
        offered = actions.offered_to(person_at(request))
        return {each.name: (each.act, each.name, each.label) for each in offered}

    def response_action(
        self, request: HttpRequest, queryset: Any, *where: Any
    ) -> HttpResponse | None:
        """The buttons on an item's page are the list's actions; they lead back to the item."""
        response = super().response_action(request, queryset, *where)
        item = opened_item(request)
        if item and isinstance(response, HttpResponseRedirect):
            return redirect("admin:voc_feedback_change", item)
        return response

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return item_page(self, request, object_id)
