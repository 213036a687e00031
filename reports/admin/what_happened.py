"""What a fix knows of its own history, beside what the desk wrote down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby

from django.contrib.auth.models import User
from django.db.models import Count, Max
from django.utils.translation import gettext, ngettext

from lib.desk.history import BY_ITSELF, UNKNOWN, Event
from reports.models import Fix
from voc.models import Activity

SHIPPING_TAKES = timedelta(seconds=30)  # from the moment of shipping to the last item's


def to_fix(fix: Fix) -> Iterator[Event]:
    """Recorded, asked for, shipped, told: by whom as far as the rows or the items know."""
    yield Event(fix.recorded_at, gettext("recorded"), fix.recorded_by or UNKNOWN)
    yield from _asked_for(fix)
    if fix.shipped_at:
        yield Event(fix.shipped_at, gettext("was shipped"), _who_shipped(fix))
        yield from _told(fix)


def _asked_for(fix: Fix) -> Iterator[Event]:
    """Items that came to it together are one entry."""
    planned = Activity.objects.filter(feedback__fixes=fix, what=Activity.What.PLAN)
    steps = planned.select_related("by").order_by("at", "pk")
    for (_second, who), group in groupby(steps, key=_moment):
        together = list(group)
        at, n = together[0].at, len(together)
        what = ngettext("%(n)d item asks for it", "%(n)d items ask for it", n)
        yield Event(at, what % {"n": n}, who or UNKNOWN)


def _moment(step: Activity) -> tuple[datetime, User | None]:
    return step.at.replace(microsecond=0), step.by


def _who_shipped(fix: Fix) -> User | str:
    assert fix.shipped_at
    then = (fix.shipped_at - SHIPPING_TAKES, fix.shipped_at + SHIPPING_TAKES)
    steps = Activity.objects.filter(feedback__fixes=fix, what=Activity.What.FINISH, at__range=then)
    step = steps.exclude(by=None).select_related("by").first()
    return step.by if step and step.by else UNKNOWN


def _told(fix: Fix) -> Iterator[Event]:
    told = fix.notices.sent().aggregate(n=Count("pk"), last=Max("handed_at"))
    if n := told["n"]:
        what = ngettext("%(n)d customer was told by mail", "%(n)d customers were told by mail", n)
        yield Event(told["last"], what % {"n": n}, BY_ITSELF)
