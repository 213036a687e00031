"""What nobody does by hand: overdue cases are escalated, and those of who left find a new owner."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from voc.cases import workflow
from voc.cases.alerts import tell
from voc.cases.responsible import Roster
from voc.models import Case, CaseActivity, CaseAlert

CASES_PER_BATCH = 200
Why, What = CaseActivity.Why, CaseActivity.What


@transaction.atomic
def escalate_overdue(now: datetime) -> int:
    """Tell the owner and the lead of its rule that a case is overdue, once; return how many."""
    first = list(Case.objects.to_escalate(now).values_list("pk", flat=True)[:CASES_PER_BATCH])
    still = Case.objects.to_escalate(now).filter(pk__in=first).order_by("pk")
    locked = still.select_for_update(of=("self",))
    cases = list(locked.select_related("owner", "rule__escalate_to"))
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(escalated_at=now)
    CaseActivity.objects.bulk_create(_step(case, now) for case in cases)
    told = [(case, case.owner) for case in cases]
    told += [(case, case.lead) for case in cases if case.lead != case.owner]
    tell(CaseAlert.Kind.OVERDUE, told, by=None, now=now)
    return len(cases)


def _step(case: Case, now: datetime) -> CaseActivity:
    lead = case.lead.get_username() if case.lead else ""
    reason = Why.OVERDUE if case.lead else Why.NOBODY_TO_TELL
    return CaseActivity(case=case, what=What.ESCALATE, after=lead, reason=reason, at=now)


@transaction.atomic
def give_on_what_was_left(now: datetime) -> int:
    """Give open cases of people who have left to whom their rule names, or to nobody, and say why;
    return how many."""
    left = Case.objects.left_by_their_owner().select_related("rule", "customer", "response")
    cases = list(left[:CASES_PER_BATCH])
    if not cases:
        return 0
    roster = Roster.of(timezone.localdate(now))
    for case in cases:
        this = Case.objects.filter(pk=case.pk)
        chosen = roster.for_case(case)
        reason = Why.OWNER_LEFT if chosen.person or not case.rule else chosen.why
        workflow.assign(this, to=chosen.person, by=None, now=now, reason=reason)
        if case.rule:
            case.rule.save(update_fields=["last_given"])
    return len(cases)
