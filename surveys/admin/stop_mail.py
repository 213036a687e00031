"""Stopping all mail to customers who ask for it by telephone or letter, after asking."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, ngettext

from lib.admin_base import DeskAdmin, confirmation, may_be_an_id


def stop_mail(desk: DeskAdmin, request: HttpRequest, customers: Any) -> HttpResponse | None:
    if confirmation(request) is None:
        return _ask(desk, request, customers.subscribed().count())
    subscribed, chosen = list(customers.subscribed()), customers.count()
    customers.unsubscribe(timezone.now())
    desk.log_verb(request, subscribed, gettext_noop("unsubscribed: no mail since then"))
    _tell(desk, request, len(subscribed), chosen - len(subscribed))
    return None


def page_of_customer(request: HttpRequest) -> str:
    """The page of the customer where the action was chosen; empty when it was the list."""
    pk = request.POST.get("back", "")
    return reverse("admin:surveys_customer_change", args=[pk]) if may_be_an_id(pk) else ""


def _ask(desk: DeskAdmin, request: HttpRequest, n: int) -> HttpResponse:
    question = ngettext("Stop all mail to %(n)d customer?", "Stop all mail to %(n)d customers?", n)
    return desk.ask_first(
        request,
        title=question % {"n": n},
        button=gettext("Stop all mail"),
        effects=[gettext("They are asked nothing and told nothing by mail any more.")],
        cancel=page_of_customer(request),
    )


def _tell(desk: DeskAdmin, request: HttpRequest, stopped: int, left: int) -> None:
    if stopped:
        done = ngettext(
            "%(n)d customer gets no mail any more.",
            "%(n)d customers get no mail any more.",
            stopped,
        )
        desk.message_user(request, done % {"n": stopped}, messages.SUCCESS)
    if left:
        alone = ngettext(
            "%(n)d customer was left alone: mail to them was stopped before.",
            "%(n)d customers were left alone: mail to them was stopped before.",
            left,
        )
        desk.message_user(request, alone % {"n": left}, messages.WARNING)
