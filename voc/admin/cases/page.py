"""The page of a case: the answer, the words in it, and in the margin who answers by when."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from lib.access.shown import may_see
from lib.admin_base import DeskAdmin, person_at
from surveys.models import Customer
from voc.admin.cases import actions, columns
from voc.admin.cases.timeline import timeline
from voc.cases.forms import CaseNoteForm
from voc.cases.notes import add_note
from voc.models import Case, CaseNote, CaseRule, Feedback


def case_page(desk: DeskAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    if not desk.has_view_or_change_permission(request):
        raise PermissionDenied
    case = desk.get_object(request, unquote(object_id))
    if case is None:
        desk.message_user(request, gettext("There is no such case (any more)."), messages.WARNING)
        return redirect("admin:voc_case_changelist")
    if request.method == "POST":
        return _post(desk, request, case)
    return show(desk, request, case)


def _post(desk: DeskAdmin, request: HttpRequest, case: Case) -> HttpResponse:
    if post := actions.posted_panel(request):
        return post(desk, request, case)
    if not desk.has_change_permission(request, case):
        raise PermissionDenied
    form = CaseNoteForm(request.POST, instance=CaseNote(case=case))
    if not form.is_valid():
        return show(desk, request, case, note=form)
    told = add_note(case, form.cleaned_data["text"], by=person_at(request), now=timezone.now())
    if told:
        message = gettext("Told: %(names)s.") % {"names": ", ".join(map(str, told))}
        desk.message_user(request, message, messages.SUCCESS)
    return redirect(f"{request.get_full_path()}#notes")


def show(
    desk: DeskAdmin, request: HttpRequest, case: Case, *, note: CaseNoteForm | None = None
) -> HttpResponse:
    """The page; a panel whose form had a fault calls it as well."""
    user = person_at(request)
    return desk.page(
        request,
        "voc/case/page.html",
        gettext("Case %(number)s") % {"number": case},
        **_in_the_margin(request, case),
        case=case,
        words=_words(request, case),
        may_see_words=may_see(user, Feedback),
        may_see_customer=may_see(user, Customer),
        score=columns.score(case),
        panels=actions.panels(request, case),
        timeline=timeline(case),
        note=note or CaseNoteForm(),
        may_change=desk.has_change_permission(request, case),
        buttons=actions.fitting(case, user),
        actions_url=reverse("admin:voc_case_changelist") + "?pile=all",
    )


def _in_the_margin(request: HttpRequest, case: Case) -> dict[str, Any]:
    return {
        "state": columns.state(case),
        "owner": columns.owner(case),
        "due": columns.due(case, timezone.now()),
        "rule": case.rule,
        "may_see_rule": may_see(person_at(request), CaseRule),
        "merged": list(case.merged.all()),
    }


def _words(request: HttpRequest, case: Case) -> list[Feedback]:
    """The words, the newest first, for those who may see any."""
    if not may_see(person_at(request), Feedback):
        return []
    return sorted(columns.words_of(case), key=lambda each: each.received_at, reverse=True)
