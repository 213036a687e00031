"""The page of an import that was begun: how far it is, how to stop it, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from lib.admin_base import DeskAdmin, person_at
from lib.desk.progress import REFRESH_SECONDS, SLOW_TO_BEGIN, duration, grouped, time_left
from lib.tables import write
from surveys.imports import control
from surveys.imports.kinds import kind_of
from surveys.models import Import

REFUSED_PER_PAGE = 100


def report_page(desk: DeskAdmin, request: HttpRequest, an_import: Import) -> HttpResponse:
    kind = kind_of(an_import)
    may_import = kind.may_be_imported_by(request.user)
    if request.method == "POST" and may_import:
        return _act(desk, request, an_import)
    now = timezone.now()
    page = desk.page(
        request,
        "surveys/import/report.html",
        str(kind.title),
        heading=an_import.file_name,
        is_wide=True,
        kind=kind,
        an_import=an_import,
        counts=_counts(an_import),
        progress=_progress(an_import),
        took=duration((an_import.ended_at or now) - (an_import.begun_at or now)),
        rest=_rest(an_import, now),
        is_slow=_is_slow_to_begin(an_import, now),
        refused=_refused(request, an_import),
        may_import=may_import,
    )
    if an_import.is_unfinished and not an_import.is_set_aside:
        page["Refresh"] = str(REFRESH_SECONDS)
    return page


def _act(desk: DeskAdmin, request: HttpRequest, an_import: Import) -> HttpResponse:
    if "stop" in request.POST:
        if control.stop(an_import, by=person_at(request), now=timezone.now()):
            desk.message_user(request, _("Stopped. What was imported so far stays."))
        else:
            already = _("It had ended already; nothing was stopped.")
            desk.message_user(request, already, messages.WARNING)
    elif "again" in request.POST:
        control.try_again(an_import)
    return redirect(request.path)


def _counts(an_import: Import) -> list[tuple[str, str, str]]:
    """For each outcome its tone, its word and how many rows had it."""
    outcomes = [
        ("done", _("added"), an_import.added),
        ("new", _("updated"), an_import.updated),
        ("unknown", _("unchanged"), an_import.unchanged),
        ("negative", _("rows refused"), an_import.refused),
    ]
    if an_import.empty:
        outcomes.insert(3, ("unknown", _("without words"), an_import.empty))
    return [(tone if n else "unknown", word, grouped(n)) for tone, word, n in outcomes]


def _progress(an_import: Import) -> str:
    if an_import.total is None:
        return _("The rows are being counted.")
    words = {"done": grouped(an_import.done), "total": grouped(an_import.total)}
    return _("%(done)s of %(total)s rows") % words


def _rest(an_import: Import, now: datetime) -> str:
    """How long it will still take, if it goes on as it went so far."""
    if not (an_import.is_unfinished and an_import.done and an_import.total and an_import.begun_at):
        return ""
    return time_left(an_import.done, an_import.total, an_import.begun_at, now)


def _is_slow_to_begin(an_import: Import, now: datetime) -> bool:
    begun_at = an_import.begun_at or now
    return an_import.state == Import.State.WAITING and now - begun_at > SLOW_TO_BEGIN


def _refused(request: HttpRequest, an_import: Import) -> object:
    """The page of refused rows that was asked for. What is refused while it runs is counted."""
    rows = an_import.refusals.none() if an_import.is_unfinished else an_import.refusals.all()
    return Paginator(rows, REFUSED_PER_PAGE).get_page(request.GET.get("page"))


def refused_table(an_import: Import) -> StreamingHttpResponse:
    """The refused rows as a CSV file, to mend the table by."""
    name = f"todoku-import-{an_import.pk}-refused.csv"
    return StreamingHttpResponse(
        write.lines([_("Row"), _("Why")], _rows(an_import)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _rows(an_import: Import) -> Iterator[tuple[int, str]]:
    for refusal in an_import.refusals.iterator():
        yield refusal.number, write.harmless(refusal.reason)
