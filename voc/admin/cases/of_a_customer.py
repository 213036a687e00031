"""What the page of a customer tells of their words, and of the cases about them."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext

from lib.access.shown import may_see
from lib.desk.history import BY_ITSELF, Event
from surveys.admin import beside_customers
from surveys.models import Customer, Response
from voc.admin.cases.timeline import BECAUSE
from voc.admin.feedback import columns
from voc.models import CaseActivity, Feedback

What = CaseActivity.What
MOST_ROWS = 200  # of each kind
STEPS_SHOWN = [What.OPEN, What.WAIT, What.CLOSE, What.REOPEN]


@beside_customers.register(permission="voc.view_feedback")
def said(customer: Customer, viewer: User) -> Iterator[Event]:
    """Their words. Those of an answer stand with it, for whoever may see answers."""
    items = customer.feedback.order_by("-received_at", "-pk")
    if may_see(viewer, Response):
        items = items.filter(response=None)
    for item in items.only("customer", "text", "abuse", "channel", "received_at")[:MOST_ROWS]:
        what = gettext("said: %(channel)s") % {"channel": item.get_channel_display()}
        yield Event(item.received_at, what, customer, columns.in_a_line(item), _page_of(item))


@beside_customers.register(permission="voc.view_case")
def cases(customer: Customer, viewer: User) -> Iterator[Event]:
    """The steps of their cases that a customer would notice."""
    steps = CaseActivity.objects.filter(case__customer=customer, what__in=STEPS_SHOWN)
    for step in steps.select_related("by")[:MOST_ROWS]:
        words = {"case": f"#{step.case_id}", "what": step.get_what_display()}
        what = gettext("case %(case)s: %(what)s") % words
        because = str(BECAUSE.get(step.after, "")) if step.what == What.CLOSE else ""
        link = reverse("admin:voc_case_change", args=[step.case_id])
        yield Event(step.at, what, step.by or BY_ITSELF, because, link)


def _page_of(item: Feedback) -> str:
    return reverse("admin:voc_feedback_change", args=[item.pk])
