"""Notices: tell customers what came of their words, one mail each, in their language."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone

from lib.batches import TIME_SLICE, run_batches
from lib.mail import deliver
from lib.mail.compose import compose
from lib.mail.outbox import OutboxMail
from lib.text import kindly
from reports.models import Fix, Notice
from surveys.invitations import contact_policy
from surveys.models import Customer
from voc.models import Feedback
from voc.privacy import masking

# A mail lies in mailboxes that others open. The names in it they wrote themselves, to us.
MASKED = (masking.LINK, masking.CARD, masking.PHONE, masking.ADDRESS, masking.MAIL)


def send_due_notices(*, seconds: float = TIME_SLICE) -> int:
    """Send batches until none is due, or the time is over; return how many were dealt with."""
    Notice.objects.settle_lost(timezone.now())
    return run_batches(_send_batch, seconds=seconds)


def _send_batch() -> int:
    return deliver.deliver_due(Notice.objects.with_everything(), compose=_compose, why_not=_why_not)


def _why_not(notice: Notice) -> str:
    if notice.feedback.customer_id != notice.customer_id:
        return OutboxMail.Why.UNCONFIRMED
    return contact_policy.refusal(notice.customer) or ""


def _compose(notice: Notice) -> EmailMultiAlternatives:
    return compose_notice(
        notice.fix, notice.feedback, to=notice.customer, key=f"notice-{notice.pk}"
    )


def compose_notice(
    fix: Fix, feedback: Feedback, *, to: Customer, key: str
) -> EmailMultiAlternatives:
    """The mail of a notice: the customer's own words, and what was done about them."""
    language = to.language
    return compose(
        "notice",
        to=to.email,
        language=language,
        key=key,
        unsubscribe=settings.SITE_URL + to.unsubscribe_path,
        context={
            "customer": to,
            "words": kindly(masking.masked(feedback.text, MASKED)),
            "said_at": feedback.received_at,
            "we_did": fix.we_did(language),
            "link": f"{settings.SITE_URL}{reverse('reports:you_said')}?lang={language}",
        },
    )


@dataclass(frozen=True)
class Preview:
    language: str
    subject: str
    text: str
    html: str


def preview(fix: Fix, language: str) -> Preview:
    """The mail as a customer of this language gets it, with words somebody really said.

    It goes to nobody: the link that stops mail belongs to no customer.
    """
    words = fix.newest_words(language) or Feedback(text=fix.you_said(language))
    somebody = Customer(pk=0, email="somebody@example.com", language=language)
    mail = compose_notice(fix, words, to=somebody, key="preview")
    html = str(mail.alternatives[0][0])
    return Preview(language, str(mail.subject), str(mail.body), html)
