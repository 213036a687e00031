"""The page of the reanalysis: its progress, and buttons to begin, stop and resume it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from lib.admin_base import DeskAdmin, person_at
from lib.desk.progress import REFRESH_SECONDS
from voc import reanalysis
from voc.admin.topics import preview_tables
from voc.admin.topics.preview_tables import ReanalysisProgress
from voc.models import Reanalysis

EARLIER_SHOWN = 10


def reanalysis_page(desk: DeskAdmin, request: HttpRequest) -> HttpResponse:
    latest = reanalysis.latest()
    if request.method != "POST":
        return _show(desk, request, latest)
    if not desk.has_change_permission(request):
        raise PermissionDenied
    message = _act(request, latest)
    desk.message_user(request, message, messages.SUCCESS)
    return redirect(request.path)


def _act(request: HttpRequest, latest: Reanalysis | None) -> str:
    if latest and "stop" in request.POST:
        if reanalysis.stop(latest, now=timezone.now()):
            return _("Stopped. What was analyzed so far stays so; the rest is as it was before.")
    elif latest and "resume" in request.POST:
        if reanalysis.resume(latest):
            return _("It goes on from where it was stopped.")
    elif "begin" in request.POST:
        reanalysis.begin(by=person_at(request), now=timezone.now())
        return _("Everything is analyzed again now; what people corrected stays.")
    return _("Nothing was changed.")


def _show(desk: DeskAdmin, request: HttpRequest, latest: Reanalysis | None) -> HttpResponse:
    response = desk.page(
        request,
        "voc/topic/reanalysis.html",
        _("Analyzing everything again"),
        latest=latest,
        progress=ReanalysisProgress.of(latest) if latest else None,
        gained=preview_tables.gained(latest) if latest else "",
        lost=preview_tables.lost(latest) if latest else "",
        may_resume=bool(latest and reanalysis.may_resume(latest)),
        earlier=Reanalysis.objects.for_good().select_related("by", "phrase_change__topic")[
            1 : 1 + EARLIER_SHOWN
        ],
        may_change=desk.has_change_permission(request),
    )
    if latest and latest.is_running:
        response["Refresh"] = str(REFRESH_SECONDS)
    return response
