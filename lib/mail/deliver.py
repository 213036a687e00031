"""Deliver mails, each at most once, and write down how each one ended.

Before a mail leaves, a commit says that it leaves; after it left, another says how it went. A
worker killed in between leaves at most one letter without an outcome, and that one is called
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

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from lib.mail.outbox import OutboxMail, OutboxQuerySet

BATCH = 100
MOST_ATTEMPTS = 6
FIRST_PAUSE = timedelta(minutes=5)  # then 10, 20, 40, 80: what greylisting servers wait for

L = TypeVar("L", bound=OutboxMail)
Outcome = OutboxMail.Outcome
logger = logging.getLogger(__name__)


def deliver_due(
    outbox: OutboxQuerySet[L],
    *,
    compose: Callable[[L], mail.EmailMultiAlternatives],
    why_not: Callable[[L], str],
) -> int:
    """Deliver a batch of what is due over one connection; return how many mails were dealt with.

    `why_not` says why a mail must not go after all (a Letter.Why), or "". When the mail server
    cannot be reached nothing more is handed over, and the mails wait for the next bell.
    """
    connection = mail.get_connection()
    done = 0
    try:
        for outgoing in outbox.due(timezone.now())[:BATCH]:
            _listen_for_the_server(connection)
            done += _deliver(outgoing, connection, compose, why_not)
    except (OSError, SMTPException) as error:
        logger.warning("the mail server cannot be reached, letters wait: %s", error)
    finally:
        connection.close()
    return done


def _listen_for_the_server(connection: BaseEmailBackend) -> None:
    """Open the line; where the server hung up since the last letter, open it again.

    Some hang up after so many mails. Seen now, before a mail is handed over, it costs nothing.
    """
    session = getattr(connection, "connection", None)
    if session is not None and not _answers(session):
        connection.close()
    connection.open()


def _answers(session: SMTP) -> bool:
    try:
        return session.noop()[0] == 250
    except (OSError, SMTPException):
        return False


def _deliver(
    outgoing: L,
    connection: BaseEmailBackend,
    compose: Callable[[L], mail.EmailMultiAlternatives],
    why_not: Callable[[L], str],
) -> bool:
    if not outgoing.hand_over(timezone.now()):
        return False
    if reason := why_not(outgoing):
        outgoing.settle(Outcome.SKIPPED, timezone.now(), reason=reason)
    elif message := _composed(outgoing, compose):
        message.connection = connection
        _post(outgoing, message)
    return True


def _composed(
    outgoing: L, compose: Callable[[L], mail.EmailMultiAlternatives]
) -> mail.EmailMultiAlternatives | None:
    """One letter that cannot be written must not hold up the others."""
    try:
        return compose(outgoing)
    except Exception as error:
        logger.exception("%s %s cannot be written", type(outgoing).__name__, outgoing.pk)
        outgoing.settle(Outcome.REFUSED, timezone.now(), reason=f"{type(error).__name__}: {error}")
        return None


def _post(outgoing: OutboxMail, message: mail.EmailMultiAlternatives) -> None:
    try:
        sent = message.send()
    except (SMTPResponseException, SMTPRecipientsRefused) as error:
        _answered(outgoing, *_answer_of(error))
    except (ValueError, SMTPNotSupportedError) as error:
        # It could not even be put on the line: a line break in a header, an impossible address.
        outgoing.settle(Outcome.REFUSED, timezone.now(), reason=f"{type(error).__name__}: {error}")
    except Exception as error:
        # The line broke while the mail was on it: it may or may not have arrived.
        logger.warning(
            "%s %s may not have arrived: %s", type(outgoing).__name__, outgoing.pk, error
        )
        outgoing.settle(
            Outcome.UNCERTAIN, timezone.now(), reason=f"{type(error).__name__}: {error}"
        )
    else:
        _left(outgoing, bool(sent))


def _left(outgoing: OutboxMail, sent: bool) -> None:
    if sent:
        outgoing.settle(Outcome.SENT, timezone.now())
    else:
        outgoing.settle(Outcome.REFUSED, timezone.now(), reason=OutboxMail.Why.NO_RECIPIENT)


def _answered(outgoing: OutboxMail, code: int, words: str) -> None:
    """A server's "later" is believed a few times, its "no" at once. Else, who knows."""
    now, reason = timezone.now(), f"{code} {words}"
    if 400 <= code < 500 and outgoing.attempts < MOST_ATTEMPTS:
        outgoing.put_back(now + FIRST_PAUSE * 2 ** (outgoing.attempts - 1), reason=reason)
    elif 400 <= code < 600:
        outgoing.settle(Outcome.REFUSED, now, reason=reason)
    else:
        outgoing.settle(Outcome.UNCERTAIN, now, reason=reason)


def _answer_of(error: SMTPResponseException | SMTPRecipientsRefused) -> tuple[int, str]:
    if isinstance(error, SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
    else:
        code, said = error.smtp_code, error.smtp_error  # type: ignore[assignment]
    return code, said.decode(errors="replace") if isinstance(said, bytes) else str(said)
