"""Deliver mails, each at most once, and write down how each one ended.

Before a mail leaves, a commit says that it leaves; the next commit says how it went, and that the
next one leaves. A worker killed in between leaves at most one mail without an outcome, and that one
is called uncertain and shown to staff: asking nobody beats asking twice.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from smtplib import (
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from typing import Any, Protocol, TypeVar

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from lib.mail.ledger import Ledger
from lib.mail.outbox import Ending, OutboxMail, OutboxQuerySet, put_back, settled
from lib.mail.smtp import NotSent

MAILS_PER_BATCH = 100
CHOSEN_FROM = 1_000  # the first that are due
MOST_ATTEMPTS = 6
FIRST_PAUSE = timedelta(minutes=5)  # then 10, 20, 40, 80: what greylisting servers wait for

Outcome = OutboxMail.Outcome
logger = logging.getLogger(__name__)


class Facts(Protocol):
    """What a mail is made of, as the database has it when it is handed over: a NamedTuple."""

    @property
    def pk(self) -> int: ...

    @property
    def attempts(self) -> int:
        """How often it was handed over before."""


OfAMail = TypeVar("OfAMail", bound=Facts)


def deliver_due(
    outbox: OutboxQuerySet[Any],
    *,
    query: QuerySet[Any, Any],
    facts: Callable[..., OfAMail],
    compose: Callable[[OfAMail], EmailMultiAlternatives],
    why_not: Callable[[OfAMail], str],
) -> int:
    """Deliver a batch of due mails over one connection; return how many were dealt with.

    `facts` takes a row of `query`, as it is when the mail is handed over. `why_not` says why the
    mail must not go after all (an OutboxMail.Why), or "". When the mail server cannot be reached
    nothing more is handed over, and the mails wait for the next run.
    """
    done = 0
    with closing(get_connection()) as line, closing(Ledger(query)) as ledger:
        try:
            for pk in _some_due(outbox):
                line.open()
                if row := ledger.hand_over(pk, timezone.now()):
                    ledger.ended(_deliver(facts(*row), line, compose, why_not))
                    done += 1
        except (OSError, SMTPException) as error:
            logger.warning("the mail server cannot be reached, mails wait: %s", error)
    return done


def _some_due(outbox: OutboxQuerySet[Any]) -> list[int]:
    """A batch of the mails that are due longest, at random: workers seldom try for the same one.

    What is committed for each of them would not be inside a transaction around all: `durable`.
    """
    with transaction.atomic(outbox.db, durable=True):
        due = list(outbox.due(timezone.now()).values_list("pk", flat=True)[:CHOSEN_FROM])
    chosen = random.sample(range(len(due)), min(MAILS_PER_BATCH, len(due)))
    return [due[place] for place in sorted(chosen)]


def _deliver(
    mail: OfAMail,
    line: BaseEmailBackend,
    compose: Callable[[OfAMail], EmailMultiAlternatives],
    why_not: Callable[[OfAMail], str],
) -> Ending:
    if reason := why_not(mail):
        return settled(mail.pk, Outcome.SKIPPED, timezone.now(), reason=reason)
    try:
        message = compose(mail)
    except Exception as error:  # the others must go on
        logger.exception("%s cannot be written", _name(mail))
        return settled(mail.pk, Outcome.REFUSED, timezone.now(), reason=_said(error))
    message.connection = line
    return _post(mail, message)


def _post(mail: Facts, message: EmailMultiAlternatives) -> Ending:
    try:
        sent = message.send()
    except NotSent as error:
        return _later(mail, _said(error))
    except (SMTPResponseException, SMTPRecipientsRefused) as error:
        return _by_reply(mail, *_reply_of(error))
    except (ValueError, SMTPNotSupportedError) as error:
        # It could not even be put on the line: a line break in a header, an impossible address.
        return settled(mail.pk, Outcome.REFUSED, timezone.now(), reason=_said(error))
    except Exception as error:
        # The line broke while the mail was on it: it may or may not have arrived.
        logger.warning("%s may not have arrived: %s", _name(mail), error)
        return settled(mail.pk, Outcome.UNCERTAIN, timezone.now(), reason=_said(error))
    if sent:
        return settled(mail.pk, Outcome.SENT, timezone.now())
    why = OutboxMail.Why.NO_RECIPIENT
    return settled(mail.pk, Outcome.REFUSED, timezone.now(), reason=why)


def _by_reply(mail: Facts, code: int, reply: str) -> Ending:
    """What the server said: its "later" is believed a few times, its "no" at once."""
    reason = f"{code} {reply}"
    if 400 <= code < 500:
        return _later(mail, reason)
    outcome = Outcome.REFUSED if 500 <= code < 600 else Outcome.UNCERTAIN
    return settled(mail.pk, outcome, timezone.now(), reason=reason)


def _later(mail: Facts, reason: str) -> Ending:
    """Certainly not sent: it waits longer and longer, and in the end it is refused."""
    now = timezone.now()
    if mail.attempts + 1 < MOST_ATTEMPTS:
        return put_back(mail.pk, now + FIRST_PAUSE * 2**mail.attempts, reason=reason)
    return settled(mail.pk, Outcome.REFUSED, now, reason=reason)


def _reply_of(error: SMTPResponseException | SMTPRecipientsRefused) -> tuple[int, str]:
    if isinstance(error, SMTPRecipientsRefused):
        code, reply = next(iter(error.recipients.values()))
    else:
        code, reply = error.smtp_code, error.smtp_error  # type: ignore[assignment]
    return code, reply.decode(errors="replace") if isinstance(reply, bytes) else str(reply)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _name(mail: Facts) -> str:
    return f"{type(mail).__name__} {mail.pk}"
