"""The thread on the page of a case."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.safestring import SafeString

from voc.admin.cases.actions import register_panel
from voc.admin.replies.panel import About, panel
from voc.models import Case


@register_panel("thread", permission="voc.view_reply")
def thread(request: HttpRequest, case: Case) -> SafeString:
    return panel(request, About(case))
