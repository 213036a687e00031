"""Withdraw a fix that was planned by mistake, before anybody was told of it."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from lib.text import cut
from reports.fixes.ship import NotShippable, locked
from reports.models import Fix
from voc.models import Feedback, FeedbackQuerySet
from voc.triage import workflow
from voc.triage.workflow import Result

LONGEST_REASON = 300  # characters of the reason in an Activity


@transaction.atomic
def withdraw(fix: Fix, *, by: User) -> Result:
    """Delete the fix; its feedback waits again, and remembers it. Raises NotShippable."""
    fix = locked(fix)
    if fix.state == Fix.State.SHIPPED:
        raise NotShippable(
            _("“%(fix)s” is shipped and was told to people. Only a planned fix can be withdrawn.")
            % {"fix": fix}
        )
    changed = workflow.unplan(asked_nowhere_else(fix), reason=cut(str(fix), LONGEST_REASON), by=by)
    fix.delete()
    return changed


def asked_nowhere_else(fix: Fix) -> FeedbackQuerySet:
    """The feedback of this fix that no other fix answers."""
    asked = Feedback.objects.filter(pk__in=fix.feedback.values("pk"))
    return asked.exclude(fixes__in=Fix.objects.exclude(pk=fix.pk))
