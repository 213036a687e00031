"""The record of abuse: what was said, when, by whom, and what was done; to be shown or printed."""

from __future__ import annotations

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from lib.access.shown import may_see
from lib.admin_base import DeskAdmin, person_at
from surveys.models import Customer
from voc.admin.feedback import columns
from voc.admin.feedback.reading_panel import marked
from voc.admin.feedback.timeline import timeline
from voc.models import Feedback
from voc.triage import abuse

MOST_SHOWN = 50  # other abusive items of the same customer


def record_url(item: Feedback) -> str:
    return reverse("admin:voc_feedback_record", args=[item.pk])


def record_page(desk: DeskAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Only for whoever may be handed such feedback; the customer's name by its own permission."""
    user = person_at(request)
    if not (desk.has_view_permission(request) and user.has_perm(abuse.MAY_LEAD)):
        raise PermissionDenied
    item = desk.get_object(request, unquote(object_id))
    if item is None or item.abuse is None:
        raise Http404
    may_see_customer = may_see(user, Customer)
    return desk.page(
        request,
        "voc/feedback/record.html",
        gettext("Record of abuse"),
        item=item,
        kind=columns.abuse(item),
        pieces=marked(item),
        timeline=timeline(item),
        others=_others(item) if may_see_customer else [],
        may_see_customer=may_see_customer,
        written_at=timezone.now(),
        written_by=user,
    )


def _others(item: Feedback) -> list[Feedback]:
    if item.customer_id is None:
        return []
    others = Feedback.objects.filter(customer=item.customer_id).exclude(pk=item.pk)
    return list(others.abusive()[:MOST_SHOWN])
