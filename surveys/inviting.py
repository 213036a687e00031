"""Ask customers: an invitation each, or a skip that says why not. Mail leaves later, see sending."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db import transaction

from surveys import contacting
from surveys.models import Customer, Invitation, Skip, Wave

AT_ONCE = 500


@dataclass
class Invited:
    asked: int = 0
    skipped: Counter[Skip.Reason] = field(default_factory=Counter)


def invite(
    customers: Iterable[Customer], *, to: Wave, now: datetime, send_after: datetime | None = None
) -> Invited:
    """Put the wave's survey to each of these customers, unless the contact policy refuses."""
    invited = Invited()
    for some in _batches(customers):
        _invite_some(some, to, now, send_after or now, invited)
    return invited


@transaction.atomic
def _invite_some(
    customers: list[Customer], wave: Wave, now: datetime, send_after: datetime, invited: Invited
) -> None:
    why_not = contacting.refusals(customers, wave, now)
    asked = [c for c in customers if c.pk not in why_not]
    # Two people may press "invite" together; the second's duplicates fall on the constraint.
    Invitation.objects.bulk_create(
        [Invitation(wave=wave, customer=c, send_after=send_after) for c in asked],
        ignore_conflicts=True,
    )
    Skip.objects.bulk_create(
        [Skip(wave=wave, customer=c, reason=why_not[c.pk], at=now) for c in customers if c.pk in why_not]
    )
    invited.asked += len(asked)
    invited.skipped.update(why_not.values())


def _batches(customers: Iterable[Customer]) -> Iterator[list[Customer]]:
    rest = iter(customers)
    while some := list(islice(rest, AT_ONCE)):
        yield some
