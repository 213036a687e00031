"""Send the replies that are due, and tell their cases that we have answered.

A reply is personal: it answers somebody who wrote to us. So it also goes to whoever wants no
surveys; but never to an address that nobody has confirmed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.template.defaultfilters import date
from django.utils import timezone, translation

from lib.batches import TIME_SLICE, run_batches
from lib.mail import deliver
from lib.mail.compose import compose_personally
from lib.mail.message import Mail
from lib.mail.outbox import OutboxMail
from lib.text import kindly
from surveys.models import Customer
from voc.cases import workflow
from voc.models import Attachment, Case, CustomerMail, Reply
from voc.privacy import masking
from voc.replies import addresses

MOST_REFERENCES = 20  # of the thread: the first one and the newest
LONGEST_QUOTE = 600  # characters of the customer's own words


class Answered(NamedTuple):
    """What a reply's mail is made of."""

    pk: int
    attempts: int
    case_id: int
    subject: str
    body: str
    language: str
    to: int | None
    email: str | None
    response: int | None
    responded: int | None
    said_by: int | None
    said: str | None
    said_at: datetime | None

    @classmethod
    def query(cls) -> QuerySet[Any, Any]:
        answered = Reply.objects.annotate(
            to=F("case__customer"),
            email=F("case__customer__email"),
            response=F("case__response"),
            responded=F("case__response__customer"),
            said_by=F("quoted__customer"),
            said=F("quoted__text"),
            said_at=F("quoted__received_at"),
        )
        return answered.values_list(*cls._fields)


def send_due_replies(*, seconds: float = TIME_SLICE) -> int:
    """Send batches until none is due, or the time is over; return how many were dealt with."""
    Reply.objects.settle_lost(timezone.now())
    done = run_batches(_send_batch, seconds=seconds)
    tell_the_cases(timezone.now())
    return done


def tell_the_cases(now: datetime) -> None:
    """Say in each case that it was answered. Whoever is killed before leaves it to the next."""
    for reply in Reply.objects.not_told().select_related("by").order_by("pk"):
        _tell(reply, now)


def _send_batch() -> int:
    return deliver.deliver_due(
        Reply.objects.all(),
        query=Answered.query(),
        facts=Answered,
        compose=compose_reply,
        why_not=_why_not,
    )


def _why_not(answered: Answered) -> str:
    if not answered.to or not answered.email:
        return OutboxMail.Why.NO_RECIPIENT
    if answered.response and answered.responded != answered.to:
        return OutboxMail.Why.UNCONFIRMED
    return ""


def compose_reply(answered: Answered) -> Mail:
    mail = compose_personally(
        "reply",
        to=answered.email or "",
        language=answered.language,
        key=addresses.key(answered.pk),
        words={
            "subject": answered.subject,
            "body": answered.body,
            "words": _quoted(answered),
            "date": _day(answered.said_at, answered.language),
            "unsubscribe": settings.SITE_URL + Customer(pk=answered.to).unsubscribe_path,
        },
        more_headers=_thread_headers(answered),
    )
    for file in Attachment.objects.filter(reply=answered.pk):
        mail.attach(file.name, bytes(file.content), file.content_type)
    return mail


def _quoted(answered: Answered) -> str:
    """Their own words, and nobody else's."""
    if not answered.said or answered.said_by != answered.to:
        return ""
    return kindly(masking.masked(answered.said, masking.IN_A_MAIL), LONGEST_QUOTE)


def _thread_headers(answered: Answered) -> dict[str, str]:
    """Where answers go, and what mail programs put the thread together by."""
    headers = {"Reply-To": addresses.reply_to(answered.case_id)}
    if references := _before(answered):
        headers["In-Reply-To"] = references[-1]
        headers["References"] = " ".join([*references[:1], *references[1:][-MOST_REFERENCES:]])
    return {name: value for name, value in headers.items() if value}


def _before(answered: Answered) -> list[str]:
    """The Message-IDs of the thread up to this reply, the oldest first."""
    sent = Reply.objects.in_thread(answered.case_id).sent().filter(pk__lt=answered.pk)
    ours = [(at, addresses.message_id(pk)) for at, pk in sent.values_list("written_at", "pk")]
    came = CustomerMail.objects.joined(answered.case_id).written_by_people()
    theirs = list(came.values_list("received_at", "message_id"))
    return [message_id for _at, message_id in sorted([*ours, *theirs])]


def _day(moment: datetime | None, language: str) -> str:
    with translation.override(language):
        return date(timezone.localtime(moment), "DATE_FORMAT") if moment else ""


@transaction.atomic
def _tell(reply: Reply, now: datetime) -> None:
    """The case waits for the customer now, unless they have written since."""
    if not Reply.objects.not_told().filter(pk=reply.pk).update(told_at=now):
        return
    case = Case.objects.filter(pk=reply.case_id)
    case.filter(first_replied_at=None).update(first_replied_at=reply.handed_at)
    written = CustomerMail.objects.joined(reply.case_id).written_by_people()
    if not written.filter(received_at__gt=reply.handed_at or now).exists():
        workflow.wait(case, by=reply.by, now=now)
