"""What is done with cases: whose they are, whether they are closed, when due, and merging."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lib.access.shown import may_see
from lib.admin_base import DeskAdmin, Quotes, confirmation, person_at
from lib.text import one_line
from voc.admin.cases import actions
from voc.admin.cases.messages import tell_result
from voc.admin.feedback.ask_first import opened_item
from voc.cases import workflow
from voc.cases.forms import AssignCaseForm, CloseCaseForm, DueForm, MergeForm
from voc.cases.workflow import Result
from voc.models import Case, CaseActivity, CaseQuerySet, Feedback

What = CaseActivity.What
CHANGE = "voc.change_case"
CASES_QUOTED = 5
BUTTONS = {
    What.ASSIGN: _("Hand over"),
    What.CLOSE: _("Close"),
    What.DUE: _("Set the due time"),
    What.MERGE: _("Merge"),
}


def _allowed(what: str) -> actions.Fits:
    def fits(case: Case, user: User) -> bool:
        return workflow.may(what, case)

    return fits


def _is_to_take(case: Case, user: User) -> bool:
    return workflow.may(What.ASSIGN, case) and case.owner_id != user.pk


@actions.register(_("Take on"), permission=CHANGE, fits=_is_to_take)
def take(desk: DeskAdmin, request: HttpRequest, cases: CaseQuerySet) -> None:
    me = person_at(request)
    result = workflow.assign(cases, to=me, by=me, now=timezone.now())
    tell_result(desk, request, What.ASSIGN, result)


@actions.register(_("Hand over to…"), permission=CHANGE, fits=_allowed(What.ASSIGN))
def assign(desk: DeskAdmin, request: HttpRequest, cases: CaseQuerySet) -> HttpResponse | None:
    title = gettext("Who looks after it?")
    return _ask(desk, request, cases, What.ASSIGN, AssignCaseForm, workflow.assign, title)


@actions.register(_("Waits for the customer"), permission=CHANGE, fits=_allowed(What.WAIT))
def wait(desk: DeskAdmin, request: HttpRequest, cases: CaseQuerySet) -> None:
    result = workflow.wait(cases, by=person_at(request), now=timezone.now())
    tell_result(desk, request, What.WAIT, result)


@actions.register(_("Close…"), permission=CHANGE, fits=_allowed(What.CLOSE))
def close(desk: DeskAdmin, request: HttpRequest, cases: CaseQuerySet) -> HttpResponse | None:
    title = gettext("Why is it closed?")
    return _ask(desk, request, cases, What.CLOSE, CloseCaseForm, workflow.close, title)


@actions.register(_("Open again"), permission=CHANGE, fits=_allowed(What.REOPEN))
def reopen(desk: DeskAdmin, request: HttpRequest, cases: CaseQuerySet) -> None:
    result = workflow.reopen(cases, by=person_at(request), now=timezone.now())
    tell_result(desk, request, What.REOPEN, result)


@actions.register(_("Set the due time…"), permission=CHANGE, fits=_allowed(What.DUE))
def set_due(desk: DeskAdmin, request: HttpRequest, cases: CaseQuerySet) -> HttpResponse | None:
    title = gettext("By when has it to be answered?")
    return _ask(desk, request, cases, What.DUE, DueForm, workflow.set_due, title)


@actions.register(_("Merge into another…"), permission=CHANGE, fits=_allowed(What.MERGE))
def merge(desk: DeskAdmin, request: HttpRequest, cases: CaseQuerySet) -> HttpResponse | None:
    title = gettext("Into which case of the same customer?")
    return _ask(desk, request, cases, What.MERGE, MergeForm, workflow.merge, title)


@actions.register(_("Take apart again"), permission=CHANGE, fits=_allowed(What.UNMERGE))
def unmerge(desk: DeskAdmin, request: HttpRequest, cases: CaseQuerySet) -> None:
    result = workflow.unmerge(cases, by=person_at(request), now=timezone.now())
    tell_result(desk, request, What.UNMERGE, result)


def _ask(
    desk: DeskAdmin,
    request: HttpRequest,
    cases: CaseQuerySet,
    what: CaseActivity.What,
    form_class: type[forms.Form],
    verb: Callable[..., Result],
    title: str,
) -> HttpResponse | None:
    """Ask for what the verb needs until the answer is valid, then call it."""
    form = form_class(confirmation(request))
    if not form.is_valid():
        return ask_first(desk, request, cases, title=title, button=str(BUTTONS[what]), form=form)
    result = verb(cases, by=person_at(request), now=timezone.now(), **form.cleaned_data)
    tell_result(desk, request, what, result)
    return None


def ask_first(
    desk: DeskAdmin, request: HttpRequest, cases: CaseQuerySet, **page: Any
) -> HttpResponse:
    """The page that asks before an action: it quotes the cases. Cancel leads back to where it was
    chosen."""
    pk = opened_item(request)
    back = reverse("admin:voc_case_change", args=[pk]) if pk else ""
    return desk.ask_first(request, quotes=_quotes(request, cases), cancel=back, **page)


def _quotes(request: HttpRequest, cases: CaseQuerySet) -> Quotes:
    n, some = cases.count(), list(cases[:CASES_QUOTED])
    heading = ngettext("%(n)d case:", "%(n)d cases:", n) % {"n": n}
    words = _first_words(some) if may_see(request.user, Feedback) else {}
    lines = [f"{case} {words.get(case.pk, '')}".strip() for case in some]
    return Quotes(heading, lines, max(0, n - CASES_QUOTED))


def _first_words(cases: list[Case]) -> dict[int | None, str]:
    found = Feedback.objects.filter(case__in=cases).order_by("-received_at")
    return {pk: one_line(text) for pk, text in found.values_list("case", "text")}
