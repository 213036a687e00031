"""Record a fix: an improvement, and the feedback that asked for it."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction

from reports.fixes import ship
from reports.models import Fix
from voc.models import FeedbackQuerySet, Topic
from voc.triage import workflow
from voc.triage.workflow import Result


@transaction.atomic
def record(fix: Fix, *, topics: Iterable[Topic], asked_in: FeedbackQuerySet, by: User) -> Result:
    """Save a new fix with the feedback that asks for it; that feedback is now planned."""
    fix.recorded_by = by
    fix.save()
    fix.topics.set(topics)
    return add(fix, asked_in=asked_in, by=by)


@transaction.atomic
def add(fix: Fix, *, asked_in: FeedbackQuerySet, by: User) -> Result:
    """Add feedback to a fix. When it is shipped already, ship.tell_newcomers tells its customers.

    Raises NotShippable when a colleague has withdrawn the fix meanwhile.
    """
    ship.locked(fix).feedback.add(*asked_in)
    return workflow.plan(asked_in, by=by)
