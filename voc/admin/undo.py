"""The button beside “12 items were dismissed”: for a minute it takes the move back.

What it needs stands in the button itself, signed; nothing is stored, and it works without scripts.
"""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext

from lib.admin_base import DeskAdmin, may_be_an_id, person_at
from lib.desk.pages import MOST_COUNTED
from voc.triage.workflow import Before
from voc.undo import Undoable, put_back

SECONDS = 60
MOST_ROWS = MOST_COUNTED  # more than these are not carried in a page


def with_button(
    request: HttpRequest, kind: Undoable, what: str, moved: list[Before], done: str
) -> str:
    """The message, with the button where the move can be taken back."""
    if what not in kind.moves or not 0 < len(moved) <= MOST_ROWS:
        return done
    rows = [astuple(row) for row in moved]
    undo = {"by": person_at(request).pk, "what": what, "rows": rows, "back": _back(request, kind)}
    context = {
        "address": reverse(f"admin:voc_{kind.link}_undo"),
        "undo": signing.dumps(undo, salt=_salt(kind), compress=True),
    }
    button = render_to_string("admin/partials/undo.html", context, request)
    return format_html("{} {}", done, button)


def undo_page(desk: DeskAdmin, request: HttpRequest, kind: Undoable) -> HttpResponse:
    """Take the posted move back, say what could not be, and go back to where it was made."""
    if not desk.has_change_permission(request):
        raise PermissionDenied
    undo = _read(request, kind)
    if undo is None:
        message = gettext(
            "Nothing was put back: a move can be undone within a minute, by whoever made it. "
            "Change it by the buttons of each instead."
        )
        desk.message_user(request, message, messages.WARNING)
        return redirect(f"admin:voc_{kind.link}_changelist")
    moved = [Before(*row) for row in undo["rows"]]
    result = put_back(kind, moved, what=undo["what"], by=person_at(request))
    _tell(desk, request, result.changed, result.skipped)
    return redirect(undo["back"])


def _read(request: HttpRequest, kind: Undoable) -> Any:
    """What the button carries; None of an old one, of somebody else's, and of one not ours."""
    try:
        undo = signing.loads(request.POST.get("undo", ""), salt=_salt(kind), max_age=SECONDS)
    except signing.BadSignature:
        return None
    return undo if undo["by"] == person_at(request).pk else None


def _salt(kind: Undoable) -> str:
    return f"todoku.undo.{kind.link}"


def _back(request: HttpRequest, kind: Undoable) -> str:
    """Where the move was made: the page of a row, or the list with its filters."""
    pk, change = request.POST.get("back", ""), f"admin:voc_{kind.link}_change"
    return reverse(change, args=[pk]) if may_be_an_id(pk) else request.get_full_path()


def _tell(desk: DeskAdmin, request: HttpRequest, back: int, left: int) -> None:
    if back:
        done = ngettext("%(n)d is as it was before.", "%(n)d are as they were before.", back)
        desk.message_user(request, done % {"n": back}, messages.SUCCESS)
    if left:
        alone = ngettext(
            "%(n)d was not put back: it was moved since, or its owner has no account now.",
            "%(n)d were not put back: they were moved since, or their owner has no account now.",
            left,
        )
        desk.message_user(request, alone % {"n": left}, messages.WARNING)
