"""Deliver letters, each at most once, and write down how each one ended.

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

from lib.mail.outbox import Letter, LetterQuerySet

BATCH = 100
MOST_ATTEMPTS = 6
FIRST_PAUSE = timedelta(minutes=5)  # then 10, 20, 40, 80: what greylisting servers wait for

L = TypeVar("L", bound=Letter)
Outcome = Letter.Outcome
logger = logging.getLogger(__name__)


def deliver_due(
    letters: LetterQuerySet[L],
    *,
    compose: Callable[[L], mail.EmailMultiAlternatives],
    why_not: Callable[[L], str],
) -> int:
    """Deliver a batch of what is due over one connection; return how many letters were dealt with.

    `why_not` says why a letter must not go after all (a Letter.Why), or "". When the mail server
    cannot be reached nothing more is handed over, and the letters wait for the next bell.
    """
    connection = mail.get_connection()
    done = 0
    try:
        for letter in letters.due(timezone.now())[:BATCH]:
            _listen_for_the_server(connection)
            done += _deliver(letter, connection, compose, why_not)
    except (OSError, SMTPException) as error:
        logger.warning("the mail server cannot be reached, letters wait: %s", error)
    finally:
        connection.close()
    return done


def _listen_for_the_server(connection: BaseEmailBackend) -> None:
    """Open the line; where the server hung up since the last letter, open it again.

    Some hang up after so many mails. Seen now, before a letter is handed over, it costs nothing.
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
    letter: L,
    connection: BaseEmailBackend,
    compose: Callable[[L], mail.EmailMultiAlternatives],
    why_not: Callable[[L], str],
) -> bool:
    if not letter.hand_over(timezone.now()):
        return False
    if reason := why_not(letter):
        letter.settle(Outcome.SKIPPED, timezone.now(), reason=reason)
    elif message := _composed(letter, compose):
        message.connection = connection
        _post(letter, message)
    return True


def _composed(
    letter: L, compose: Callable[[L], mail.EmailMultiAlternatives]
) -> mail.EmailMultiAlternatives | None:
    """One letter that cannot be written must not hold up the others."""
    try:
        return compose(letter)
    except Exception as error:
        logger.exception("%s %s cannot be written", type(letter).__name__, letter.pk)
        letter.settle(Outcome.REFUSED, timezone.now(), reason=f"{type(error).__name__}: {error}")
        return None


def _post(letter: Letter, message: mail.EmailMultiAlternatives) -> None:
    try:
        sent = message.send()
    except (SMTPResponseException, SMTPRecipientsRefused) as error:
        _answered(letter, *_answer_of(error))
    except (ValueError, SMTPNotSupportedError) as error:
        # It could not even be put on the line: a line break in a header, an impossible address.
        letter.settle(Outcome.REFUSED, timezone.now(), reason=f"{type(error).__name__}: {error}")
    except Exception as error:
        # The line broke while the mail was on it: it may or may not have arrived.
        logger.warning("%s %s may not have arrived: %s", type(letter).__name__, letter.pk, error)
        letter.settle(Outcome.UNCERTAIN, timezone.now(), reason=f"{type(error).__name__}: {error}")
    else:
        _left(letter, bool(sent))


def _left(letter: Letter, sent: bool) -> None:
    if sent:
        letter.settle(Outcome.SENT, timezone.now())
    else:
        letter.settle(Outcome.REFUSED, timezone.now(), reason=Letter.Why.NO_RECIPIENT)


def _answered(letter: Letter, code: int, words: str) -> None:
    """A server's "later" is believed a few times, its "no" at once. Else, who knows."""
    now, reason = timezone.now(), f"{code} {words}"
    if 400 <= code < 500 and letter.attempts < MOST_ATTEMPTS:
        letter.put_back(now + FIRST_PAUSE * 2 ** (letter.attempts - 1), reason=reason)
    elif 400 <= code < 600:
        letter.settle(Outcome.REFUSED, now, reason=reason)
    else:
        letter.settle(Outcome.UNCERTAIN, now, reason=reason)


def _answer_of(error: SMTPResponseException | SMTPRecipientsRefused) -> tuple[int, str]:
    if isinstance(error, SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
    else:
        code, said = error.smtp_code, error.smtp_error  # type: ignore[assignment]
    return code, said.decode(errors="replace") if isinstance(said, bytes) else str(said)
