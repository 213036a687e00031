"""Deliver letters, each at most once, and write down how each one ended.

Before a mail leaves, a commit says that it leaves; after it left, another says how it went. A worker
killed in between leaves at most one letter without an outcome, and that one is called uncertain and
shown to staff: asking nobody beats asking twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import TypeVar

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from surveys.letters import Letter, LetterQuerySet

BATCH = 100
MOST_ATTEMPTS = 5
FIRST_PAUSE = timedelta(minutes=2)

L = TypeVar("L", bound=Letter)
logger = logging.getLogger(__name__)


def deliver_due(
    letters: LetterQuerySet[L],
    *,
    compose: Callable[[L], mail.EmailMultiAlternatives],
    why_not: Callable[[L], str],
) -> int:
    """Deliver a batch of what is due over one connection; return how many letters were settled.

    `why_not` says why a letter must not go after all, or "". When the mail server cannot be reached
    nothing is handed over, and 0 comes back: the next bell tries again.
    """
    connection = mail.get_connection()
    done = 0
    try:
        for letter in letters.due(timezone.now())[:BATCH]:
            connection.open()
            done += _deliver(letter, connection, compose, why_not)
    except (OSError, SMTPException) as error:
        logger.warning("the mail server cannot be reached, letters wait: %s", error)
    finally:
        connection.close()
    return done


def _deliver(
    letter: L,
    connection: BaseEmailBackend,
    compose: Callable[[L], mail.EmailMultiAlternatives],
    why_not: Callable[[L], str],
) -> bool:
    if not letter.hand_over(timezone.now()):
        return False
    if reason := why_not(letter):
        letter.settle(Letter.Outcome.SKIPPED, timezone.now(), reason=reason)
        return True
    message = compose(letter)
    message.connection = connection
    _post(letter, message)
    return True


def _post(letter: Letter, message: mail.EmailMultiAlternatives) -> None:
    try:
        message.send()
    except (SMTPResponseException, SMTPRecipientsRefused) as error:
        _refused(letter, *_answer_of(error))
    except (OSError, SMTPException) as error:
        # The line broke while the mail was on it: it may or may not have arrived.
        _hang_up(message)
        letter.settle(Letter.Outcome.UNCERTAIN, timezone.now(), reason=str(error))
    else:
        letter.settle(Letter.Outcome.SENT, timezone.now())


def _refused(letter: Letter, code: int, words: str) -> None:
    """A server's "later" is believed a few times; its "no" at once. Either way it did not go."""
    reason, tried = f"{code} {words}", letter.attempts + 1
    if 400 <= code < 500 and tried < MOST_ATTEMPTS:
        letter.put_back(timezone.now() + FIRST_PAUSE * 2**letter.attempts, reason=reason)
    else:
        letter.settle(Letter.Outcome.REFUSED, timezone.now(), reason=reason)


def _answer_of(error: SMTPResponseException | SMTPRecipientsRefused) -> tuple[int, str]:
    if isinstance(error, SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    else:
        code, words = error.smtp_code, error.smtp_error
    return code, words.decode(errors="replace") if isinstance(words, bytes) else str(words)
