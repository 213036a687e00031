"""The list of cases: one line a case, what is due first; their state changes by verbs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lib.access.shown import shows
from lib.admin_base import DeskRecords, one_line_cell, person_at
from lib.desk.history import Event
from voc import undo
from voc.admin.cases import actions, columns, filters
from voc.admin.cases.page import case_page
from voc.admin.cases.timeline import history_of
from voc.admin.feedback.ask_first import opened_item
from voc.admin.undo import undo_page
from voc.models import Case, CaseQuerySet


@admin.register(Case)
class CaseAdmin(DeskRecords):
    list_display = ["number", "said", "what_score", "who", "what_state", "whose", "due"]
    list_display_links = ["number", "said"]
    list_filter = [
        filters.CasePile,
        filters.CaseOwnerChip,
        filters.CaseBandChip,
        filters.RuleChip,
        filters.CaseSurveyChip,
        filters.TodayChip,
    ]
    search_fields = ["customer__search_text", "response__search_text"]
    ordering = ["-opened_at", "-pk"]
    list_fullwidth = True
    preserve_filters = False  # a case's page has a way back of its own
    change_list_template = "admin/voc/case/list.html"

    def get_urls(self) -> list[URLPattern]:
        undo_it = self.admin_site.admin_view(require_POST(self.undo))
        return [path("undo/", undo_it, name="voc_case_undo"), *super().get_urls()]

    def undo(self, request: HttpRequest) -> HttpResponse:
        return undo_page(self, request, undo.CASES)

    def get_queryset(self, request: HttpRequest) -> CaseQuerySet:
        return Case.objects.with_everything()

    def get_ordering(self, request: HttpRequest) -> Any:
        return ["due_at", "pk"] if filters.CasePile.is_by_due_time(request) else self.ordering

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return person_at(request).has_perm("voc.change_case")

    @admin.display(description=_("no."))
    def number(self, case: Case) -> str:
        return str(case)

    @shows("voc.feedback")
    @admin.display(description=_("what they said"))
    def said(self, case: Case) -> SafeString:
        return columns.said(case)

    @admin.display(description=_("score"), ordering="response__score")
    def what_score(self, case: Case) -> SafeString | str:
        return columns.score(case)

    @shows("surveys.customer")
    @admin.display(description=_("customer"), empty_value="–")
    def who(self, case: Case) -> SafeString | None:
        return one_line_cell(case.customer) if case.customer else None

    @admin.display(description=_("state"))
    def what_state(self, case: Case) -> SafeString:
        return columns.state(case)

    @admin.display(description=_("owner"))
    def whose(self, case: Case) -> SafeString:
        return columns.owner(case)

    @admin.display(description=_("due"), ordering="due_at")
    def due(self, case: Case) -> SafeString | str:
        return columns.due(case, timezone.now())

    def what_happened(self, request: HttpRequest, case: Case) -> Iterator[Event]:
        return history_of(case)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """The registered actions that this person may do."""
        offered = actions.offered_to(person_at(request))
        return {each.name: (each.act, each.name, each.label) for each in offered}

    def response_action(
        self, request: HttpRequest, queryset: Any, *where: Any
    ) -> HttpResponse | None:
        """The buttons on a case's page are the list's actions; they lead back to the case."""
        response = super().response_action(request, queryset, *where)
        case = opened_item(request)
        if case and isinstance(response, HttpResponseRedirect):
            return redirect("admin:voc_case_change", case)
        return response

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return case_page(self, request, object_id)
