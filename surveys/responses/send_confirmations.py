"""Send the mails that ask owners of addresses whether they wrote to us. They quote nothing."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from lib.batches import TIME_SLICE, run_batches
from lib.mail import deliver
from lib.mail.compose import compose
from lib.mail.outbox import OutboxMail
from surveys.models import ClaimedAddress, Customer


def send_due_confirmations(*, seconds: float = TIME_SLICE) -> int:
    """Send batches until none is due, or the time is over; return how many were dealt with."""
    ClaimedAddress.objects.settle_lost(timezone.now())
    return run_batches(_send_batch, seconds=seconds)


def _send_batch() -> int:
    outbox = ClaimedAddress.objects.all()
    return deliver.deliver_due(outbox, compose=compose_confirmation, why_not=_why_not)


def _why_not(claimed: ClaimedAddress) -> str:
    """A stranger cannot pester whoever wants no mail; what was settled meanwhile needs none."""
    if not claimed.address or not claimed.claims.open().exists():
        return OutboxMail.Why.NO_RECIPIENT
    gone = Customer.objects.unsubscribed().at(claimed.address).exists()
    return OutboxMail.Why.UNSUBSCRIBED if gone or claimed.stopped_at else ""


def compose_confirmation(claimed: ClaimedAddress) -> EmailMultiAlternatives:
    return compose(
        "confirmation",
        to=claimed.address,
        language=claimed.language,
        key=f"confirmation-{claimed.pk}-{claimed.mails}",
        unsubscribe=settings.SITE_URL + claimed.stop_path,
        context={"link": settings.SITE_URL + claimed.get_absolute_url()},
    )
