"""The admin of topics: the list, and the addresses of every page about one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext

from lib.admin_base import DeskAdmin
from lib.desk.history import Event
from lib.languages import fields
from voc import reanalysis
from voc.admin.topics import add, edit, move_and_merge, preview, reanalysis_page, tree
from voc.admin.topics.changes import phrases_changed
from voc.admin.topics.preview_tables import ReanalysisProgress
from voc.models import Topic, TopicQuerySet

Page = Callable[..., HttpResponse]


@admin.register(Topic)
class TopicAdmin(DeskAdmin):
    """The admin of topics. A key never changes, nothing is deleted; all else is done by verbs."""

    search_fields = [f"{field}__folded" for field in ("key", *fields("name"))]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes a topic: what was found stays found. It is taken out of use."""
        return False

    def get_search_results(
        self, request: HttpRequest, topics: QuerySet[Any], search_term: str
    ) -> tuple[TopicQuerySet, bool]:
        """Topics in use, for fields of other pages that ask for one."""
        found, doubled = super().get_search_results(request, topics, search_term)
        return found.in_use(), doubled  # type: ignore[attr-defined]

    def what_happened(self, request: HttpRequest, topic: Topic) -> Iterator[Event]:
        return phrases_changed(topic)

    def get_urls(self) -> list[URLPattern]:
        mine = [
            path(
                "reanalysis/",
                self._view(reanalysis_page.reanalysis_page),
                name="voc_topic_reanalysis",
            ),
            path(
                "<int:topic>/phrases/<int:phrase_change>/",
                self._about(preview.preview_page),
                name="voc_phrase_change",
            ),
            path(
                "<int:topic>/merge/",
                self._changing(move_and_merge.merge_page),
                name="voc_topic_merge",
            ),
            path(
                "<int:topic>/move/",
                self._changing(move_and_merge.move_page),
                name="voc_topic_move",
            ),
            path(
                "<int:topic>/archive/",
                self._changing(move_and_merge.archive_page),
                name="voc_topic_archive",
            ),
            path(
                "<int:topic>/restore/",
                self._changing(move_and_merge.restore_page),
                name="voc_topic_restore",
            ),
        ]
        return [*mine, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        rows = tree.topic_rows()
        latest = reanalysis.latest()
        return self.page(
            request,
            "voc/topic/list.html",
            gettext("Topics"),
            rows=[row for row in rows if not row.topic.archived],
            archived=[row for row in rows if row.topic.archived],
            latest=latest if latest and not latest.is_done else None,
            progress=ReanalysisProgress.of(latest) if latest else None,
            may_add=self.has_add_permission(request),
        )

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return add.add_page(self, request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return self._found(request, object_id, edit.edit_page)

    def _view(self, page: Page) -> Any:
        def view(request: HttpRequest) -> HttpResponse:
            if not self.has_view_or_change_permission(request):
                raise PermissionDenied
            return page(self, request)

        return self.admin_site.admin_view(view)

    def _about(self, page: Page) -> Any:
        def view(request: HttpRequest, topic: int, **rest: int) -> HttpResponse:
            if not self.has_view_or_change_permission(request):
                raise PermissionDenied
            return self._found(request, str(topic), page, **rest)

        return self.admin_site.admin_view(view)

    def _changing(self, page: Page) -> Any:
        def view(request: HttpRequest, topic: int) -> HttpResponse:
            if not self.has_change_permission(request):
                raise PermissionDenied
            return self._found(request, str(topic), page)

        return self.admin_site.admin_view(view)

    def _found(self, request: HttpRequest, object_id: str, page: Page, **rest: int) -> HttpResponse:
        topic = self.get_object(request, object_id)
        if topic is None:
            self.message_user(request, gettext("There is no such topic."), messages.WARNING)
            return redirect("admin:voc_topic_changelist")
        return page(self, request, topic, **rest)
