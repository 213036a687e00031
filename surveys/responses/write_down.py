"""Write a response down: itself, its history, and what the rooms above keep of it, together.

One statement on PostgreSQL. What lives or dies together is also written together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from lib.database.together import Step, insert, update, write_together
from surveys.models import Response
from surveys.signals import response_received

Historical = Response.history.model
CHANGEABLE = ("wording_id", "language", "score", "comment", "state", "why_excluded", "changed_at")
REMEMBERED = tuple(one.attname for one in Historical.tracked_fields if not one.primary_key)
WRITTEN = (*REMEMBERED, "changed_at")


@dataclass(frozen=True)
class Before:
    """What was read of a response before it was changed; whoever writes it again changes that."""

    changed_at: datetime
    state: str

    @classmethod
    def of(cls, response: Response) -> Self | None:
        """None for a response that is not written yet."""
        return cls(response.changed_at, response.state) if response.pk else None


def write_down(response: Response, now: datetime, *, before: Before | None, why: str = "") -> bool:
    """Write a new response, or what changed in one; False, with nothing written, when another was
    faster: it is no longer what was read before."""
    response.changed_at = now
    steps = [_itself(response, before), _history(response, now, why, is_new=before is None)]
    if response.state == Response.State.COUNTED:
        steps += _what_others_keep(response)
    written = write_together(steps)["answer"]
    if written:
        response.pk, response._state.adding = written[0], False
    return bool(written)


def _itself(response: Response, before: Before | None) -> Step:
    if before is None:
        once = "ON CONFLICT (invitation_id) DO NOTHING"
        return insert("answer", Response, _said(response, WRITTEN), otherwise=once)
    changed = _said(response, CHANGEABLE)
    where, read = "id = %s", {"state": before.state, "changed_at": before.changed_at}
    return update("answer", Response, changed, still=read, where=where, params=[response.pk])


def _history(response: Response, now: datetime, why: str, *, is_new: bool) -> Step:
    """The row that simple_history would write."""
    user = Historical.get_default_history_user(response)
    row = {
        "history_date": now,
        "history_type": "+" if is_new else "~",
        "history_change_reason": why,
        "history_user_id": user.pk if user else None,
        **_said(response, REMEMBERED),
    }
    return insert("history", Historical, row, after="answer", key="id")


def _said(response: Response, columns: tuple[str, ...]) -> dict[str, Any]:
    return {column: getattr(response, column) for column in columns}


def _what_others_keep(response: Response) -> list[Step]:
    told: list[Any] = response_received.send(Response, response=response)
    return [step for _receiver, steps in told for step in steps or ()]
