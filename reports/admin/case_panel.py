"""The panel of a case that shows which fixes its words asked for."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from reports.models import Fix
from voc.admin.cases import actions
from voc.admin.cases.columns import words_of
from voc.models import Case


@actions.register_panel("fixes", permission="reports.view_fix")
def fixes_asked_for(request: HttpRequest, case: Case) -> SafeString | str:
    words = [item.pk for item in words_of(case)]
    fixes = list(Fix.objects.filter(feedback__in=words).distinct()) if words else []
    if not fixes:
        return ""
    return render_to_string("admin/reports/fixes_of_a_case.html", {"fixes": fixes}, request)
