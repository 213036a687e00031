"""The page that asks before an action of the inbox: it quotes the feedback that was chosen."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import ngettext

from lib.admin_base import DeskAdmin, Quotes
from voc.admin.feedback import columns
from voc.models import FeedbackQuerySet

ITEMS_QUOTED = 5


def ask_first(
    desk: DeskAdmin, request: HttpRequest, items: FeedbackQuerySet, **page: Any
) -> TemplateResponse:
    """Show the page, with `page` as DeskAdmin's takes it. Cancel leads back to list or item."""
    n = items.count()
    heading = ngettext("This is about %(n)s item:", "This is about %(n)s items:", n) % {"n": n}
    return desk.ask_first(
        request, quotes=quotes(items, heading), cancel=_page_of_item(request), **page
    )


def quotes(items: FeedbackQuerySet, heading: str) -> Quotes:
    """The first items, each as one line, and how many more there are."""
    lines = [columns.in_a_line(item) for item in items[:ITEMS_QUOTED]]
    return Quotes(heading, lines, max(0, items.count() - ITEMS_QUOTED))


def opened_item(request: HttpRequest) -> str:
    """The item whose page the action was chosen on; empty when it was the list."""
    pk = request.POST.get("back", "")
    return pk if pk.isdecimal() else ""


def _page_of_item(request: HttpRequest) -> str:
    pk = opened_item(request)
    return reverse("admin:voc_feedback_change", args=[pk]) if pk else ""
