"""Cases from where answers stand: opened in the inbox or among the responses, and seen there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from lib.access.shown import shows
from lib.admin_base import DeskAdmin, person_at
from surveys.admin import beside_responses
from surveys.models import Response
from voc.admin.cases.messages import tell_result
from voc.admin.cases.verbs import CHANGE
from voc.admin.feedback import actions
from voc.cases import workflow
from voc.cases.workflow import Result
from voc.models import Case, CaseActivity, Feedback, FeedbackQuerySet


def _has_none(item: Feedback, user: User) -> bool:
    return item.case_id is None


@actions.register(_("Open a case"), permission=CHANGE, fits=_has_none)
def open_a_case(
    desk: DeskAdmin, request: HttpRequest, items: FeedbackQuerySet
) -> HttpResponse | None:
    return _open(desk, request, ({"feedback": item} for item in items))


@beside_responses.register(_("Open a case"), permission=CHANGE)
def open_cases(desk: DeskAdmin, request: HttpRequest, responses: Any) -> HttpResponse | None:
    return _open(desk, request, ({"response": response} for response in responses))


def _open(desk: DeskAdmin, request: HttpRequest, answers: Iterable[Any]) -> HttpResponse | None:
    """Open the case of each; who opened a single one goes on to it."""
    by, now = person_at(request), timezone.now()
    opened = [workflow.open_case(by=by, now=now, **answer) for answer in answers]
    new = [case for case, is_new in opened if is_new]
    tell_result(desk, request, CaseActivity.What.OPEN, Result(len(new), len(opened) - len(new)))
    if len(opened) != 1:
        return None
    return redirect("admin:voc_case_change", opened[0][0].where_it_stands.pk)


@beside_responses.register_line
@shows("voc.case")
@admin.display(description=_("case"), empty_value="–")
def case_of_it(response: Response) -> SafeString | None:
    case = Case.objects.about([response.pk]).first()
    if case is None:
        return None
    page = reverse("admin:voc_case_change", args=[case.where_it_stands.pk])
    return format_html('<a href="{}">{}</a> {}', page, case, case.get_state_display())
