"""The list of imports, and the pages of each: preview, progress, report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lib import admin_base
from lib.admin_base import BAD, GOOD, PLAIN, WAITING, DeskRecords, display
from lib.desk.history import BY_ITSELF, UNKNOWN, Event
from lib.desk.progress import grouped
from surveys.admin.imports.preview import preview_page
from surveys.admin.imports.report import refused_table, report_page
from surveys.imports.kinds import KINDS, kind_of, kinds_seen_by
from surveys.models import Import, ImportQuerySet

SET_ASIDE = "set_aside"
COUNTED = ["added", "updated", "refused"]  # in the list
State = Import.State


class KindFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [(kind.key, str(kind.name)) for kind in kinds_seen_by(request.user)]

    def queryset(self, request: HttpRequest, imports: Any) -> Any:
        return imports.of_kinds([self.value()]) if self.value() in KINDS else imports


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        states = [(value, str(label)) for value, label in State.choices]
        return [*states, (SET_ASIDE, gettext("set aside"))]

    def queryset(self, request: HttpRequest, imports: Any) -> Any:
        if self.value() == SET_ASIDE:
            return imports.set_aside()
        return imports.filter(state=self.value()) if self.value() in State.values else imports


@admin.register(Import)
class ImportAdmin(DeskRecords):
    """The admin of imports. Who may see customers sees how theirs went; so with every kind."""

    list_display = ["file_name", "what", "what_state", "outcome", "by", "when"]
    list_filter = [StateFilter, KindFilter]
    list_select_related = ["by"]
    change_list_template = "admin/surveys/import/list.html"

    def get_queryset(self, request: HttpRequest) -> ImportQuerySet:
        return Import.objects.of_kinds([kind.key for kind in kinds_seen_by(request.user)])

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        kinds = [kind_of(obj)] if obj else KINDS.values()
        return any(kind.may_be_seen_by(request.user) for kind in kinds)

    def get_urls(self) -> list[URLPattern]:
        refused = self.admin_site.admin_view(self.refused_rows)
        mine = path("<int:pk>/refused/", refused, name="surveys_import_refused")
        return [mine, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        offered = [kind for kind in KINDS.values() if kind.may_be_imported_by(request.user)]
        return super().changelist_view(request, {**(extra_context or {}), "offered": offered})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        one = self.get_object(request, object_id)
        if one is None:
            return self._gone(request)
        if not self.has_view_permission(request, one):
            raise PermissionDenied
        page = preview_page if one.is_previewed else report_page
        return page(self, request, one)

    def refused_rows(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        one = self.get_object(request, str(pk))
        if not self.has_view_permission(request, one):
            raise PermissionDenied
        return refused_table(one) if one else self._gone(request)

    def _gone(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        self.message_user(request, gettext("There is no such import."))
        return redirect("admin:surveys_import_changelist")

    def what_happened(self, request: HttpRequest, one: Import) -> Iterator[Event]:
        yield Event(one.uploaded_at, _("uploaded"), one.by or UNKNOWN)
        if one.begun_at:
            yield Event(one.begun_at, _("import begun"), one.begun_by or UNKNOWN)
        if one.ended_at:
            yield Event(one.ended_at, one.get_state_display(), one.stopped_by or BY_ITSELF)

    @admin.display(description=_("kind"), ordering="kind")
    def what(self, one: Import) -> str:
        return str(kind_of(one).name)

    @display(
        description=_("state"),
        label={
            State.PREVIEWED: WAITING,
            State.WAITING: WAITING,
            State.RUNNING: WAITING,
            State.DONE: GOOD,
            State.STOPPED: PLAIN,
            State.FAILED: BAD,
            SET_ASIDE: BAD,
        },
    )
    def what_state(self, one: Import) -> tuple[str, str]:
        if one.is_set_aside:
            return SET_ASIDE, gettext("set aside")
        return one.state, str(one.get_state_display())

    @admin.display(description=_("outcome"), empty_value="–")
    def outcome(self, one: Import) -> str | None:
        if not one.done:
            return None
        counts = {name: grouped(getattr(one, name)) for name in COUNTED}
        return gettext("%(added)s added · %(updated)s updated · %(refused)s refused") % counts

    @admin.display(description=_("when"), ordering="uploaded_at")
    def when(self, one: Import) -> str:
        return admin_base.shortly(one.uploaded_at)
