"""The admin of invitations and skips: how each mail went, and who was not asked."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lib import admin_base
from lib.admin_base import DeskRecords
from lib.desk.history import BY_ITSELF, Event
from lib.mail.admin import OutboxAdmin, StateFilter
from surveys.models import Invitation, InvitationQuerySet, Skip, Survey


class SurveyFilter(admin.SimpleListFilter):
    title = _("survey")
    parameter_name = "survey"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [(str(survey.pk), survey.name) for survey in Survey.objects.asked_by_mail()]

    def queryset(self, request: HttpRequest, rows: QuerySet[Invitation]) -> QuerySet[Invitation]:
        known, chosen = {str(key) for key, _name in self.lookup_choices}, self.value() or ""
        return rows.filter(wave__survey=int(chosen)) if chosen in known else rows


@admin.register(Invitation)
class InvitationAdmin(OutboxAdmin):
    list_display = ["customer", "wave", "what_state", "why", "when"]
    list_filter = [StateFilter, SurveyFilter]
    list_select_related = ["customer", "wave__survey"]
    sortable_by = ["customer"]
    search_fields = ["customer__search_text"]
    fields = ["customer", "wave", "state", "why", "attempts", "send_after", "handed_at",
              "settled_at"]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> InvitationQuerySet:
        return Invitation.objects.with_everything()


@admin.register(Skip)
class SkipAdmin(DeskRecords):
    list_display = ["customer", "wave", "reason", "when"]
    list_filter = ["reason", SurveyFilter]
    list_select_related = ["customer", "wave__survey"]
    ordering = ["-pk"]  # as they came to be
    sortable_by = ["customer", "when"]
    search_fields = ["customer__search_text"]

    def what_happened(self, request: HttpRequest, skip: Skip) -> Iterator[Event]:
        yield Event(skip.at, _("not asked"), BY_ITSELF, str(skip.get_reason_display()))

    @admin.display(description=_("when"), ordering="pk")
    def when(self, skip: Skip) -> str:
        return admin_base.shortly(skip.at)
