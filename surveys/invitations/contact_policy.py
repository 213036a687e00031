"""The contact policy: the one place that decides whether a customer may be written to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings

from surveys.models import Customer, Invitation, Skip, Wave


def refusal(unsubscribed_at: datetime | None) -> Skip.Reason | None:
    """The reason not to write to a customer; asked again as a mail leaves: people unsubscribe."""
    return Skip.Reason.UNSUBSCRIBED if unsubscribed_at else None


def refusals(
    customers: Collection[Customer], wave: Wave | None, now: datetime
) -> dict[int, Skip.Reason]:
    """The reasons not to ask these customers now, by id. `wave` is None for one not yet begun."""
    ids = [customer.pk for customer in customers]
    since = now - timedelta(days=settings.ASK_AGAIN_AFTER_DAYS)
    asked = Invitation.objects.to(ids)
    recently = asked.reaching(since).values_list("customer", flat=True)
    already = asked.in_wave(wave).values_list("customer", flat=True)
    gone = Customer.objects.unsubscribed().filter(pk__in=ids).values_list("pk", flat=True)
    # Whoever has several reasons is given the one that lasts longest.
    return {
        **dict.fromkeys(recently, Skip.Reason.ASKED_RECENTLY),
        **dict.fromkeys(already, Skip.Reason.IN_THIS_WAVE),
        **dict.fromkeys(gone, Skip.Reason.UNSUBSCRIBED),
    }
