"""Messages after an action: how many cases were changed, how many skipped, and why."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import ngettext_lazy

from lib.admin_base import DeskAdmin
from voc.admin.undo import with_button
from voc.cases.workflow import Result
from voc.models import CaseActivity
from voc.undo import CASES

What = CaseActivity.What

DONE = {
    What.OPEN: ngettext_lazy("%(n)d case was opened.", "%(n)d cases were opened.", "n"),
    What.ASSIGN: ngettext_lazy("%(n)d case was handed over.", "%(n)d cases were handed over.", "n"),
    What.WAIT: ngettext_lazy(
        "%(n)d case waits for the customer now.", "%(n)d cases wait for the customer now.", "n"
    ),
    What.CLOSE: ngettext_lazy("%(n)d case was closed.", "%(n)d cases were closed.", "n"),
    What.REOPEN: ngettext_lazy("%(n)d case is open again.", "%(n)d cases are open again.", "n"),
    What.MERGE: ngettext_lazy(
        "%(n)d case was merged. It can be taken apart again on its page.",
        "%(n)d cases were merged. They can be taken apart again on their pages.",
        "n",
    ),
    What.UNMERGE: ngettext_lazy(
        "%(n)d case stands by itself again.", "%(n)d cases stand by themselves again.", "n"
    ),
    What.DUE: ngettext_lazy(
        "%(n)d case has its due time.", "%(n)d cases have their due time.", "n"
    ),
}
SKIPPED = {
    What.OPEN: ngettext_lazy(
        "%(n)d was left alone: it has a case already.",
        "%(n)d were left alone: they have a case already.",
        "n",
    ),
    What.ASSIGN: ngettext_lazy(
        "%(n)d case was left alone: it is theirs already, or closed.",
        "%(n)d cases were left alone: they are theirs already, or closed.",
        "n",
    ),
    What.WAIT: ngettext_lazy(
        "%(n)d case was left alone: it waits already, or is closed.",
        "%(n)d cases were left alone: they wait already, or are closed.",
        "n",
    ),
    What.CLOSE: ngettext_lazy(
        "%(n)d case was left alone: it is closed already.",
        "%(n)d cases were left alone: they are closed already.",
        "n",
    ),
    What.REOPEN: ngettext_lazy(
        "%(n)d case was left alone: it is open already.",
        "%(n)d cases were left alone: they are open already.",
        "n",
    ),
    What.MERGE: ngettext_lazy(
        "%(n)d case was left alone: it is closed, it is another customer's, or the very one.",
        "%(n)d cases were left alone: they are closed, another customer's, or the very one.",
        "n",
    ),
    What.UNMERGE: ngettext_lazy(
        "%(n)d case was left alone: it stands by itself already.",
        "%(n)d cases were left alone: they stand by themselves already.",
        "n",
    ),
    What.DUE: ngettext_lazy(
        "%(n)d case was left alone: it is due then already, or closed.",
        "%(n)d cases were left alone: they are due then already, or closed.",
        "n",
    ),
}


def tell_result(desk: DeskAdmin, request: HttpRequest, what: str, result: Result) -> None:
    if result.changed:
        done = DONE[What(what)] % {"n": result.changed}
        message = with_button(request, CASES, what, result.moved, done)
        desk.message_user(request, message, messages.SUCCESS)
    if result.skipped:
        desk.message_user(request, SKIPPED[What(what)] % {"n": result.skipped}, messages.WARNING)
