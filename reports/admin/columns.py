"""Columns of a fix in the admin: whose words it answers, and who has been told."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.models import Fix
from voc.admin.feedback import columns

MOST_LINES = 20
EMPTY_VALUE = "–"


def told_summary(fix: Any) -> str:
    """Counts of notices sent, refused, uncertain; `fix` is of FixQuerySet.with_notices()."""
    if not fix.to_tell:
        return EMPTY_VALUE
    words = [_("%(told)d of %(all)d") % {"told": fix.told, "all": fix.to_tell}]
    words += [_("%(n)d refused") % {"n": fix.refused}] * bool(fix.refused)
    words += [_("%(n)d uncertain") % {"n": fix.uncertain}] * bool(fix.uncertain)
    return ", ".join(words)


def asked_in(fix: Fix) -> SafeString:
    items = fix.feedback.order_by("-received_at", "-pk")
    lines = [
        (reverse("admin:voc_feedback_change", args=[item.pk]), columns.in_a_line(item))
        for item in items[:MOST_LINES]
    ]
    quotes = format_html_join("", '<li><a href="{}"><bdi>{}</bdi></a></li>', lines)
    return _list(quotes, items.count(), "")


def notices(fix: Fix) -> SafeString:
    notices = fix.notices.select_related("customer").order_by("-pk")
    lines = [(notice.customer, notice.state, notice.why) for notice in notices[:MOST_LINES]]
    everybody = reverse("admin:reports_notice_changelist") + f"?fix__id__exact={fix.pk}"
    rows = format_html_join("", "<li>{} – {} {}</li>", lines)
    return _list(rows, notices.count(), everybody)


def _list(lines: SafeString, total: int, link: str) -> SafeString:
    if not total:
        return format_html("{}", EMPTY_VALUE)
    more = _("and %(n)d more") % {"n": total - MOST_LINES} if total > MOST_LINES else ""
    rest = format_html('<a href="{}">{}</a>', link, more) if link and more else more
    return format_html('<ul class="desk desk-quotes">{}</ul>{}', lines, rest)
