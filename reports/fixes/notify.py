"""Notices: tell customers what came of their words, one mail each, in their language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import F, QuerySet
from django.template.defaultfilters import date
from django.urls import reverse
from django.utils import timezone, translation

from lib import links
from lib.batches import TIME_SLICE, run_batches
from lib.mail import deliver
from lib.mail.compose import compose
from lib.mail.message import Mail
from lib.mail.outbox import OutboxMail
from lib.text import kindly
from reports.models import Fix, Notice
from surveys.invitations import contact_policy
from surveys.models import Customer
from voc.models import Feedback
from voc.privacy import masking


class Told(NamedTuple):
    """What a notice's mail is made of."""

    pk: int
    attempts: int
    customer_id: int
    email: str
    name: str
    language: str
    unsubscribed_at: datetime | None
    said_by: int | None
    said: str
    said_at: datetime
    fix_id: int

    @classmethod
    def query(cls) -> QuerySet[Any, Any]:
        told = Notice.objects.annotate(
            email=F("customer__email"),
            name=F("customer__name"),
            language=F("customer__language"),
            unsubscribed_at=F("customer__unsubscribed_at"),
            said_by=F("feedback__customer"),
            said=F("feedback__text"),
            said_at=F("feedback__received_at"),
        )
        return told.values_list(*cls._fields)


def send_due_notices(*, seconds: float = TIME_SLICE) -> int:
    """Send batches until none is due, or the time is over; return how many were dealt with."""
    Notice.objects.settle_lost(timezone.now())
    return run_batches(_send_batch, seconds=seconds)


def _send_batch() -> int:
    fix_called = cache(lambda pk: Fix.objects.get(pk=pk))
    return deliver.deliver_due(
        Notice.objects.all(),
        query=Told.query(),
        facts=Told,
        compose=lambda told: compose_notice(told, fix_called(told.fix_id)),
        why_not=_why_not,
    )


def _why_not(told: Told) -> str:
    if told.said_by != told.customer_id:
        return OutboxMail.Why.UNCONFIRMED
    return contact_policy.refusal(told.unsubscribed_at) or ""


def compose_notice(told: Told, fix: Fix) -> Mail:
    """The mail of a notice: the customer's own words, and what was done about them."""
    language = told.language
    return compose(
        "notice",
        to=told.email,
        language=language,
        key=f"notice-{told.pk or 'preview'}",
        unsubscribe=settings.SITE_URL + Customer(pk=told.customer_id).unsubscribe_path,
        words={
            "we_did": fix.we_did(language),
            "link": f"{settings.SITE_URL}{reverse('reports:you_said')}?lang={language}",
        },
        places={
            "name": links.harmless(told.name),
            "words": kindly(masking.masked(told.said, masking.IN_A_MAIL)),
            "date": _day(told.said_at, language),
        },
    )


def _day(moment: datetime, language: str) -> str:
    with translation.override(language):
        return date(timezone.localtime(moment), "DATE_FORMAT")


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
    told = Told(
        pk=0,
        attempts=0,
        customer_id=0,
        email="somebody@example.com",
        name="",
        language=language,
        unsubscribed_at=None,
        said_by=None,
        said=words.text,
        said_at=words.received_at,
        fix_id=0,
    )
    mail = compose_notice(told, fix)
    html = str(mail.alternatives[0][0])
    return Preview(language, str(mail.subject), str(mail.body), html)
