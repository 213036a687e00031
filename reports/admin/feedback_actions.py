"""Actions on the inbox: record a fix for the selected feedback, or add it to a fix."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lib.admin_base import DeskAdmin, confirmation, person_at
from reports.fixes.forms import AddToFixForm, FixForm
from reports.fixes.record import add, record
from reports.fixes.ship import NotShippable
from reports.models import Fix
from voc.admin.feedback import actions
from voc.admin.feedback.ask_first import ask_first
from voc.models import FeedbackQuerySet
from voc.triage.workflow import Result

RECORD = "reports.add_fix"


@actions.register(_("Record a fix…"), permission=RECORD)
def record_fix(desk: DeskAdmin, request: HttpRequest, items: FeedbackQuerySet) -> HttpResponse:
    form = FixForm(confirmation(request), initial=FixForm.about(items))
    if not form.is_valid():
        return ask_first(
            desk,
            request,
            items,
            title=gettext("Record a fix"),
            button=gettext("Record the fix"),
            form=form,
            template="reports/record.html",
            is_wide=True,
        )
    fix, topics = form.save(commit=False), form.cleaned_data["topics"]
    changed = record(fix, topics=topics, asked_in=items, by=person_at(request))
    return _linked(desk, request, fix, changed)


@actions.register(_("Add to a fix…"), permission=RECORD)
def add_to_fix(desk: DeskAdmin, request: HttpRequest, items: FeedbackQuerySet) -> HttpResponse:
    form = AddToFixForm(confirmation(request))
    if form.is_valid():
        fix = form.cleaned_data["fix"]
        try:
            changed = add(fix, asked_in=items, by=person_at(request))
        except NotShippable as skipped:
            form.add_error("fix", str(skipped))
        else:
            return _linked(desk, request, fix, changed)
    title, button = gettext("Which fix answers it?"), gettext("Add to this fix")
    return ask_first(desk, request, items, title=title, button=button, form=form)


def _linked(desk: DeskAdmin, request: HttpRequest, fix: Fix, changed: Result) -> HttpResponse:
    """Say what changed and what did not, and go on to the fix."""
    n = changed.changed + changed.skipped
    linked = ngettext("%(n)d item asks for “%(fix)s”.", "%(n)d items ask for “%(fix)s”.", n)
    desk.message_user(request, linked % {"n": n, "fix": fix}, messages.SUCCESS)
    if changed.skipped:
        left = ngettext(
            "%(n)d of them keeps its status: a fix is planned or shipped for it already.",
            "%(n)d of them keep their status: a fix is planned or shipped for them already.",
            changed.skipped,
        )
        desk.message_user(request, left % {"n": changed.skipped}, messages.INFO)
    return redirect("admin:reports_fix_change", fix.pk)
