"""The list of what customers said: read it, narrow it, act on many at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lib.admin_base import person_at
from lib.text import one_line
from voc.admin.feedback import columns, filters, messages
from voc.admin.feedback.export import ExportingAdmin
from voc.admin.feedback.item import item_page
from voc.models import Feedback, FeedbackQuerySet, Move
from voc.triage import corrections, workflow
from voc.triage.forms import AssignForm, DismissForm, SentimentForm
from voc.triage.workflow import Moved

What = Move.What
QUOTED = 5
_BUTTONS = {
    What.ASSIGN: _("Hand over"),
    What.DISMISS: _("Dismiss"),
    What.SENTIMENT: _("Correct"),
    What.MACHINE: _("Let the machine read it again"),
}


@admin.register(Feedback)
class FeedbackAdmin(ExportingAdmin):
    """One line an item, what cannot wait first. State changes by verbs, each written down."""

    list_display = [
        "said",
        "score",
        "feeling",
        "what_intent",
        "what_topics",
        "what_status",
        "owner",
        "received",
    ]
    list_filter = [
        filters.Pile,
        filters.UrgencyChip,
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
    search_fields = ["text"]
    search_help_text = _("Search in what they said")
    ordering = ["-received_at", "-pk"]
    show_full_result_count = False
    list_fullwidth = True
    change_list_template = "admin/voc/feedback/list.html"
    actions = [
        "take",
        "assign",
        "dismiss",
        "reopen",
        "set_sentiment",
        "confirm",
        "read_again",
        "export",
    ]

    def get_queryset(self, request: HttpRequest) -> FeedbackQuerySet:
        return Feedback.objects.with_everything()

    def get_ordering(self, request: HttpRequest) -> Any:
        return Feedback.MOST_PRESSING_FIRST if filters.Pile.is_open(request) else self.ordering

    def get_search_results(
        self, request: HttpRequest, items: Any, search_term: str
    ) -> tuple[FeedbackQuerySet, bool]:
        return items.saying(search_term), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Words come in by voc/intake/capture.py; nobody makes them up here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("what they said"))
    def said(self, item: Feedback) -> SafeString:
        return columns.said(item)

    @admin.display(description=_("score"), ordering="response__score")
    def score(self, item: Feedback) -> SafeString | str:
        return columns.score(item)

    @admin.display(description=_("sentiment"))
    def feeling(self, item: Feedback) -> SafeString:
        return columns.feeling(item)

    @admin.display(description=_("intent"))
    def what_intent(self, item: Feedback) -> SafeString | str:
        return columns.intent(item)

    @admin.display(description=_("topics"))
    def what_topics(self, item: Feedback) -> SafeString:
        return columns.topics(item)

    @admin.display(description=_("status"))
    def what_status(self, item: Feedback) -> SafeString:
        return columns.status(item)

    @admin.display(description=_("received"), ordering="received_at")
    def received(self, item: Feedback) -> SafeString:
        return columns.received(item, timezone.now())

    @admin.action(description=_("Take on"), permissions=["change"])
    def take(self, request: HttpRequest, items: FeedbackQuerySet) -> None:
        messages.tell(self, request, What.TAKE, workflow.take(items, by=person_at(request)))

    @admin.action(description=_("Assign to…"), permissions=["change"])
    def assign(self, request: HttpRequest, items: FeedbackQuerySet) -> HttpResponse | None:
        title = gettext("Who looks after it?")
        return self._ask(request, items, What.ASSIGN, AssignForm, workflow.assign, title)

    @admin.action(description=_("Dismiss…"), permissions=["change"])
    def dismiss(self, request: HttpRequest, items: FeedbackQuerySet) -> HttpResponse | None:
        title = gettext("Why is nothing to be done about it?")
        return self._ask(request, items, What.DISMISS, DismissForm, workflow.dismiss, title)

    @admin.action(description=_("Open again"), permissions=["change"])
    def reopen(self, request: HttpRequest, items: FeedbackQuerySet) -> None:
        messages.tell(self, request, What.REOPEN, workflow.reopen(items, by=person_at(request)))

    @admin.action(description=_("Correct the sentiment…"), permissions=["change"])
    def set_sentiment(self, request: HttpRequest, items: FeedbackQuerySet) -> HttpResponse | None:
        title, verb = gettext("How do they feel?"), corrections.correct_sentiments
        return self._ask(request, items, What.SENTIMENT, SentimentForm, verb, title)

    @admin.action(description=_("The reading is right"), permissions=["change"])
    def confirm(self, request: HttpRequest, items: FeedbackQuerySet) -> None:
        messages.tell(
            self, request, What.CONFIRM, corrections.confirm(items, by=person_at(request))
        )

    @admin.action(description=_("Let the machine read it again"), permissions=["change"])
    def read_again(self, request: HttpRequest, items: FeedbackQuerySet) -> HttpResponse | None:
        """Also another try for what was set aside. What people said is taken back: asks first."""
        verb = corrections.let_the_machine_read
        if checked := items.touched().count():
            title = messages.TAKEN_BACK % {"n": checked}
            return self._ask(request, items, What.MACHINE, forms.Form, verb, title)
        messages.tell(self, request, What.MACHINE, verb(items, by=person_at(request)))
        return None

    def _ask(
        self,
        request: HttpRequest,
        items: FeedbackQuerySet,
        what: Move.What,
        form_class: type[forms.Form],
        verb: Callable[..., Moved],
        title: str,
    ) -> HttpResponse | None:
        """A page that asks for what the verb needs, until the answer is good."""
        form = form_class(request.POST if "asked" in request.POST else None)
        if form.is_valid():
            moved = verb(items, by=person_at(request), **form.cleaned_data)
            messages.tell(self, request, what, moved)
            return None
        return self.ask_first(
            request,
            items,
            action=request.POST["action"],
            title=title,
            template="voc/feedback/ask.html",
            form=form,
            button=_BUTTONS[what],
            lines=[one_line(item.text) for item in items[:QUOTED]],
            more=max(0, items.count() - QUOTED),
            back=request.POST.get("back", ""),
        )

    def response_action(
        self, request: HttpRequest, queryset: Any, *where: Any
    ) -> HttpResponse | None:
        """The buttons on an item's page are the list's actions; they lead back to the item."""
        response = super().response_action(request, queryset, *where)
        back = request.POST.get("back", "")
        if back.isdecimal() and isinstance(response, HttpResponseRedirect):
            return redirect("admin:voc_feedback_change", back)
        return response

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return item_page(self, request, object_id)
