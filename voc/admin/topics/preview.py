"""The preview of a change of phrases, while it is counted and after: apply it or withdraw it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lib.access.shown import may_see
from lib.admin_base import DeskAdmin, person_at
from lib.desk.progress import REFRESH_SECONDS
from voc import reanalysis
from voc.admin.topics import preview_tables
from voc.admin.topics.preview_tables import ReanalysisProgress
from voc.models import Feedback, PhraseChange, Topic
from voc.topics import phrase_changes


def preview_page(
    desk: DeskAdmin, request: HttpRequest, topic: Topic, phrase_change: int
) -> HttpResponse:
    change = topic.phrase_changes.filter(pk=phrase_change).select_related("by").first()
    if change is None:
        desk.message_user(request, _("There is no such change of phrases."), messages.WARNING)
        return redirect("admin:voc_topic_change", topic.pk)
    if request.method != "POST":
        return _show(desk, request, topic, change)
    if not desk.has_change_permission(request, topic):
        raise PermissionDenied
    return _act(desk, request, change)


def _act(desk: DeskAdmin, request: HttpRequest, change: PhraseChange) -> HttpResponse:
    act = next((act for name, act in ACTS.items() if name in request.POST), None)
    try:
        return act(desk, request, change) if act else redirect(request.path)
    except phrase_changes.NotPossible as refused:
        desk.message_user(request, str(refused), messages.ERROR)
        return redirect("admin:voc_topic_change", change.topic_id)


def _apply(desk: DeskAdmin, request: HttpRequest, change: PhraseChange) -> HttpResponse:
    was_going_on = reanalysis.is_running_now()
    phrase_changes.apply(change, by=person_at(request), now=timezone.now())
    message = (
        _(
            "Applied. Everything was being analyzed again already: it begins anew, with these "
            "phrases."
        )
        if was_going_on
        else _("Applied. Everything is analyzed again now; what people corrected stays.")
    )
    desk.log_change(request, change.topic, gettext_noop("Changed the phrases."))
    desk.message_user(request, message, messages.SUCCESS)
    return redirect("admin:voc_topic_reanalysis")


def _withdraw(desk: DeskAdmin, request: HttpRequest, change: PhraseChange) -> HttpResponse:
    phrase_changes.withdraw(change, now=timezone.now())
    message = _("Thrown away. The phrases are as they were.")
    desk.message_user(request, message, messages.SUCCESS)
    return redirect("admin:voc_topic_change", change.topic_id)


def _stop(desk: DeskAdmin, request: HttpRequest, change: PhraseChange) -> HttpResponse:
    if change.preview:
        reanalysis.stop(change.preview, now=timezone.now())
    return redirect(request.path)


def _resume(desk: DeskAdmin, request: HttpRequest, change: PhraseChange) -> HttpResponse:
    if change.preview:
        reanalysis.resume(change.preview)
    return redirect(request.path)


ACTS: dict[str, Callable[[DeskAdmin, HttpRequest, PhraseChange], HttpResponse]] = {
    "apply": _apply,
    "withdraw": _withdraw,
    "stop": _stop,
    "resume": _resume,
}


def _show(
    desk: DeskAdmin, request: HttpRequest, topic: Topic, change: PhraseChange
) -> HttpResponse:
    preview = change.preview
    response = desk.page(
        request,
        "voc/topic/preview.html",
        _("%(topic)s: what would change") % {"topic": topic},
        topic=topic,
        change=change,
        preview=preview,
        progress=ReanalysisProgress.of(preview) if preview else None,
        gained=preview_tables.gained(preview) if preview else "",
        lost=preview_tables.lost(preview) if preview else "",
        examples=_examples(change) if may_see(request.user, Feedback) else {},
        phrases=preview_tables.compared_phrases(change, preview),
        may_change=desk.has_change_permission(request, topic),
    )
    if preview and preview.is_running:
        response["Refresh"] = str(REFRESH_SECONDS)
    return response


def _examples(change: PhraseChange) -> dict[str, list[preview_tables.ExampleRow]]:
    preview = change.preview
    return {
        kind: preview_tables.examples(preview, kind) if preview else []
        for kind in ("gained", "lost")
    }
