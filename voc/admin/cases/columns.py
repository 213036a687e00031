"""Columns of the list of cases: a case in a line or two, never by colour alone."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from lib.admin_base import shortly
from lib.text import one_line
from voc.admin.feedback import columns
from voc.models import Case, Feedback


def words_of(case: Case) -> list[Feedback]:
    """The feedback of a case and of those merged into it, as they were fetched with it."""
    merged = (each for other in case.merged.all() for each in other.feedback.all())
    return [*case.feedback.all(), *merged]


def said(case: Case) -> SafeString:
    words = words_of(case)
    if words:
        shown = columns.in_a_line(words[0])
        return format_html('{}<bdi class="said">{}</bdi>', columns.urgency(words[0]), shown)
    if case.response and case.response.comment:
        return format_html('<bdi class="said">{}</bdi>', one_line(case.response.comment))
    return format_html('<span class="said is-silent">{}</span>', gettext("no words"))


def score(case: Case) -> SafeString | str:
    return columns.response_score(case.response) if case.response else ""


def state(case: Case) -> SafeString:
    words = case.get_state_display()
    if case.is_closed:
        words = f"{words} · {case.get_closed_because_display()}"
    return format_html('<span class="status is-case-{}">{}</span>', case.state, words)


def owner(case: Case) -> SafeString:
    if case.owner is None:
        return format_html('<span class="no-owner">{}</span>', gettext("nobody"))
    if not case.owner.is_active and not case.is_closed:
        words = gettext("needs an owner: %(name)s has left") % {"name": case.owner}
        return format_html('<span class="no-owner" title="{0}">{0}</span>', words)
    return format_html('<span class="owner" title="{0}">{0}</span>', case.owner)


def due(case: Case, now: datetime) -> SafeString | str:
    """When it is due; a case that is overdue says so, and since when."""
    if case.due_at is None or case.is_closed:
        return ""
    when = format_html(
        '<span title="{}">{}</span>',
        date_format(timezone.localtime(case.due_at), "DATETIME_FORMAT"),
        shortly(case.due_at),
    )
    if not case.is_overdue(now):
        return when
    return format_html('<b class="overdue">{}</b> {}', gettext("overdue"), when)
