"""Messages after an action: how many items were changed, how many skipped, and why."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import ngettext_lazy

from lib.admin_base import DeskAdmin
from voc.admin.undo import with_button
from voc.models import Activity
from voc.triage.workflow import Result
from voc.undo import FEEDBACK

What = Activity.What

ASK_TO_UNDO = ngettext_lazy(
    "A person has checked %(n)d of these readings. Take that back?",
    "People have checked %(n)d of these readings. Take that back?",
    "n",
)
DONE = {
    What.ABUSE: ngettext_lazy(
        "%(n)d item was judged. It stays so, whatever the machine reads.",
        "%(n)d items were judged. They stay so, whatever the machine reads.",
        "n",
    ),
    What.TAKE: ngettext_lazy("%(n)d item is yours now.", "%(n)d items are yours now.", "n"),
    What.ASSIGN: ngettext_lazy("%(n)d item was handed over.", "%(n)d items were handed over.", "n"),
    What.DISMISS: ngettext_lazy("%(n)d item was dismissed.", "%(n)d items were dismissed.", "n"),
    What.REOPEN: ngettext_lazy("%(n)d item is new again.", "%(n)d items are new again.", "n"),
    What.SENTIMENT: ngettext_lazy(
        "The sentiment of %(n)d item was corrected.",
        "The sentiment of %(n)d items was corrected.",
        "n",
    ),
    What.CONFIRM: ngettext_lazy(
        "%(n)d reading was found right. It stays so, whatever the machine reads.",
        "%(n)d readings were found right. They stay so, whatever the machine reads.",
        "n",
    ),
    What.MACHINE: ngettext_lazy(
        "%(n)d item will be analyzed again in a moment.",
        "%(n)d items will be analyzed again in a moment.",
        "n",
    ),
}
SKIPPED = {
    What.ABUSE: ngettext_lazy(
        "%(n)d item was left alone: a person has said the same before.",
        "%(n)d items were left alone: a person has said the same before.",
        "n",
    ),
    What.TAKE: ngettext_lazy(
        "%(n)d item was left alone: it is yours already, or closed.",
        "%(n)d items were left alone: they are yours already, or closed.",
        "n",
    ),
    What.ASSIGN: ngettext_lazy(
        "%(n)d item was left alone: it is theirs already, or closed.",
        "%(n)d items were left alone: they are theirs already, or closed.",
        "n",
    ),
    What.DISMISS: ngettext_lazy(
        "%(n)d item was left alone: a fix is planned or shipped for it, or it is dismissed.",
        "%(n)d items were left alone: a fix is planned or shipped for them, or they are dismissed.",
        "n",
    ),
    What.REOPEN: ngettext_lazy(
        "%(n)d item was left alone: it is open already.",
        "%(n)d items were left alone: they are open already.",
        "n",
    ),
    What.SENTIMENT: ngettext_lazy(
        "%(n)d item was left alone: a person has said the same before.",
        "%(n)d items were left alone: a person has said the same before.",
        "n",
    ),
    What.CONFIRM: ngettext_lazy(
        "%(n)d item was left alone: it is checked already, not analyzed yet, or cannot be "
        "analyzed.",
        "%(n)d items were left alone: they are checked already, not analyzed yet, or cannot be "
        "analyzed.",
        "n",
    ),
}


def tell_result(desk: DeskAdmin, request: HttpRequest, what: Activity.What, result: Result) -> None:
    if result.changed:
        done = DONE[what] % {"n": result.changed}
        message = with_button(request, FEEDBACK, what, result.moved, done)
        desk.message_user(request, message, messages.SUCCESS)
    if result.skipped:
        desk.message_user(request, SKIPPED[what] % {"n": result.skipped}, messages.WARNING)
