"""Send the mails that ask owners of addresses whether they wrote to us. They quote nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from lib.batches import TIME_SLICE, run_batches
from lib.mail import deliver
from lib.mail.compose import compose
from lib.mail.message import Mail
from lib.mail.outbox import OutboxMail
from surveys.models import AddressClaim, ClaimedAddress, Customer


class Claimed(NamedTuple):
    """What the mail to an address that was given is made of."""

    pk: int
    attempts: int
    address: str
    language: str
    mails: int
    stopped_at: datetime | None
    is_open: bool
    is_unsubscribed: bool

    @classmethod
    def query(cls) -> QuerySet[Any, Any]:
        gone = Customer.objects.unsubscribed().annotate(lower=Lower("email"))
        claimed = ClaimedAddress.objects.annotate(
            is_open=Exists(AddressClaim.objects.open().filter(claimed=OuterRef("pk"))),
            is_unsubscribed=Exists(gone.filter(lower=Lower(OuterRef("address")))),
        )
        return claimed.values_list(*cls._fields)


def send_due_confirmations(*, seconds: float = TIME_SLICE) -> int:
    """Send batches until none is due, or the time is over; return how many were dealt with."""
    ClaimedAddress.objects.settle_lost(timezone.now())
    return run_batches(_send_batch, seconds=seconds)


def _send_batch() -> int:
    return deliver.deliver_due(
        ClaimedAddress.objects.all(),
        query=Claimed.query(),
        facts=Claimed,
        compose=compose_confirmation,
        why_not=_why_not,
    )


def _why_not(claimed: Claimed) -> str:
    """A stranger cannot pester whoever wants no mail; what was settled meanwhile needs none."""
    if not claimed.address or not claimed.is_open:
        return OutboxMail.Why.NO_RECIPIENT
    gone = claimed.is_unsubscribed or claimed.stopped_at
    return OutboxMail.Why.UNSUBSCRIBED if gone else ""


def compose_confirmation(claimed: Claimed) -> Mail:
    itself = ClaimedAddress(pk=claimed.pk)
    return compose(
        "confirmation",
        to=claimed.address,
        language=claimed.language,
        key=f"confirmation-{claimed.pk}-{claimed.mails}",
        unsubscribe=settings.SITE_URL + itself.stop_path,
        words={},
        places={"link": settings.SITE_URL + itself.get_absolute_url()},
    )
