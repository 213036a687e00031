"""The triage desk, with what this room adds to it: from what customers said to what we do.

voc must not know of fixes. So its desk is taken down here and put up again with two actions more.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lib.admin_base import person_at
from lib.text import one_line
from reports.fixes.forms import AddToFixForm, FixForm
from reports.fixes.record import add, record
from reports.fixes.ship import Refused
from reports.models import Fix
from voc.admin.feedback.inbox import FeedbackAdmin
from voc.models import Feedback, FeedbackQuerySet
from voc.triage.workflow import Moved

QUOTED = 5

admin.site.unregister(Feedback)


@admin.register(Feedback)
class FeedbackWithFixesAdmin(FeedbackAdmin):
    actions = [*FeedbackAdmin.actions, "record_fix", "add_to_fix"]

    @admin.action(description=_("Record a fix…"), permissions=["record"])
    def record_fix(self, request: HttpRequest, items: FeedbackQuerySet) -> HttpResponse:
        form = FixForm(_asked(request), initial=FixForm.about(items))
        if not form.is_valid():
            title, button = gettext("Record a fix"), gettext("Record the fix")
            return self._ask_about(request, items, form, "record.html", title, button)
        fix, topics = form.save(commit=False), form.cleaned_data["topics"]
        moved = record(fix, topics=topics, asked_in=items, by=person_at(request))
        return self._linked(request, fix, moved)

    @admin.action(description=_("Add to a fix…"), permissions=["record"])
    def add_to_fix(self, request: HttpRequest, items: FeedbackQuerySet) -> HttpResponse:
        form = AddToFixForm(_asked(request))
        if form.is_valid():
            fix = form.cleaned_data["fix"]
            try:
                moved = add(fix, asked_in=items, by=person_at(request))
            except Refused as refused:
                form.add_error("fix", str(refused))
            else:
                return self._linked(request, fix, moved)
        title, button = gettext("Which fix answers it?"), gettext("Add to this fix")
        return self._ask_about(request, items, form, "add.html", title, button)

    def has_record_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("reports.add_fix")

    def _ask_about(
        self,
        request: HttpRequest,
        items: FeedbackQuerySet,
        form: forms.BaseForm,
        template: str,
        title: str,
        button: str,
    ) -> HttpResponse:
        return self.ask_first(
            request,
            items,
            action=request.POST["action"],
            title=title,
            template=f"reports/{template}",
            form=form,
            button=button,
            lines=[one_line(item.text) for item in items[:QUOTED]],
            more=max(0, items.count() - QUOTED),
            back=request.POST.get("back", ""),
        )

    def _linked(self, request: HttpRequest, fix: Fix, moved: Moved) -> HttpResponse:
        """Say what moved and what did not, and go on to the fix."""
        n = moved.moved + moved.refused
        linked = ngettext("%(n)d voice asks for “%(fix)s”.", "%(n)d voices ask for “%(fix)s”.", n)
        self.message_user(request, linked % {"n": n, "fix": fix}, messages.SUCCESS)
        if moved.refused:
            left = ngettext(
                "%(n)d of them keeps its status: a fix is planned or shipped for it already.",
                "%(n)d of them keep their status: a fix is planned or shipped for them already.",
                moved.refused,
            )
            self.message_user(request, left % {"n": moved.refused}, messages.INFO)
        return redirect("admin:reports_fix_change", fix.pk)


def _asked(request: HttpRequest) -> Any:
    """The answers to our own page; None when the list was just left."""
    return request.POST if "asked" in request.POST else None
