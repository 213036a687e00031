"""The triage workflow: statuses, allowed moves, and the verbs that make them.

Every move is written down as an Activity.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db import transaction

from voc.models import Activity, Feedback, FeedbackQuerySet

Status, What = Feedback.Status, Activity.What
IDS_PER_STATEMENT = 1_000

# What may be done with an item in each status, and the status it then has.
ALLOWED: dict[str, dict[str, str]] = {
    What.TAKE: {Status.NEW: Status.TAKEN, Status.TAKEN: Status.TAKEN},
    What.ASSIGN: {
        Status.NEW: Status.TAKEN,
        Status.TAKEN: Status.TAKEN,
        Status.PLANNED: Status.PLANNED,
    },
    What.DISMISS: {Status.NEW: Status.DISMISSED, Status.TAKEN: Status.DISMISSED},
    What.REOPEN: {
        Status.PLANNED: Status.NEW,
        Status.DONE: Status.NEW,
        Status.DISMISSED: Status.NEW,
    },
    What.PLAN: {
        Status.NEW: Status.PLANNED,
        Status.TAKEN: Status.PLANNED,
        Status.DISMISSED: Status.PLANNED,
    },
    What.UNPLAN: {Status.PLANNED: Status.NEW},
    What.FINISH: {
        Status.NEW: Status.DONE,
        Status.TAKEN: Status.DONE,
        Status.PLANNED: Status.DONE,
    },
}


@dataclass(frozen=True)
class Before:
    """A row as it was before a move, and the step that was written down of it: for voc/undo.py."""

    pk: int
    state: str
    owner: int | None
    step: int


@dataclass(frozen=True)
class Result:
    """Counts of items that were changed, and of those skipped because the move is not theirs."""

    changed: int
    skipped: int
    moved: list[Before] = field(default_factory=list, compare=False)


def take(items: FeedbackQuerySet, *, by: User) -> Result:
    """Make the items this person's own, also those that somebody else owned before."""
    return _move(items, What.TAKE, by=by, after=str(by), owner=by)


def assign(items: FeedbackQuerySet, *, to: User, by: User) -> Result:
    return _move(items, What.ASSIGN, by=by, after=to.get_username(), owner=to)


def dismiss(items: FeedbackQuerySet, *, reason: str, by: User) -> Result:
    return _move(items, What.DISMISS, by=by, reason=reason)


def reopen(items: FeedbackQuerySet, *, by: User) -> Result:
    """Put items back among the new ones, which nobody owns."""
    return _move(items, What.REOPEN, by=by, owner=None)


def plan(items: FeedbackQuerySet, *, by: User | None) -> Result:
    return _move(items, What.PLAN, by=by)


def unplan(items: FeedbackQuerySet, *, reason: str, by: User) -> Result:
    """Give items back to their owner, or put them among the new ones when they have none."""
    return _move(items, What.UNPLAN, by=by, reason=reason)


def finish(items: FeedbackQuerySet, *, by: User | None) -> Result:
    return _move(items, What.FINISH, by=by)


def may(what: str, item: Feedback) -> bool:
    return item.status in ALLOWED[what]


@transaction.atomic
def _move(
    items: FeedbackQuerySet,
    what: Activity.What,
    *,
    by: User | None,
    after: str = "",
    reason: str = "",
    **changes: User | None,
) -> Result:
    """Move what may move. Rows are locked first: of two people who press at once, the second
    finds them moved."""
    found = list(items.locked().only("pk", "status", "owner"))
    to_change = [item for item in found if _would_change(item, what, **changes)]
    for status, ids in _ids_by_next_status(to_change, what).items():
        for chunk in split_ids(ids):
            Feedback.objects.filter(pk__in=chunk).update(status=status, **changes)
    steps = Activity.objects.bulk_create(
        (
            Activity(
                feedback=item,
                by=by,
                what=what,
                before=item.status,
                after=after or _next_status(item, what) or "",
                reason=reason,
            )
            for item in to_change
        ),
        batch_size=IDS_PER_STATEMENT,
    )
    moved = [
        Before(item.pk, item.status, item.owner_id, step.pk)
        for item, step in zip(to_change, steps, strict=True)
    ]
    return Result(len(to_change), len(found) - len(to_change), moved)


def _would_change(item: Feedback, what: Activity.What, **changes: User | None) -> bool:
    after = _next_status(item, what)
    owners = {owner.pk if owner else None for owner in changes.values()}
    return after is not None and (after != item.status or not owners <= {item.owner_id})


def _next_status(item: Feedback, what: Activity.What) -> str | None:
    after = ALLOWED[what].get(item.status)
    owned = what == What.UNPLAN and item.owner_id is not None
    return Status.TAKEN if after and owned else after


def _ids_by_next_status(items: list[Feedback], what: Activity.What) -> dict[str, list[int]]:
    groups = defaultdict(list)
    for item in items:
        groups[_next_status(item, what) or item.status].append(item.pk)
    return groups


def split_ids(ids: list[int]) -> Iterator[list[int]]:
    """Split ids into lists short enough for one statement of SQLite."""
    starts = range(0, len(ids), IDS_PER_STATEMENT)
    return (ids[start : start + IDS_PER_STATEMENT] for start in starts)
