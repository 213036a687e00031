"""Abuse of people at work: what a person says about it, and who need not face it alone.

What is abusive is folded, handed over and recorded; it stays in all numbers.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Q

from voc.models import Abuse, Activity, By, Feedback, FeedbackQuerySet
from voc.triage import workflow
from voc.triage.workflow import IDS_PER_STATEMENT, Result

MAY_LEAD = "voc.lead_feedback"
BACKEND = "django.contrib.auth.backends.ModelBackend"
What = Activity.What


@transaction.atomic
def judge(items: FeedbackQuerySet, kind: str | None, *, by: User) -> Result:
    """Say that the items abuse people in this way, or (None) not at all. No later analysis changes
    it; items of which a person has said the same before are skipped."""
    found = list(items.locked().only("pk", "abuse", "abuse_by", "signs"))
    to_change = [item for item in found if (item.abuse, item.abuse_by) != (kind, By.PERSON)]
    before = {item.pk: item.abuse or "" for item in to_change}
    for item in to_change:
        item.signs = [sign for sign in item.signs if sign[0] == kind or sign[0] not in Abuse.values]
        item.abuse, item.abuse_by = kind, By.PERSON
    Feedback.objects.bulk_update(to_change, ["abuse", "abuse_by", "signs"], IDS_PER_STATEMENT)
    Activity.objects.bulk_create(
        (
            Activity(feedback_id=pk, by=by, what=What.ABUSE, before=was, after=kind or "")
            for pk, was in before.items()
        ),
        IDS_PER_STATEMENT,
    )
    return Result(len(to_change), len(found) - len(to_change))


def lead_for(user: User) -> User | None:
    """Whoever may be handed abusive feedback and has the least to do, but not this person."""
    leads = User.objects.with_perm(MAY_LEAD, backend=BACKEND, include_superusers=False)
    open_ones = Count("feedback", filter=Q(feedback__priority__gt=0))
    staff = leads.filter(is_active=True, is_staff=True).exclude(pk=user.pk)
    return staff.annotate(todo=open_ones).order_by("todo", "pk").first()


def hand_over(items: FeedbackQuerySet, *, to: User, by: User) -> Result:
    """Give abusive items to a lead; nobody is asked why."""
    return workflow.assign(items.abusive(), to=to, by=by)


def repeated_by(item: Feedback) -> int:
    """How many other items of the same customer abuse people."""
    if item.customer_id is None:
        return 0
    others = Feedback.objects.filter(customer=item.customer_id).exclude(pk=item.pk)
    return others.abusive().count()
