"""The log of exports, and the page of each: how far it is, its file for a day, what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lib.access.shown import may_see
from lib.admin_base import BAD, GOOD, PLAIN, WAITING, DeskRecords, display, person_at
from lib.desk.history import BY_ITSELF, UNKNOWN, Event
from lib.desk.progress import REFRESH_SECONDS, SLOW_TO_BEGIN, duration, grouped, time_left
from voc.exports import ask
from voc.exports.download import content_of
from voc.models import Export, ExportQuerySet

State = Export.State

ENDINGS = {
    State.DONE: _("complete"),
    State.STOPPED: _("stopped"),
    State.REFUSED: _("no longer allowed"),
    State.FAILED: _("broke off"),
}


def may_see_exports(request: HttpRequest) -> bool:
    """The permission of the link to the list: whoever can export sees their own."""
    return may_see(request.user, Export) or may_see(request.user, "voc.feedback")


def file_name(at: datetime) -> str:
    return f"todoku-feedback-{timezone.localtime(at):%Y-%m-%d}.csv"


@admin.register(Export)
class ExportAdmin(DeskRecords):
    """The admin of exports. Whoever exports sees their own; to see all takes a right of its own."""

    list_display = ["at", "by", "how_many", "masked", "what_state"]
    list_filter = ["masked", "state", "by"]
    list_select_related = ["by"]

    def get_queryset(self, request: HttpRequest) -> ExportQuerySet:
        every = Export.objects.select_related("by")
        return every if may_see(request.user, Export) else every.asked_by(request.user)

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        filters = super().get_list_filter(request)
        return filters if may_see(request.user, Export) else [f for f in filters if f != "by"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_see_exports(request)

    def has_view_permission(self, request: HttpRequest, obj: Export | None = None) -> bool:
        is_theirs = obj is None or obj.by_id == request.user.pk
        return may_see(request.user, Export) or (is_theirs and may_see_exports(request))

    def get_urls(self) -> list[URLPattern]:
        download = self.admin_site.admin_view(self.download)
        mine = path("<int:pk>/download/", download, name="voc_export_download")
        return [mine, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        export = self.get_object(request, object_id)
        if export is None:
            return self._gone(request)
        if not self.has_view_permission(request, export):
            raise PermissionDenied
        if request.method == "POST":
            return self._act(request, export)
        return self._page(request, export)

    def download(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The file, for whoever asked for it; after its day the page that says so."""
        export = self.get_object(request, str(pk))
        if export is None:
            return self._gone(request)
        if not export.may_be_taken_by(request.user):
            raise PermissionDenied
        if not export.is_kept(timezone.now()):
            return redirect("admin:voc_export_change", pk)
        return StreamingHttpResponse(
            () if request.method == "HEAD" else content_of(export),
            content_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="{file_name(export.at)}"',
                "Content-Length": str(export.size),
            },
        )

    def _gone(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        self.message_user(request, gettext("There is no such export."))
        return redirect("admin:voc_export_changelist")

    def _act(self, request: HttpRequest, export: Export) -> HttpResponse:
        if export.by_id != person_at(request).pk:
            raise PermissionDenied
        if "stop" in request.POST:
            if ask.stop(export, now=timezone.now()):
                self.message_user(request, gettext("Stopped. What was written so far is deleted."))
            else:
                already = gettext("It had ended already; nothing was stopped.")
                self.message_user(request, already, messages.WARNING)
        elif "again" in request.POST:
            ask.try_again(export)
        return redirect(request.path)

    def _page(self, request: HttpRequest, export: Export) -> HttpResponse:
        now = timezone.now()
        page = self.page(
            request,
            "voc/export/export.html",
            gettext("Export"),
            heading=gettext("Feedback as a table"),
            is_wide=True,
            export=export,
            is_theirs=export.by_id == request.user.pk,
            may_take=export.may_be_taken_by(request.user),
            is_kept=export.is_kept(now),
            counts=_counts(export),
            progress=_progress(export),
            took=duration((export.ended_at or now) - (export.begun_at or now)),
            rest=_rest(export, now),
            is_slow=export.state == State.WAITING and now - export.at > SLOW_TO_BEGIN,
        )
        if export.is_unfinished and not export.is_set_aside:
            page["Refresh"] = str(REFRESH_SECONDS)
        return page

    def what_happened(self, request: HttpRequest, export: Export) -> Iterator[Event]:
        if export.was_handed_over_at_once:
            yield Event(export.at, _("downloaded"), export.by or UNKNOWN)
            return
        yield Event(export.at, _("asked for"), export.by or UNKNOWN)
        if export.ended_at:
            by = export.by if export.state == State.STOPPED else None
            yield Event(export.ended_at, ENDINGS[State(export.state)], by or BY_ITSELF)
        if export.kept_until and not export.is_kept(timezone.now()):
            yield Event(export.kept_until, _("file deleted"), BY_ITSELF)

    @admin.display(description=_("items"), ordering="items")
    def how_many(self, export: Export) -> str:
        """All of a complete one; of another, how far it came."""
        return _progress(export) if export.is_unfinished else grouped(export.lines)

    @display(
        description=_("state"),
        label={
            State.WAITING: WAITING,
            State.RUNNING: WAITING,
            State.DONE: GOOD,
            State.STOPPED: PLAIN,
            State.REFUSED: BAD,
            State.FAILED: BAD,
        },
    )
    def what_state(self, export: Export) -> tuple[str, str]:
        state = State.FAILED if export.is_set_aside else State(export.state)
        return state, str(state.label)


def _counts(export: Export) -> list[tuple[str, str, str]]:
    """For each its tone, its word and how many."""
    counts = [("done" if export.is_done else "unknown", gettext("lines"), export.lines)]
    if export.gone:
        counts.append(("negative", gettext("deleted meanwhile"), export.gone))
    return [(tone, word, grouped(n)) for tone, word, n in counts]


def _progress(export: Export) -> str:
    words = {"done": grouped(export.done), "total": grouped(export.items)}
    return gettext("%(done)s of %(total)s lines") % words


def _rest(export: Export, now: datetime) -> str:
    """How long it will still take, if it goes on as it went so far."""
    if not (export.is_unfinished and export.done and export.begun_at):
        return ""
    return time_left(export.done, export.items, export.begun_at, now)
