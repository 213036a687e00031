"""Invite customers: an invitation each, or a skip that says why not. Mails leave later: send.py."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db import transaction

from surveys.invitations import contact_policy
from surveys.models import Customer, Invitation, Skip, Wave

CUSTOMERS_PER_BATCH = 500


@dataclass
class Invited:
    """The result of inviting: how many are asked, and how many skipped for each reason."""

    asked: int = 0
    skipped: Counter[Skip.Reason] = field(default_factory=Counter)

    def reasons(self) -> list[tuple[str, int]]:
        """The reasons in words, with how many were skipped; the most frequent first."""
        return [(str(reason.label), n) for reason, n in self.skipped.most_common()]


def invite(
    customers: Iterable[Customer], *, to: Wave, now: datetime, send_after: datetime | None = None
) -> Invited:
    """Put the wave's survey to each of these customers, unless the contact policy refuses."""
    invited = Invited()
    for batch in _batches(customers):
        _invite_batch(batch, to, now, send_after or now, invited)
    return invited


def forecast(customers: Iterable[Customer], *, to: Wave | None, now: datetime) -> Invited:
    """Count what `invite` would do now, writing nothing. `to` is None for a wave not yet begun."""
    invited = Invited()
    for batch in _batches(customers):
        _count(batch, contact_policy.refusals(batch, to, now), invited)
    return invited


@transaction.atomic
def _invite_batch(
    customers: list[Customer], wave: Wave, now: datetime, send_after: datetime, invited: Invited
) -> None:
    # Two people may press "invite" together: the second waits here, then sees what the first wrote.
    customers = list(Customer.objects.lock(customers))
    why_not = contact_policy.refusals(customers, wave, now)
    Invitation.objects.bulk_create(
        Invitation(wave=wave, customer=customer, send_after=send_after)
        for customer in customers
        if customer.pk not in why_not
    )
    Skip.objects.bulk_create(
        Skip(wave=wave, customer_id=pk, reason=reason, at=now) for pk, reason in why_not.items()
    )
    _count(customers, why_not, invited)


def _count(customers: list[Customer], why_not: dict[int, Skip.Reason], invited: Invited) -> None:
    invited.asked += len(customers) - len(why_not)
    invited.skipped.update(why_not.values())


def _batches(customers: Iterable[Customer]) -> Iterator[list[Customer]]:
    rest = iter(customers)
    while batch := list(islice(rest, CUSTOMERS_PER_BATCH)):
        yield batch
