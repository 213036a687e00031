"""Deliver mails, each at most once, and write down how each one ended.

Before a mail leaves, a commit says that it leaves; after it left, another says how it went. A
worker killed in between leaves at most one mail without an outcome, and that one is called
uncertain and shown to staff: asking nobody beats asking twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from smtplib import (
    SMTP,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from typing import TypeVar

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from lib.mail.outbox import OutboxMail, OutboxQuerySet

MAILS_PER_BATCH = 100
MOST_ATTEMPTS = 6
FIRST_PAUSE = timedelta(minutes=5)  # then 10, 20, 40, 80: what greylisting servers wait for

Mail = TypeVar("Mail", bound=OutboxMail)
Outcome = OutboxMail.Outcome
logger = logging.getLogger(__name__)


def deliver_due(
    outbox: OutboxQuerySet[Mail],
    *,
    compose: Callable[[Mail], EmailMultiAlternatives],
    why_not: Callable[[Mail], str],
) -> int:
    """Deliver a batch of due mails over one connection; return how many were dealt with.

    `why_not` says why a mail must not go after all (an OutboxMail.Why), or "". When the mail server
    cannot be reached nothing more is handed over, and the mails wait for the next run.
    """
    connection = get_connection()
    done = 0
    try:
        for mail in outbox.due(timezone.now())[:MAILS_PER_BATCH]:
            _ensure_open(connection)
            done += _deliver(mail, connection, compose, why_not)
    except (OSError, SMTPException) as error:
        logger.warning("the mail server cannot be reached, mails wait: %s", error)
    finally:
        connection.close()
    return done


def _ensure_open(connection: BaseEmailBackend) -> None:
    """Open the connection; where the server hung up since the last mail, open it again.

    Some hang up after so many mails. Seen now, before a mail is handed over, it costs nothing.
    """
    session = getattr(connection, "connection", None)
    if session is not None and not _is_alive(session):
        connection.close()
    connection.open()


def _is_alive(session: SMTP) -> bool:
    try:
        return session.noop()[0] == 250
    except (OSError, SMTPException):
        return False


def _deliver(
    mail: Mail,
    connection: BaseEmailBackend,
    compose: Callable[[Mail], EmailMultiAlternatives],
    why_not: Callable[[Mail], str],
) -> bool:
    if not mail.hand_over(timezone.now()):
        return False
    if reason := why_not(mail):
        mail.settle(Outcome.SKIPPED, timezone.now(), reason=reason)
    elif message := _composed(mail, compose):
        message.connection = connection
        _post(mail, message)
    return True


def _composed(
    mail: Mail, compose: Callable[[Mail], EmailMultiAlternatives]
) -> EmailMultiAlternatives | None:
    """The mail as a message; None, and refused, where it cannot be composed: others must go on."""
    try:
        return compose(mail)
    except Exception as error:
        logger.exception("%s %s cannot be written", type(mail).__name__, mail.pk)
        mail.settle(Outcome.REFUSED, timezone.now(), reason=f"{type(error).__name__}: {error}")
        return None


def _post(mail: OutboxMail, message: EmailMultiAlternatives) -> None:
    try:
        sent = message.send()
    except (SMTPResponseException, SMTPRecipientsRefused) as error:
        _settle_by_reply(mail, *_reply_of(error))
    except (ValueError, SMTPNotSupportedError) as error:
        # It could not even be put on the line: a line break in a header, an impossible address.
        mail.settle(Outcome.REFUSED, timezone.now(), reason=f"{type(error).__name__}: {error}")
    except Exception as error:
        # The line broke while the mail was on it: it may or may not have arrived.
        logger.warning("%s %s may not have arrived: %s", type(mail).__name__, mail.pk, error)
        mail.settle(Outcome.UNCERTAIN, timezone.now(), reason=f"{type(error).__name__}: {error}")
    else:
        _settle_accepted(mail, bool(sent))


def _settle_accepted(mail: OutboxMail, sent: bool) -> None:
    if sent:
        mail.settle(Outcome.SENT, timezone.now())
    else:
        mail.settle(Outcome.REFUSED, timezone.now(), reason=OutboxMail.Why.NO_RECIPIENT)


def _settle_by_reply(mail: OutboxMail, code: int, reply: str) -> None:
    """Settle by what the server said: its "later" is believed a few times, its "no" at once."""
    now, reason = timezone.now(), f"{code} {reply}"
    if 400 <= code < 500 and mail.attempts < MOST_ATTEMPTS:
        mail.put_back(now + FIRST_PAUSE * 2 ** (mail.attempts - 1), reason=reason)
    elif 400 <= code < 600:
        mail.settle(Outcome.REFUSED, now, reason=reason)
    else:
        mail.settle(Outcome.UNCERTAIN, now, reason=reason)


def _reply_of(error: SMTPResponseException | SMTPRecipientsRefused) -> tuple[int, str]:
    if isinstance(error, SMTPRecipientsRefused):
        code, reply = next(iter(error.recipients.values()))
    else:
        code, reply = error.smtp_code, error.smtp_error  # type: ignore[assignment]
    return code, reply.decode(errors="replace") if isinstance(reply, bytes) else str(reply)
