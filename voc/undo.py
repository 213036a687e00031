"""Taking a move back: rows that are still as it left them become what they were before.

What was taken back is written down as a step, like every move.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from voc.cases import workflow as cases
from voc.models import Activity, Case, CaseActivity, Feedback
from voc.triage import workflow as triage
from voc.triage.workflow import Before, Result

OF_OWNERS = {Activity.What.TAKE, Activity.What.ASSIGN}  # the others change the state


@dataclass(frozen=True)
class Undoable:
    """Rows with their steps. `link` leads from a step to its row, `state` is the row's field;
    only `moves` may be taken back, and a later one of `steps_that_count` stands in the way."""

    rows: Any
    steps: Any
    link: str
    state: str
    moves: frozenset[str]
    steps_that_count: frozenset[str]
    with_the_state: dict[str, Any]


FEEDBACK = Undoable(
    rows=Feedback,
    steps=Activity,
    link="feedback",
    state="status",
    moves=frozenset({Activity.What.TAKE, Activity.What.ASSIGN, Activity.What.DISMISS}),
    steps_that_count=frozenset(triage.ALLOWED),
    with_the_state={},
)
CASES = Undoable(
    rows=Case,
    steps=CaseActivity,
    link="case",
    state="state",
    moves=frozenset({CaseActivity.What.ASSIGN, CaseActivity.What.WAIT, CaseActivity.What.CLOSE}),
    steps_that_count=frozenset(cases.ALLOWED) - {CaseActivity.What.DUE, CaseActivity.What.ESCALATE},
    with_the_state={"closed_at": None, "closed_because": ""},
)


@transaction.atomic
def put_back(kind: Undoable, moved: Sequence[Before], *, what: str, by: User) -> Result:
    """Put rows back to what they were before `what` was done. Whatever somebody has moved since,
    and what belonged to somebody who has no account any more, is left alone and counted."""
    found = list(kind.rows.objects.filter(pk__in=[row.pk for row in moved]).locked())
    newest = _newest_steps(kind, [row.pk for row in found])
    owners = User.objects.in_bulk({row.owner for row in moved if row.owner})
    back = [
        row
        for row in moved
        if newest.get(row.pk) == row.step and (row.owner is None or row.owner in owners)
    ]
    _update(kind, back)
    states = {row.pk: getattr(row, kind.state) for row in found}
    kind.steps.objects.bulk_create(_step(kind, row, states, owners, what, by) for row in back)
    return Result(len(back), len(moved) - len(back))


def _newest_steps(kind: Undoable, ids: list[int]) -> dict[int, int]:
    steps = kind.steps.objects.filter(
        **{f"{kind.link}__in": ids, "what__in": kind.steps_that_count}
    )
    return dict(steps.order_by().values_list(kind.link).annotate(Max("pk")))


def _update(kind: Undoable, rows: list[Before]) -> None:
    groups = defaultdict(list)
    for row in rows:
        groups[row.state, row.owner].append(row.pk)
    for (state, owner), ids in groups.items():
        values = {kind.state: state, "owner": owner, **kind.with_the_state}
        kind.rows.objects.filter(pk__in=ids).update(**values)


def _step(
    kind: Undoable,
    row: Before,
    states: dict[int, str],
    owners: dict[int, User],
    what: str,
    by: User,
) -> Any:
    """The step: it was given to whom it was before, or opened again."""
    step = kind.steps(**{f"{kind.link}_id": row.pk, "by": by, "reason": Activity.UNDONE})
    step.before, step.after = states[row.pk], row.state
    step.what = Activity.What.REOPEN
    if what in OF_OWNERS:
        step.what = Activity.What.ASSIGN
        step.after = owners[row.owner].get_username() if row.owner else ""
    return step
