"""The workflow of cases: states, allowed moves, and the verbs that make them.

Every move is written down as a CaseActivity. What opens cases by itself: rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from surveys.models import Response
from voc.cases.alerts import tell
from voc.models import Case, CaseActivity, CaseAlert, CaseQuerySet, CaseRule, Feedback
from voc.triage.workflow import Before, split_ids

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

# Moves of which nothing after them is a word too: no owner, no due time.
SAYS_ITSELF = {What.OPEN, What.ASSIGN, What.DUE}


@dataclass(frozen=True)
class Result:
    """Counts of cases that were changed, and of those skipped because the move is not theirs."""

    changed: int
    skipped: int
    moved: list[Before] = field(default_factory=list, compare=False)


@dataclass(frozen=True)
class Moved:
    """The cases that a move changed, as they were before it, with the steps that were written down
    of them, and how many it left alone."""

    cases: list[Case]
    steps: list[CaseActivity]
    skipped: int

    @property
    def result(self) -> Result:
        moved = [
            Before(case.pk, case.state, case.owner_id, step.pk)
            for case, step in zip(self.cases, self.steps, strict=True)
        ]
        return Result(len(self.cases), self.skipped, moved)


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
    rule: CaseRule | None = None,
) -> tuple[Case, bool]:
    """The case of this answer, opened if there is none yet: (case, True when it is new).

    It is about a response, or about feedback that came another way. Feedback joins its case.
    """
    response = response or (feedback.response if feedback else None)
    about: Response | Feedback | None = response or feedback
    if about is None:
        raise ValueError("A case is about a response or about feedback; neither was given.")
    if known := _case_of(response, feedback):
        _join(known, response, feedback)
        return known, False
    case = Case(customer_id=about.customer_id, owner=owner, opened_at=now, due_at=due_at, rule=rule)
    case, is_new = _insert_once(case, response)
    _join(case, response, feedback)
    if is_new:
        _note_down([case], What.OPEN, by=by, now=now, after=_called(owner), reason=reason)
        tell(CaseAlert.Kind.NEW, [(case, owner)], by=by, now=now)
    return case, is_new


@transaction.atomic
def assign(
    cases: CaseQuerySet, *, to: User | None, by: User | None, now: datetime, reason: str = ""
) -> Result:
    """Give cases to somebody. Whoever hands one over says in `reason` what was done so far."""
    changes = {"owner": to}
    moved = _move(
        cases, What.ASSIGN, by=by, now=now, after=_called(to), reason=reason, changes=changes
    )
    told = [(case, to) for case in moved.cases]
    done_so_far = reason if by else ""
    tell(CaseAlert.Kind.ASSIGNED, told, by=by, now=now, words=done_so_far)
    return moved.result


def wait(cases: CaseQuerySet, *, by: User | None, now: datetime) -> Result:
    """We have answered: now it is for the customer to."""
    return _move(cases, What.WAIT, by=by, now=now).result


def close(
    cases: CaseQuerySet, *, because: str, by: User | None, now: datetime, reason: str = ""
) -> Result:
    changes = {"closed_at": now, "closed_because": because}
    moved = _move(cases, What.CLOSE, by=by, now=now, after=because, reason=reason, changes=changes)
    return moved.result


@transaction.atomic
def reopen(cases: CaseQuerySet, *, by: User | None, now: datetime, reason: str = "") -> Result:
    """Open cases again. One that was merged opens where it stands now: in the other.

    Nobody does it when the customer answered: `reason` is CaseActivity.Why.CUSTOMER_ANSWERED.
    """
    changes = {"closed_at": None, "closed_because": "", "escalated_at": None}
    standing = cases.where_they_stand()
    return _move(standing, What.REOPEN, by=by, now=now, reason=reason, changes=changes).result


def set_due(
    cases: CaseQuerySet, *, due_at: datetime | None, by: User | None, now: datetime
) -> Result:
    """Set when cases are due; somebody is told once more when that has passed."""
    changes = {"due_at": due_at, "escalated_at": None}
    after = due_at.isoformat(timespec="minutes") if due_at else ""
    return _move(cases, What.DUE, by=by, now=now, after=after, changes=changes).result


@transaction.atomic
def merge(cases: CaseQuerySet, *, into: Case, by: User | None, now: datetime) -> Result:
    """Close duplicates into another case of the same customer, which shows their words from now on.

    Nothing of theirs is changed, so that they can be taken apart again as they were.
    """
    kept = Case.objects.select_for_update(of=("self",)).get(pk=into.pk)
    if kept.is_closed:
        return Result(0, cases.count())
    changes = {"closed_at": now, "closed_because": Because.DUPLICATE, "merged_into": kept}
    theirs = cases.exclude(pk=kept.pk).filter(customer=kept.customer_id)
    moved = _move(theirs, What.MERGE, by=by, now=now, after=str(kept.pk), changes=changes)
    Case.objects.filter(merged_into__in=moved.cases).update(merged_into=kept)
    return Result(len(moved.cases), cases.count() - len(moved.cases))


def unmerge(cases: CaseQuerySet, *, by: User | None, now: datetime) -> Result:
    """Take merged cases out of the one that they were merged into."""
    changes = {"closed_at": None, "closed_because": "", "merged_into": None}
    return _move(cases, What.UNMERGE, by=by, now=now, changes=changes).result


def may(what: str, case: Case) -> bool:
    if what in (What.REOPEN, What.UNMERGE) and (case.merged_into_id is None) == (
        what == What.UNMERGE
    ):
        return False
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
) -> Moved:
    """Move what may move. Rows are locked first: of two people who press at once, the second
    finds them moved."""
    found = list(cases.locked().select_related("owner"))
    to_move = [case for case in found if _would_change(case, what, changes or {})]
    for state, ids in _ids_by_next_state(to_move, what).items():
        for chunk in split_ids(ids):
            Case.objects.filter(pk__in=chunk).update(state=state, **changes or {})
    steps = _note_down(to_move, what, by=by, now=now, after=after, reason=reason)
    return Moved(to_move, steps, len(found) - len(to_move))


def _would_change(case: Case, what: str, changes: Mapping[str, Any]) -> bool:
    if not may(what, case):
        return False
    return ALLOWED[what][case.state] != case.state or any(
        getattr(case, name) != value for name, value in changes.items()
    )


def _ids_by_next_state(cases: list[Case], what: str) -> dict[str, list[int]]:
    groups = defaultdict(list)
    for case in cases:
        groups[ALLOWED[what][case.state]].append(case.pk)
    return groups


def _called(person: User | None) -> str:
    return person.get_username() if person else ""


def _case_of(response: Response | None, feedback: Feedback | None) -> Case | None:
    """The case there is. Words that belong to no response are locked: two may open it at once."""
    if response:
        return Case.objects.about([response.pk]).first()
    if feedback is None:
        return None
    locked = Feedback.objects.select_for_update(of=("self",))
    return locked.get(pk=feedback.pk).case


def _insert_once(case: Case, response: Response | None) -> tuple[Case, bool]:
    """Of several who open the case of one response at the same moment, one does."""
    if response is None:
        case.save(force_insert=True)
        return case, True
    wanted = {"customer_id": case.customer_id, "owner": case.owner, "rule": case.rule}
    times = {"opened_at": case.opened_at, "due_at": case.due_at}
    return Case.objects.get_or_create(response=response, defaults={**wanted, **times})


def _join(case: Case, response: Response | None, feedback: Feedback | None) -> None:
    """Have the words belong to the case of their answer."""
    words = Q(response=response) if response else Q()
    if feedback:
        words |= Q(pk=feedback.pk)
        feedback.case = case
    Feedback.objects.filter(words).update(case=case)


def _note_down(
    cases: Iterable[Case],
    what: CaseActivity.What,
    *,
    by: User | None,
    now: datetime,
    after: str,
    reason: str,
) -> list[CaseActivity]:
    return CaseActivity.objects.bulk_create(
        CaseActivity(
            case=case,
            what=what,
            by=by,
            at=now,
            before=_before(case, what),
            after=after if what in SAYS_ITSELF else after or ALLOWED[what][case.state],
            reason=reason,
        )
        for case in cases
    )


def _before(case: Case, what: str) -> str:
    """What was there before the move: the owner, the due time, or else the state."""
    if what == What.OPEN:
        return ""
    if what == What.ASSIGN:
        return _called(case.owner)
    if what == What.DUE:
        return case.due_at.isoformat(timespec="minutes") if case.due_at else ""
    return case.state
