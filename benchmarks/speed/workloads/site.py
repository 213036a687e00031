"""A Todoku for a contender: its database made, with a survey that is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import django
from django.core.management import call_command

if TYPE_CHECKING:
    from surveys.models import Customer, Survey, Wave

CUSTOMERS_PER_INSERT = 1_000


def migrated() -> None:
    """Set Django up in this process, with an empty database that has today's tables."""
    django.setup()
    call_command("migrate", verbosity=0)


def survey(kind: str = "nps") -> Survey:
    from surveys.models import Survey

    made = Survey.objects.create(name="After delivery", slug=f"bench-{kind}", kind=kind)
    made.complete_wordings()
    return made


def customers(n: int, language: Callable[[int], str] = lambda i: ("ja", "en")[i % 2]) -> Any:
    """So many customers, every second one Japanese."""
    from surveys.models import Customer

    return Customer.objects.bulk_create(
        [
            Customer(email=f"c{i}@example.com", name=f"佐藤 恵 {i}", language=language(i))
            for i in range(n)
        ],
        batch_size=CUSTOMERS_PER_INSERT,
    )


def invitations(wave: Wave, to: list[Customer], *, sent: bool) -> list[Any]:
    from django.utils import timezone

    from surveys.models import Invitation

    at = timezone.now() - timedelta(hours=1)
    ended = {"handed_at": at, "settled_at": at, "outcome": "sent", "attempts": 1} if sent else {}
    return Invitation.objects.bulk_create(
        [Invitation(wave=wave, customer=each, send_after=at, **ended) for each in to],
        batch_size=CUSTOMERS_PER_INSERT,
    )
