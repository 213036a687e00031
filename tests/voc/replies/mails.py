"""Mails that customers, their mail programs and mail servers write: all made up."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from itertools import count

from django.utils import timezone

from tests import make
from voc.models import CustomerMail, Reply
from voc.replies import addresses, receive
from voc.replies.send import send_due_replies

_numbers = count(1)


def letter(
    text: str = "It still does not work.",
    *,
    sender: str = "somebody@shop.example",
    answers: Reply | None = None,
    to: str = "voice@todoku.example",
    charset: str = "utf-8",
    **headers: str,
) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = sender, to
    mail["Subject"] = "Re: About the delay"
    mail["Message-ID"] = f"<{next(_numbers)}@mail.shop.example>"
    if answers:
        mail["In-Reply-To"] = addresses.message_id(answers.pk)
    for name, value in headers.items():
        del mail[name.replace("_", "-")]
        mail[name.replace("_", "-")] = value
    mail.set_content(text, charset=charset)
    return mail


def come(mail: EmailMessage | bytes) -> CustomerMail:
    raw = mail if isinstance(mail, bytes) else mail.as_bytes()
    return receive.receive(raw, timezone.now())


def answered_case() -> tuple[Reply, str]:
    """A reply that has gone out, and the customer's address."""
    reply = make.reply()
    send_due_replies()
    reply.refresh_from_db()
    customer = reply.case.customer
    return reply, customer.email if customer else ""
