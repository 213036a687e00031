"""The workflow of cases: states, allowed moves, and the verbs that make them.

Every move is written down as a CaseActivity. What opens cases by itself: rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from surveys.models import Response
from voc.models import Case, CaseActivity, CaseQuerySet, Feedback

State, What, Because = Case.State, CaseActivity.What, Case.Because

# What may be done with a case in each state, and the state it then has.
ALLOWED: dict[str, dict[str, str]] = {
    What.ASSIGN: {State.OPEN: State.OPEN, State.WAITING: State.WAITING},
    What.WAIT: {State.OPEN: State.WAITING},
    What.CLOSE: {State.OPEN: State.CLOSED, State.WAITING: State.CLOSED},
    What.REOPEN: {State.CLOSED: State.OPEN, State.WAITING: State.OPEN},
    What.MERGE: {State.OPEN: State.CLOSED, State.WAITING: State.CLOSED},
    What.UNMERGE: {State.CLOSED: State.OPEN},
    What.DUE: {State.OPEN: State.OPEN, State.WAITING: State.WAITING},
    What.ESCALATE: {State.OPEN: State.OPEN},
}


@dataclass(frozen=True)
class Result:
    """Counts of cases that were changed, and of those skipped because the move is not theirs."""

    changed: int
    skipped: int


@transaction.atomic
def open_case(
    *,
    now: datetime,
    response: Response | None = None,
    feedback: Feedback | None = None,
    by: User | None = None,
    owner: User | None = None,
    due_at: datetime | None = None,
    reason: str = "",
) -> tuple[Case, bool]:
    """The case of this answer, opened if there is none yet: (case, True when it is new).

    It is about a response, or about feedback that came another way. Feedback joins its case.
    """
    response = response or (feedback.response if feedback else None)
    if known := _case_of(response, feedback):
        _join(known, feedback)
        return known, False
    about: Response | Feedback | None = response or feedback
    if about is None:
        raise ValueError("A case is about a response or about feedback; neither was given.")
    case = Case(customer_id=about.customer_id, owner=owner, opened_at=now, due_at=due_at)
    case, is_new = _insert_once(case, response)
    _join(case, feedback)
    if is_new:
        after = owner.get_username() if owner else ""
        _note_down(case, What.OPEN, by=by, now=now, after=after, reason=reason)
    return case, is_new


def assign(cases: CaseQuerySet, *, to: User, by: User | None, now: datetime) -> Result:
    return _move(cases, What.ASSIGN, by=by, now=now, after=to.get_username(), changes={"owner": to})


def wait(cases: CaseQuerySet, *, by: User | None, now: datetime) -> Result:
    """We have answered: now it is for the customer to."""
    return _move(cases, What.WAIT, by=by, now=now)


def close(
    cases: CaseQuerySet, *, because: str, by: User | None, now: datetime, reason: str = ""
) -> Result:
    changes = {"closed_at": now, "closed_because": because}
    return _move(cases, What.CLOSE, by=by, now=now, after=because, reason=reason, changes=changes)


def reopen(cases: CaseQuerySet, *, by: User | None, now: datetime, reason: str = "") -> Result:
    changes = {"closed_at": None, "closed_because": "", "merged_into": None}
    return _move(cases, What.REOPEN, by=by, now=now, reason=reason, changes=changes)


def may(what: str, case: Case) -> bool:
    return case.state in ALLOWED[what]


@transaction.atomic
def _move(
    cases: CaseQuerySet,
    what: CaseActivity.What,
    *,
    by: User | None,
    now: datetime,
    after: str = "",
    reason: str = "",
    changes: Mapping[str, Any] | None = None,
) -> Result:
    """Move what may move. Rows are locked first: of two people who press at once, the second
    finds them moved."""
    found = list(cases.locked())
    to_move = [case for case in found if _would_change(case, what, changes or {})]
    for case in to_move:
        before = _owner_of(case) if what == What.ASSIGN else case.state
        state = ALLOWED[what][case.state]
        Case.objects.filter(pk=case.pk).update(state=state, **changes or {})
        _note_down(case, what, by=by, now=now, before=before, after=after or state, reason=reason)
    return Result(len(to_move), len(found) - len(to_move))


def _would_change(case: Case, what: str, changes: Mapping[str, Any]) -> bool:
    if not may(what, case):
        return False
    return ALLOWED[what][case.state] != case.state or any(
        getattr(case, name) != value for name, value in changes.items()
    )


def _owner_of(case: Case) -> str:
    return case.owner.get_username() if case.owner else ""


def _case_of(response: Response | None, feedback: Feedback | None) -> Case | None:
    if feedback and feedback.case_id:
        return feedback.case
    return Case.objects.about([response.pk]).first() if response else None


def _insert_once(case: Case, response: Response | None) -> tuple[Case, bool]:
    """Of several who open the case of one response at the same moment, one does."""
    if response is None:
        case.save(force_insert=True)
        return case, True
    wanted = {"customer_id": case.customer_id, "owner": case.owner}
    times = {"opened_at": case.opened_at, "due_at": case.due_at}
    return Case.objects.get_or_create(response=response, defaults={**wanted, **times})


def _join(case: Case, feedback: Feedback | None) -> None:
    if feedback and feedback.case_id != case.pk:
        Feedback.objects.filter(pk=feedback.pk).update(case=case)
        feedback.case = case


def _note_down(case: Case, what: CaseActivity.What, *, now: datetime, **said: Any) -> None:
    CaseActivity.objects.create(case=case, what=what, at=now, **said)
