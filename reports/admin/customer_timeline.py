"""What the page of a customer tells of the fixes they were told of."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext

from lib.desk.history import BY_ITSELF, Event
from surveys.admin import beside_customers
from surveys.models import Customer

MOST_ROWS = 200


@beside_customers.register(permission="reports.view_notice")
def told(customer: Customer, viewer: User) -> Iterator[Event]:
    may_see_fix = viewer.has_perm("reports.view_fix")
    for notice in customer.notices.select_related("fix")[:MOST_ROWS]:
        words = {"fix": notice.fix if may_see_fix else f"#{notice.fix_id}"}
        at = notice.settled_at or notice.handed_at or notice.send_after
        link = reverse("admin:reports_notice_change", args=[notice.pk])
        what = gettext("told of a fix: %(fix)s") % words
        yield Event(at, what, BY_ITSELF, str(notice.state), link)
